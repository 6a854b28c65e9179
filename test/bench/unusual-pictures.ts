/**
 * Which pictures of a folder of photographs are called unusual, and how many blurred and grey ones among them are found: `node
 * test/bench/unusual-pictures.ts <folder>`. Of every eighth photograph one is made at 500 pixels and blurred, and one without colour.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import type { UnusualKind } from "../../src-main/contract/pixel-scan.ts";
import { sketchPicture } from "../../src-main/datasets/health/sketch-picture.ts";
import { findUnusual } from "../../src-main/datasets/health/unusual.ts";

const [folder = "."] = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.jpe?g$/i.test(name));
const photographs = files.map((name) => readFileSync(join(folder, name)));
const traits = await Promise.all(photographs.map(sketchPicture));
for (const [kind, found] of Object.entries(findUnusual(traits)))
  console.log(`${kind}: ${found.length} of ${files.length} ${found.slice(0, 5).map((index) => files[index])}`);

async function measure(made: string, kind: UnusualKind, make: (bytes: Buffer) => Promise<Buffer>): Promise<void> {
  const some = photographs.filter((_, index) => index % 8 === 0);
  let found = 0;
  for (const bytes of some) {
    const odd = await sketchPicture(await make(bytes));
    if (findUnusual([...traits, odd])[kind].includes(traits.length)) found++;
  }
  console.log(`${made}: ${found} of ${some.length} found`);
}

for (const pixels of [4, 8, 16])
  await measure(`blurred by ${pixels} pixels`, "blurred", (bytes) =>
    sharp(bytes).resize(500, 500, { fit: "inside" }).blur(pixels).jpeg({ quality: 90 }).toBuffer(),
  );
await measure("without colour", "grey", (bytes) => sharp(bytes).greyscale().jpeg({ quality: 90 }).toBuffer());
