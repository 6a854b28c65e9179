import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { scanPixels } from "../../src-main/datasets/health/scan-pixels.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { packed, tar, zip } from "../support/archives.ts";
import { pictures, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { drawnScene, waysToCopy } from "../support/planted-copies.ts";
import { cifar } from "../support/record-files.ts";
import { sharedData } from "../support/shared-data.ts";

const ways = Object.entries(waysToCopy);

async function scan(folder: string) {
  return scanPixels(await openDataset({ kind: "folder", path: folder }), { threads: 2 });
}

/** The pictures for training and testing by halves, with a copy of each training picture planted in the test, each way in turn. */
async function planted(originals: readonly Buffer[]): Promise<Record<string, Buffer>> {
  const random = createRandom(1, "planted");
  const files: Record<string, Buffer> = {};
  for (const [index, bytes] of originals.entries()) {
    const className = index % 2 === 0 ? "a" : "b";
    const [, copy] = ways[index % ways.length]!;
    files[`train/${className}/${index}.jpg`] = bytes;
    files[`test/${className}/${index}-copy.jpg`] = await copy(bytes, random);
  }
  return files;
}

/** Held-out validation pictures leave training, so every pair is across splits all the same. */
async function shareFound(originals: readonly Buffer[]): Promise<number> {
  const found = await scan(writeFiles(temporaryFolder(), await planted(originals)));
  expect(found.duplicates.within.groups + found.duplicates.classes.groups).toBe(0);
  return found.duplicates.splits.groups / originals.length;
}

test("near-duplicates planted across splits are found, each as a group of two", async () => {
  const scenes = await Promise.all(Array.from({ length: 60 }, (_, number) => drawnScene(number)));
  expect(await shareFound(scenes)).toBeGreaterThanOrEqual(0.95);
});

test("unrelated pictures are no near-duplicates, and those of one colour are not alike", async () => {
  const files: Record<string, Uint8Array> = { ...(await pictures("a", 30)), ...(await pictures("b", 30, 40)) };
  for (let number = 0; number < 120; number++)
    files[`${number % 2 ? "a" : "b"}/scene ${number}.jpg`] = await drawnScene(number);
  const found = await scan(writeFiles(temporaryFolder(), files));
  expect(found.duplicates.splits.groups + found.duplicates.classes.groups + found.duplicates.within.groups).toBe(0);
  expect(found.unusual.blank.pictures).toBe(60);
});

test("near-duplicates within and across classes are told apart, and a few of each group are shown", async () => {
  const [one, other] = [await drawnScene(1), await drawnScene(2)];
  const again = await sharp(one).jpeg({ quality: 60 }).toBuffer();
  const files: Record<string, Uint8Array> = {
    "train/a/one.jpg": one,
    "train/a/again.jpg": again,
    "train/a/other.jpg": other,
  };
  files["train/b/other, mirrored.png"] = await sharp(other).flop().png().toBuffer();
  for (let number = 10; number < 26; number++)
    files[`${number < 18 ? "train" : "val"}/${number % 2 ? "a" : "b"}/${number}.jpg`] = await drawnScene(number);
  const { duplicates } = await scan(writeFiles(temporaryFolder(), files));
  const shown = (groups: (typeof duplicates)["within"]) => groups.shown.map((group) => group.map(({ name }) => name));
  expect(shown(duplicates.within)).toEqual([["train/a/again.jpg", "train/a/one.jpg"]]);
  expect(shown(duplicates.classes)).toEqual([["train/a/other.jpg", "train/b/other, mirrored.png"]]);
  expect(duplicates.splits.groups).toBe(0);
});

test("damaged, blank, blurred, small, elongated and grey pictures are found among usual ones", async () => {
  const files: Record<string, Uint8Array> = {};
  for (let number = 0; number < 60; number++)
    files[`${number % 2 ? "a" : "b"}/${number}.jpg`] = await drawnScene(number);
  const odd = await drawnScene(100);
  files["a/damaged.png"] = (await sharp(odd).png().toBuffer()).subarray(0, 3_000);
  files["a/black.png"] = await plain(0, 0, 0, 200, 150).png().toBuffer();
  files["a/blurred.jpg"] = await sharp(await drawnScene(101))
    .blur(8)
    .jpeg()
    .toBuffer();
  files["b/small.jpg"] = await sharp(await drawnScene(102))
    .resize(32, 24)
    .jpeg()
    .toBuffer();
  files["b/long.jpg"] = await drawnScene(103, 600, 120);
  files["b/grey.jpg"] = await sharp(await drawnScene(104))
    .greyscale()
    .jpeg()
    .toBuffer();
  const { unusual } = await scan(writeFiles(temporaryFolder(), files));
  expect(
    Object.fromEntries(Object.entries(unusual).map(([kind, { shown }]) => [kind, shown.map(({ name }) => name)])),
  ).toEqual({
    damaged: ["a/damaged.png"],
    blank: ["a/black.png"],
    blurred: ["a/blurred.jpg"],
    small: ["b/small.jpg"],
    elongated: ["b/long.jpg"],
    grey: ["b/grey.jpg"],
  });
});

/** Gives the path that is opened. */
const places: Readonly<Record<string, (folder: string, files: Readonly<Record<string, Uint8Array>>) => string>> = {
  "a zip": (folder, files) => join(writeFiles(folder, { "a.zip": zip(packed(files)) }), "a.zip"),
  "a tar": (folder, files) => join(writeFiles(folder, { "a.tar": tar(packed(files)) }), "a.tar"),
};

test.each(Object.entries(places))("what a folder would have is found in %s", async (_, place) => {
  const files: Record<string, Uint8Array> = { "train/a/black.png": await plain(0, 0, 0).png().toBuffer() };
  for (let number = 0; number < 12; number++)
    files[`${number < 8 ? "train" : "val"}/${number % 2 ? "a" : "b"}/${number}.jpg`] = await drawnScene(number);
  files["val/b/mirrored.png"] = await sharp(files["train/b/0.jpg"]).flop().png().toBuffer();
  const found = await scan(place(temporaryFolder(), files));
  const inFolder = await scan(writeFiles(temporaryFolder(), files));
  expect(found).toEqual(inFolder);
  expect(found.duplicates.splits.groups).toBe(1);
  expect(found.unusual.blank.pictures).toBe(1);
});

test("pictures of a file of records are compared, too", async () => {
  const random = createRandom(1, "planes");
  const noise = Array.from({ length: 10 }, () => Uint8Array.from({ length: 3_072 }, () => random.integer(256)));
  const labels = (count: number) => Array.from({ length: count }, (_, row) => [row % 2 === 0 ? 3 : 8]);
  const brighter = noise[0]!.map((value) => Math.min(255, value + 4));
  const folder = writeFiles(temporaryFolder(), {
    "data_batch_1.bin": cifar(labels(10), (row) => noise[row]!),
    "test_batch.bin": cifar(labels(2), (row) => (row === 0 ? brighter : new Uint8Array(3_072))),
  });
  const { duplicates, unusual } = await scan(folder);
  expect(duplicates.splits.shown.map((group) => group.map(({ name }) => name))).toEqual([
    ["data_batch_1.bin#000000", "test_batch.bin#000000"],
  ]);
  expect(unusual.blank.shown.map(({ name }) => name)).toEqual(["test_batch.bin#000001"]);
});

test("mean and spread are those of all training pixels", async () => {
  const half = async (left: number, right: number) => {
    const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (Math.floor(at / 3) % 64 < 32 ? left : right));
    return sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toBuffer();
  };
  const files: Record<string, Uint8Array> = {};
  for (const className of ["a", "b"]) {
    files[`train/${className}/0.png`] = await half(51, 255);
    files[`val/${className}/0.png`] = await half(0, 0);
  }
  const { channels } = await scan(writeFiles(temporaryFolder(), files));
  for (const mean of channels.mean) expect(mean).toBeCloseTo(0.6, 2);
  for (const spread of channels.spread) expect(spread).toBeCloseTo(0.4, 2);
});

test("a scan of pixels reports its progress, ends when it is stopped, and refuses pictures that were exchanged", async () => {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 40)), ...(await pictures("b", 40, 50)) });
  const dataset = await openDataset({ kind: "folder", path: folder });
  const steps: (readonly [number, number | null])[] = [];
  await scanPixels(dataset, { onProgress: (done, total) => steps.push([done, total]) });
  expect(steps.at(-1)).toEqual([80, 80]);
  const stop = new AbortController();
  const stopped = scanPixels(dataset, { signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) });
  await expect(stopped).rejects.toThrow("enough");
  writeFileSync(join(folder, "a/00.png"), await plain(250).png().toBuffer());
  await expect(scanPixels(dataset)).rejects.toMatchObject({ code: "data.changed" });
});

const antsBees = sharedData("ants-bees");
describe.skipIf(!antsBees)("ants and bees (left out where the photographs do not lie beside the clone)", () => {
  test("of planted near-duplicates 95 % are found, and at most 1 % of the photographs are taken for some", async () => {
    const folder = join(antsBees!, "val", "bees");
    const photographs = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(await shareFound(photographs)).toBeGreaterThanOrEqual(0.95);
    const { duplicates, pictures: all } = await scan(antsBees!);
    const taken = duplicates.splits.pictures + duplicates.classes.pictures + duplicates.within.pictures;
    expect(taken / all).toBeLessThanOrEqual(0.01);
  });
});
