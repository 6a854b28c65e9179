/**
 * How many planted near-duplicates are found, and how many unrelated pictures are taken for some: `node test/bench/near-duplicates.ts [folder of
 * photographs] [most]`. Of each photograph five copies are made in turns: half the size, JPEG of quality 40, mirrored, cut by 5 % of both sides at a random
 * place, and that mirrored. Then 100,000 random sketches are searched, for the time and memory that takes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createSketches, findNearDuplicates, type Sketches } from "../../src-main/datasets/health/near-duplicates.ts";
import { hashesPerPicture, hashWords, thumbLength } from "../../src-main/datasets/health/sketch.ts";
import { sketchPicture } from "../../src-main/datasets/health/sketch-picture.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { waysToCopy } from "../support/planted-copies.ts";

const [folder, most = "400"] = process.argv.slice(2);
const random = createRandom(1, "near-duplicates");

async function put(sketches: Sketches, index: number, bytes: Buffer): Promise<void> {
  const { hashes, thumb, contrast } = await sketchPicture(bytes);
  sketches.hashes.set(hashes, index * hashesPerPicture * hashWords);
  sketches.thumbs.set(thumb, index * thumbLength);
  sketches.contrasts[index] = contrast;
}

async function measure(photographs: readonly Buffer[]): Promise<void> {
  const alone = createSketches(photographs.length);
  for (const [index, bytes] of photographs.entries()) await put(alone, index, bytes);
  const unrelated = findNearDuplicates(alone);
  console.log(
    `${photographs.length} photographs by themselves: ${unrelated.flat().length} in ${unrelated.length} groups`,
  );
  for (const group of unrelated.slice(0, 10)) console.log(`  ${group.map((index) => files[index]).join(" = ")}`);
  for (const [kind, make] of Object.entries(waysToCopy)) {
    const both = createSketches(2 * photographs.length);
    for (const [index, bytes] of photographs.entries()) {
      await put(both, index, bytes);
      await put(both, photographs.length + index, await make(bytes, random));
    }
    const groups = findNearDuplicates(both);
    const groupOf = new Map(groups.flatMap((group, number) => group.map((index) => [index, number] as const)));
    const isFound = (_: Buffer, index: number) => {
      const group = groupOf.get(index);
      return group !== undefined && group === groupOf.get(photographs.length + index);
    };
    const found = photographs.filter(isFound).length;
    const largest = Math.max(...groups.map((group) => group.length));
    console.log(`${kind}: ${((100 * found) / photographs.length).toFixed(1)} % found, largest group ${largest}`);
  }
}

function searchMany(count: number): void {
  const sketches = createSketches(count);
  for (let at = 0; at < sketches.hashes.length; at++) sketches.hashes[at] = random.integer(2 ** 32);
  for (let at = 0; at < sketches.thumbs.length; at++) sketches.thumbs[at] = random.integer(256);
  sketches.contrasts.fill(50);
  const begun = performance.now();
  const groups = findNearDuplicates(sketches);
  const seconds = (performance.now() - begun) / 1_000;
  const megabytes = process.memoryUsage().rss / 1e6;
  console.log(
    `${count} random sketches: ${groups.length} groups in ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`,
  );
}

const all = folder
  ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.jpe?g$/i.test(name))
  : [];
const stride = Math.max(1, Math.floor(all.length / Number(most)));
const files = all.filter((_, index) => index % stride === 0);
if (folder) await measure(files.map((name) => readFileSync(join(folder, name))));
for (const count of [25_000, 50_000, 100_000]) searchMany(count);
