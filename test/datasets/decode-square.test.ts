/** The same photograph gives the same square, whatever format it comes in: what is compared is a file and the PNG of what that file decodes to. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test, vi } from "vitest";
import { usualResize } from "../../src-main/contract/resize.ts";
import { decodeSquare } from "../../src-main/datasets/pictures/picture-bytes.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { sharedData } from "../support/shared-data.ts";

// Whole photographs are decoded.
vi.setConfig({ testTimeout: 60_000 });

/** As much detail as a photograph has, of a common size. */
function detailed(width = 500, height = 375): Sharp {
  const random = createRandom(1, "detail");
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < pixels.length; at++) {
    const [column, row] = [(at / 3) % width, Math.floor(at / 3 / width)];
    pixels[at] = 128 + 60 * Math.sin(column / 3 + row / 7) + 60 * (random.uniform() - 0.5);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function square(bytes: Uint8Array, sidePixels: number): Promise<Uint8Array> {
  const decoded = await decodeSquare(bytes, sidePixels, usualResize);
  if ("code" in decoded) throw new Error(decoded.code);
  return decoded;
}
const uprightPng = (bytes: Uint8Array) => sharp(bytes).autoOrient().png().toBuffer();

async function levelsApart(bytes: Uint8Array, sidePixels: number): Promise<{ mean: number; most: number }> {
  const [own, png] = [await square(bytes, sidePixels), await square(await uprightPng(bytes), sidePixels)];
  let [sum, most] = [0, 0];
  own.forEach((level, at) => {
    const apart = Math.abs(level - png[at]!);
    sum += apart;
    most = Math.max(most, apart);
  });
  return { mean: sum / own.length, most };
}
const same = { mean: 0, most: 0 };

describe.each(["jpeg", "webp", "tiff"] as const)("a photograph as %s", (format) => {
  test.each([32, 96, 224])("and as PNG is the same at %i px", async (sidePixels) => {
    expect(await levelsApart(await detailed()[format]({ quality: 90 }).toBuffer(), sidePixels)).toEqual(same);
  });
});

test("progressive, grey and CMYK photographs are the same, too", async () => {
  const files = [
    detailed().jpeg({ progressive: true }),
    detailed().greyscale().jpeg(),
    detailed().toColourspace("cmyk").jpeg(),
  ];
  for (const file of files) expect((await levelsApart(await file.toBuffer(), 32)).mean).toBeLessThan(0.5);
});

test("one that its EXIF turns is scaled before it is turned, which moves no level far", async () => {
  const turned = await detailed(640, 480).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect((await sharp(turned).metadata()).orientation).toBe(6);
  const { mean } = await levelsApart(turned, 96);
  expect(mean).toBeLessThan(2);
});

const antsBees = sharedData("ants-bees");
test.skipIf(!antsBees)("real photographs (left out where they do not lie beside the clone) are the same", async () => {
  for (const name of ["train/ants/0013035.jpg", "train/bees/16838648_415acd9e3f.jpg"])
    expect(await levelsApart(readFileSync(join(antsBees ?? "", name)), 32)).toEqual(same);
});
