/** Real picture files in a folder that goes away with the test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { onTestFinished } from "vitest";

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "strata-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the files and the folders above them; gives the folder back. */
export function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

/** One colour all over. Different colours have different bytes, so a number makes a picture of its own. */
export function plain(red: number, green = 100, blue = 50, width = 8, height = 8): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r: red, g: green, b: blue } } });
}

/** Bytes that do not compress away, so that half of the file is half of the picture. */
export function noisy(sidePixels: number): Sharp {
  const pixels = Uint8Array.from({ length: sidePixels ** 2 * 3 }, (_, at) => (at * 7_919) % 251);
  return sharp(pixels, { raw: { width: sidePixels, height: sidePixels, channels: 3 } });
}

/** `folder/0.png` … with `count` different pictures, starting at a shade of red. */
export async function pictures(folder: string, count: number, firstRed = 0): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (let number = 0; number < count; number++)
    files[`${folder}/${String(number).padStart(2, "0")}.png`] = await plain(firstRed + number)
      .png()
      .toBuffer();
  return files;
}
