/** Parquet as Hugging Face ships data sets, written by pyarrow (`support/make-parquet.py`). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { renderPicture } from "../../src-main/datasets/pictures/render-picture.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { mutatedBytes } from "../bench/fuzz/mutate.ts";
import { packed, tar } from "../support/archives.ts";
import { askInChild } from "../support/in-child.ts";
import { temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const written: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("../support/parquet-files.json", import.meta.url), "utf8"),
);
const file = (name: string) => Buffer.from(written[name]!, "base64");
const open = (path: string) => openDataset({ kind: "folder", path });
const train = "train-00000-of-00001.parquet";
const test_ = "test-00000-of-00001.parquet";

/** Each gives the path that is opened, with the number of pictures for testing that the data bring. */
const places: Readonly<Record<string, readonly [(folder: string) => string, number]>> = {
  "a folder with splits": [
    (folder) => writeFiles(folder, { [`data/${train}`]: file("snappy"), [`data/${test_}`]: file("test") }),
    4,
  ],
  "one file with its companion": [
    (folder) => join(writeFiles(folder, { [train]: file("snappy"), [test_]: file("test") }), test_),
    4,
  ],
  "folders of splits": [
    (folder) => writeFiles(folder, { "train/0000.parquet": file("snappy"), "test/0000.parquet": file("test") }),
    4,
  ],
  "a tar": [
    (folder) => join(writeFiles(folder, { a: tar(packed({ [train]: file("none"), [test_]: file("test") })) }), "a"),
    4,
  ],
  "one file": [(folder) => join(writeFiles(folder, { "pets.parquet": file("snappy") }), "pets.parquet"), 2],
  "one file of zstd": [(folder) => join(writeFiles(folder, { "a.parquet": file("zstd") }), "a.parquet"), 2],
  "one file of gzip": [(folder) => join(writeFiles(folder, { "a.parquet": file("gzip") }), "a.parquet"), 2],
  "one file of brotli": [(folder) => join(writeFiles(folder, { "a.parquet": file("brotli") }), "a.parquet"), 2],
  "one file with words for labels": [
    (folder) => join(writeFiles(folder, { "a.parquet": file("words") }), "a.parquet"),
    2,
  ],
};

test.each(Object.entries(places))("%s", async (_, [place, testing]) => {
  const dataset = await open(place(temporaryFolder()));
  expect(dataset.classNames).toEqual(["cat", "dog"]);
  expect(dataset.counts.test).toBe(testing);
  expect(dataset.examples.length).toBe(testing === 4 ? 16 : 12);
  expect(dataset.problems).toEqual([]);
  // In the second group of rows.
  const ninth = dataset.examples.find(({ name }) => !name.includes("test") && name.endsWith("#000009"))!;
  expect(dataset.classNames[ninth.label]).toBe("dog");
  const cache = await preparePictures({
    dataset,
    inputPixels: 2,
    resize: usualResize,
    cacheFolder: join(temporaryFolder(), "cache"),
  });
  const pixels = new Uint8Array(12);
  await cache.read([ninth.index], pixels);
  await cache.close();
  expect([...pixels.slice(0, 6)]).toEqual([9, 100, 200, 0, 0, 0]);
  expect((await renderPicture({ source: dataset.source, example: ninth, mostPixels: 64 })).length).toBeGreaterThan(0);
});

test("numbers without names, and bytes without a struct", async () => {
  const path = join(writeFiles(temporaryFolder(), { "a.parquet": file("plainBytes") }), "a.parquet");
  expect((await open(path)).classNames).toEqual(["0", "1"]);
});

test("rows without a label are left aside, and rows without a picture are listed", async () => {
  const folder = writeFiles(temporaryFolder(), { [train]: file("snappy"), [test_]: file("unlabelled") });
  const dataset = await open(folder);
  expect(dataset.counts.test).toBe(0);
  expect(dataset.understanding?.offered[0]?.leftAside).toEqual([{ name: "", pictures: 4, reason: "without-class" }]);
  const paths = await open(writeFiles(temporaryFolder(), { [train]: file("snappy"), [test_]: file("paths") }));
  expect(paths.problems.filter(({ code }) => code === "unreadable").length).toBe(12);
});

test("files with other bytes here and there are read or refused, in a bounded time and memory", () => {
  const folder = temporaryFolder();
  const paths = Array.from({ length: 40 }, (_, index) => {
    const bytes = mutatedBytes(file(index % 2 === 0 ? "snappy" : "zstd"), createRandom(index, "parquet", 1));
    return join(writeFiles(join(folder, String(index)), { "a.parquet": bytes }), "a.parquet");
  });
  const call = "module.openDataset({ kind: 'folder', path: value, threads: 1 }).then(() => 'opened')";
  const answers = askInChild("src-main/datasets/open-dataset.ts", call, paths);
  expect(answers.length).toBe(paths.length);
  for (const answer of answers) expect(answer).toMatch(/^("opened"|data\.[a-z-]+)$/);
});
