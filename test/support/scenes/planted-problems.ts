/** A folder of pictures with something wrong of every kind that a person has to see, gone with the process. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { createRandom } from "../../../src-main/platform/random.ts";
import { drawnScene, waysToCopy } from "../planted-copies.ts";

/** One class has another name in `val`, one has four pictures; copies stand in both splits, in two classes and in one; some are black, blurred or without colour. */
export async function plantedProblems(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "strata-planted-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const random = createRandom(1, "planted problems");
  let scenes = 0;
  const files = new Map<string, Buffer>();
  const fill = async (under: string, count: number) => {
    for (let number = 0; number < count; number++) files.set(`${under}/${number}.jpg`, await drawnScene(scenes++));
  };
  for (const [under, count] of Object.entries({
    ...{ "train/cats": 30, "train/dogs": 26, "train/owls": 4 },
    ...{ "val/cats": 6, "val/dog": 6, "val/owls": 2 },
  }))
    await fill(under, count);
  const of = (name: string) => files.get(name)!;
  const ways = Object.entries(waysToCopy);
  for (const [number, [way, copy]] of ways.entries())
    files.set(`val/cats/${way}.png`, await copy(of(`train/cats/${number}.jpg`), random));
  files.set("val/owls/copied.jpg", of("train/owls/0.jpg"));
  files.set("train/dogs/a cat.jpg", await waysToCopy.recompressed!(of("train/cats/20.jpg"), random));
  files.set("train/dogs/again.jpg", await waysToCopy.resized!(of("train/dogs/20.jpg"), random));
  for (const [name, shade] of Object.entries({ black: 0, blank: 240 })) {
    const background = { r: shade, g: shade, b: shade };
    const create = { width: 200, height: 150, channels: 3, background } as const;
    files.set(`train/cats/${name}.png`, await sharp({ create }).png().toBuffer());
  }
  files.set(
    "train/cats/blurred.jpg",
    await sharp(await drawnScene(scenes++))
      .blur(9)
      .jpeg()
      .toBuffer(),
  );
  files.set(
    "train/dogs/grey.jpg",
    await sharp(await drawnScene(scenes++))
      .greyscale()
      .jpeg()
      .toBuffer(),
  );
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}
