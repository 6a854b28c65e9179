import { spawnSync } from "node:child_process";
import {
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { explainDiskError, folderOfSquare } from "../../src-main/batches/cache-folder.ts";
import { type PictureCache, type PrepareRequest, preparePictures } from "../../src-main/batches/picture-cache.ts";
import { recipeVersion } from "../../src-main/batches/recipe-version.ts";
import { type Resize, usualResize } from "../../src-main/contract/resize.ts";
import { drawPicture } from "../../src-main/datasets/draw/draw-picture.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { endOfKilled } from "../support/killed.ts";
import { noisy, pictures, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const openFolder = (path: string) => openDataset({ kind: "folder", path });
async function twoClasses(): Promise<string> {
  return writeFiles(temporaryFolder(), { ...(await pictures("a", 6, 0)), ...(await pictures("b", 6, 50)) });
}
/** What each picture's first pixel is: its red tells which it is. */
async function redsOf(cache: PictureCache, dataset: Dataset): Promise<number[]> {
  const pictureBytes = cache.inputPixels ** 2 * 3;
  const into = new Uint8Array(dataset.examples.length * pictureBytes);
  await cache.read(
    dataset.examples.map(({ index }) => index),
    into,
  );
  return dataset.examples.map((_, place) => into[place * pictureBytes] ?? -1);
}
async function prepareAndClose(request: PrepareRequest): Promise<{ decoded: number; reds: number[] }> {
  const cache = await preparePictures(request);
  const reds = await redsOf(cache, request.dataset);
  await cache.close();
  return { decoded: cache.decoded, reds };
}
const allReds = [0, 1, 2, 3, 4, 5, 50, 51, 52, 53, 54, 55];
const segmentsIn = (cacheFolder: string) =>
  readdirSync(folderOfSquare(cacheFolder, { inputPixels: 8, resize: usualResize }))
    .filter((name) => name.endsWith(".segment"))
    .map((name) => join(folderOfSquare(cacheFolder, { inputPixels: 8, resize: usualResize }), name));

test("once all is decoded there is nothing to give up, and every picture can still be read", async () => {
  const dataset = await openFolder(await twoClasses());
  const cache = await preparePictures({ dataset, inputPixels: 8, resize: usualResize, cacheFolder: temporaryFolder() });
  cache.giveUp();
  expect(await redsOf(cache, dataset)).toEqual(allReds);
  await cache.close();
});

test("the second preparation decodes nothing, also when the folder has moved and its files have other names", async () => {
  const [folder, cacheFolder] = [await twoClasses(), temporaryFolder()];
  const dataset = await openFolder(folder);
  expect(await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder })).toEqual({
    decoded: 12,
    reds: allReds,
  });
  expect(await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder })).toEqual({
    decoded: 0,
    reds: allReds,
  });

  renameSync(join(folder, "a"), join(folder, "A"));
  renameSync(join(folder, "A/00.png"), join(folder, "A/zz.png"));
  const moved = await openFolder(folder);
  const again = await prepareAndClose({ dataset: moved, inputPixels: 8, resize: usualResize, cacheFolder });
  expect(again).toEqual({ decoded: 0, reds: [1, 2, 3, 4, 5, 0, 50, 51, 52, 53, 54, 55] });
  expect((await prepareAndClose({ dataset: moved, inputPixels: 16, resize: usualResize, cacheFolder })).decoded).toBe(
    12,
  );
});

test("what an earlier version made of the same files is not served", async () => {
  const [dataset, cacheFolder] = [await openFolder(await twoClasses()), temporaryFolder()];
  await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder });
  // As the folder of version 1 was called, whose JPEG and WebP were made smaller while they were decoded.
  renameSync(folderOfSquare(cacheFolder, { inputPixels: 8, resize: usualResize }), join(cacheFolder, "rgb8-1"));
  expect((await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder })).decoded).toBe(12);
});

test("each way to a square has pictures of its own, and the usual way those that were there before there were others", async () => {
  const wide = async (red: number) => await plain(red, 0, 0, 16, 8).png().toBuffer();
  const names = ["a/1", "a/2", "a/3", "a/4", "b/1", "b/2", "b/3", "b/4"];
  const files = names.map(async (name, at) => [`${name}.png`, await wide(200 + at)] as const);
  const folder = writeFiles(temporaryFolder(), Object.fromEntries(await Promise.all(files)));
  const reds = names.map((_, at) => 200 + at);
  const black = names.map(() => 0);
  const cacheFolder = temporaryFolder();
  const dataset = await openFolder(folder);
  const prepare = (resize: Resize) => prepareAndClose({ dataset, inputPixels: 8, resize, cacheFolder });
  expect(await prepare(usualResize)).toEqual({ decoded: 8, reds });
  expect(readdirSync(cacheFolder)).toEqual([`rgb8-${recipeVersion}`]);
  expect(await prepare({ fit: "pad", filter: "lanczos3" })).toEqual({ decoded: 8, reds: black });
  expect((await prepare({ fit: "pad", filter: "nearest" })).decoded).toBe(8);
  expect(await prepare({ fit: "pad", filter: "lanczos3" })).toEqual({ decoded: 0, reds: black });
  expect(await prepare(usualResize)).toEqual({ decoded: 0, reds });
  expect(readdirSync(cacheFolder).sort()).toEqual([
    `rgb8-${recipeVersion}`,
    `rgb8-${recipeVersion}-pad-lanczos3`,
    `rgb8-${recipeVersion}-pad-nearest`,
  ]);
});

test("only what is new is decoded, and a picture that stands twice is decoded once", async () => {
  const [folder, cacheFolder] = [await twoClasses(), temporaryFolder()];
  await prepareAndClose({ dataset: await openFolder(folder), inputPixels: 8, resize: usualResize, cacheFolder });
  const added = await plain(99).png().toBuffer();
  writeFiles(folder, { "a/x.png": added, "a/y.png": added });
  const dataset = await openFolder(folder);
  const { decoded, reds } = await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder });
  expect([decoded, reds.slice(6, 8)]).toEqual([1, [99, 99]]);
});

test("pictures are found across many small segments", async () => {
  const [dataset, cacheFolder] = [await openFolder(await twoClasses()), temporaryFolder()];
  const seen: number[] = [];
  // Pictures of 512 px are decoded one by one, so that segments of five fill up.
  const request = { dataset, inputPixels: 512, resize: usualResize, cacheFolder, limits: { segmentPictures: 5 } };
  const first = await prepareAndClose({ ...request, onProgress: (done) => seen.push(done) });
  expect(first).toEqual({ decoded: 12, reds: allReds });
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(readdirSync(folderOfSquare(cacheFolder, { inputPixels: 512, resize: usualResize })).length).toBe(3);
  expect(await prepareAndClose(request)).toEqual({ decoded: 0, reds: allReds });
});

test("a picture that ends early is skipped with its reason, and not tried again", async () => {
  const [folder, cacheFolder] = [await twoClasses(), temporaryFolder()];
  const whole = await noisy(64).png().toBuffer();
  writeFiles(folder, { "b/cut.png": whole.subarray(0, whole.length / 2) });
  const dataset = await openFolder(folder);
  const index = dataset.examples.find(({ name }) => name === "b/cut.png")?.index;
  for (const decoded of [13, 0]) {
    const cache = await preparePictures({ dataset, inputPixels: 8, resize: usualResize, cacheFolder });
    expect(cache.decoded).toBe(decoded);
    expect(cache.skipped).toEqual([{ example: index, name: "b/cut.png", code: "truncated" }]);
    await expect(cache.read([index ?? -1], new Uint8Array(192))).rejects.toThrow("has no pixels");
    await cache.close();
  }
});

test("a class that loses every training picture is refused", async () => {
  const whole = await noisy(64).png().toBuffer();
  const cut = (at: number) => whole.subarray(0, whole.length / 2 + at);
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("train/a", 6, 0)),
    "train/b/0.png": cut(0),
    "train/b/1.png": cut(1),
    ...(await pictures("val/a", 1, 90)),
  });
  const preparing = preparePictures({
    dataset: await openFolder(folder),
    inputPixels: 8,
    resize: usualResize,
    cacheFolder: temporaryFolder(),
  });
  await expect(preparing).rejects.toMatchObject({ code: "data.too-few" });
});

test("a file that changed or went away since it was looked at is not taken for the one recorded", async () => {
  const folder = await twoClasses();
  const dataset = await openFolder(folder);
  writeFileSync(join(folder, "a/03.png"), await plain(200).png().toBuffer());
  const preparing = preparePictures({ dataset, inputPixels: 8, resize: usualResize, cacheFolder: temporaryFolder() });
  await expect(preparing).rejects.toMatchObject({ code: "data.changed" });
  rmSync(join(folder, "a/03.png"));
  const again = preparePictures({ dataset, inputPixels: 8, resize: usualResize, cacheFolder: temporaryFolder() });
  await expect(again).rejects.toMatchObject({ code: "data.changed" });
});

test("damaged pixels are noticed, made anew from the file, and decoded afresh by the next preparation", async () => {
  const [dataset, cacheFolder] = [await openFolder(await twoClasses()), temporaryFolder()];
  await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder });
  const [segment = ""] = segmentsIn(cacheFolder);
  const bytes = readFileSync(segment);
  bytes[3 * 192] = 255 - (bytes[3 * 192] ?? 0);
  writeFileSync(segment, bytes);
  expect(await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder })).toEqual({
    decoded: 0,
    reds: allReds,
  });
  expect(await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder })).toEqual({
    decoded: 12,
    reds: allReds,
  });
});

test.each(["cut short", "its index overwritten"])("a segment that is %s is removed and made anew", async (how) => {
  const [dataset, cacheFolder] = [await openFolder(await twoClasses()), temporaryFolder()];
  await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder });
  const [segment = ""] = segmentsIn(cacheFolder);
  if (how === "cut short") truncateSync(segment, statSync(segment).size - 10);
  else writeFileSync(segment, Buffer.concat([readFileSync(segment).subarray(0, -30), Buffer.alloc(30)]));
  expect(await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder })).toEqual({
    decoded: 12,
    reds: allReds,
  });
  expect(segmentsIn(cacheFolder)).not.toContain(segment);
});

test("two preparations of the same pictures at once both succeed", async () => {
  const [dataset, cacheFolder] = [await openFolder(await twoClasses()), temporaryFolder()];
  const request = { dataset, inputPixels: 8, resize: usualResize, cacheFolder };
  const both = await Promise.all([prepareAndClose(request), prepareAndClose(request)]);
  expect(both.map(({ reds }) => reds)).toEqual([allReds, allReds]);
  expect(await prepareAndClose(request)).toEqual({ decoded: 0, reds: allReds });
});

test("an aborted preparation keeps what it has decoded", async () => {
  const [dataset, cacheFolder] = [await openFolder(await twoClasses()), temporaryFolder()];
  const stop = new AbortController();
  const preparing = preparePictures({
    dataset,
    inputPixels: 512,
    resize: usualResize,
    cacheFolder,
    signal: stop.signal,
    onProgress: (done) => done === 4 && stop.abort(new Error("enough")),
  });
  await expect(preparing).rejects.toThrow("enough");
  const { decoded, reds } = await prepareAndClose({ dataset, inputPixels: 512, resize: usualResize, cacheFolder });
  expect(decoded).toBeLessThanOrEqual(8);
  expect(reds).toEqual(allReds);
});

test("a process killed while it prepares leaves whole segments, and the next one goes on from there", async () => {
  const cacheFolder = temporaryFolder();
  const program = fileURLToPath(new URL("../support/prepare-and-die.ts", import.meta.url));
  expect(spawnSync(process.execPath, [program, cacheFolder])).toMatchObject(endOfKilled);
  const dataset = await openDataset({ kind: "drawn", pictures: 400, pixels: 64, difficulty: 0, seed: 1 });
  const cache = await preparePictures({ dataset, inputPixels: 64, resize: usualResize, cacheFolder });
  // Three tasks of 64 were stored; a fourth may have been too.
  expect([400 - 192, 400 - 256]).toContain(cache.decoded);
  const into = new Uint8Array(2 * 64 * 64 * 3);
  await cache.read([7, 399], into);
  const drawn = (number: number) => drawPicture({ pixels: 64, difficulty: 0, seed: 1 }, number);
  expect(Buffer.from(into)).toEqual(Buffer.concat([drawn(7), drawn(399)]));
  await cache.close();
});

test("what a dead process left half-written is removed after an hour, and not before", async () => {
  const [dataset, cacheFolder] = [await openFolder(await twoClasses()), temporaryFolder()];
  const folder = folderOfSquare(cacheFolder, { inputPixels: 8, resize: usualResize });
  writeFiles(folder, { "old.partial": "x", "new.partial": "x" });
  const longAgo = Date.now() / 1_000 - 3_700;
  utimesSync(join(folder, "old.partial"), longAgo, longAgo);
  await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder });
  expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual(["new.partial"]);
});

test("when the cache grows too large, segments that no run has used for longest go first", async () => {
  const cacheFolder = temporaryFolder();
  const dataset = await openFolder(await twoClasses());
  const other = await openFolder(
    writeFiles(temporaryFolder(), { ...(await pictures("a", 4, 100)), ...(await pictures("b", 4, 150)) }),
  );
  await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder });
  await prepareAndClose({ dataset: other, inputPixels: 8, resize: usualResize, cacheFolder });
  for (const segment of segmentsIn(cacheFolder)) utimesSync(segment, 1_000, 1_000);
  // Using the first set makes it the younger one; a bound of one byte then leaves only what this run itself uses.
  await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder, limits: { cacheBytes: 1 } });
  expect((await prepareAndClose({ dataset, inputPixels: 8, resize: usualResize, cacheFolder })).decoded).toBe(0);
  expect((await prepareAndClose({ dataset: other, inputPixels: 8, resize: usualResize, cacheFolder })).decoded).toBe(8);
});

test("a full disk, and a cache folder that cannot be one, are explained", async () => {
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  expect(explainDiskError(full, "/somewhere")).toMatchObject({ code: "disk.full" });
  const bug = new Error("a bug");
  expect(explainDiskError(bug, "/somewhere")).toBe(bug);

  const dataset = await openFolder(await twoClasses());
  const cacheFolder = join(writeFiles(temporaryFolder(), { file: "x" }), "file");
  const preparing = preparePictures({ dataset, inputPixels: 8, resize: usualResize, cacheFolder });
  await expect(preparing).rejects.toMatchObject({ code: "disk.read-only" });
});

test("drawn pictures are cached as photographs are, at their own size as they were drawn", async () => {
  const cacheFolder = temporaryFolder();
  const source = { kind: "drawn", pictures: 100, pixels: 16, difficulty: 0.3, seed: 1 } as const;
  const dataset = await openDataset(source);
  const cache = await preparePictures({ dataset, inputPixels: 16, resize: usualResize, cacheFolder });
  const into = new Uint8Array(16 * 16 * 3);
  await cache.read([42], into);
  expect(into).toEqual(drawPicture(source, 42));
  expect([cache.decoded, cache.skipped]).toEqual([100, []]);
  await cache.close();
  const larger = await preparePictures({
    dataset: await openDataset({ ...source, pictures: 120 }),
    inputPixels: 16,
    resize: usualResize,
    cacheFolder,
  });
  expect(larger.decoded).toBe(20);
  await larger.close();
});
