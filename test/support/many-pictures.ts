/** A folder of very many small JPEGs that all differ in their bytes: few pictures, each with its number in a comment. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { createRandom } from "../../src-main/platform/random.ts";

const classes = 10;
const different = 20;
const sidePixels = 64;
/** Of ten pictures in a row. */
const splits = ["train", "train", "train", "train", "train", "train", "train", "train", "val", "test"];

/** `<split>/<class>/<number>.jpg`, ten classes, eight tenths of the pictures to train on. */
export async function writeManyPictures(folder: string, pictures: number): Promise<void> {
  const random = createRandom(1, "many-pictures");
  const drawn = await Promise.all(Array.from({ length: different }, () => drawJpeg(() => random.integer(256))));
  for (const split of new Set(splits))
    for (let label = 0; label < classes; label++) mkdirSync(join(folder, split, className(label)), { recursive: true });
  for (let number = 0; number < pictures; number++) {
    const split = splits[Math.floor(number / classes) % splits.length]!;
    const path = join(folder, split, className(number % classes), `${String(number).padStart(6, "0")}.jpg`);
    writeFileSync(path, withComment(drawn[number % different]!, String(number)));
  }
}

const className = (label: number) => `class-${label}`;

function drawJpeg(level: () => number): Promise<Buffer> {
  const tiles = Buffer.from(Array.from({ length: 8 * 8 * 3 }, level));
  return sharp(tiles, { raw: { width: 8, height: 8, channels: 3 } })
    .resize(sidePixels, sidePixels)
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** Behind the two bytes that every JPEG starts with. */
export function withComment(jpeg: Buffer, comment: string): Buffer {
  const text = Buffer.from(comment, "latin1");
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
}
