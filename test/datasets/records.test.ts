/** Files that hold many pictures: MNIST and its like, CIFAR; in a folder, chosen by themselves, compressed, and in archives. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { renderPicture } from "../../src-main/datasets/pictures/render-picture.ts";
import { readingInWords } from "../../src-main/domain/pictures/reading-words.ts";
import { packed, tar, zip } from "../support/archives.ts";
import { temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { cifar, idxLabels, idxPictures } from "../support/record-files.ts";

const home = mkdtempSync(join(tmpdir(), "strata-home-"));
beforeAll(() => void vi.stubEnv("STRATA_HOME", home));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

const open = (path: string) => openDataset({ kind: "folder", path });
const codeOf = (opening: Promise<unknown>) =>
  opening.then(
    () => "opened",
    (thrown) => thrown.code ?? thrown.stack,
  );

/** Row after row of one picture as the network sees it, of a side that is its own. */
async function pixelsOf(dataset: Dataset, name: string, inputPixels: number): Promise<Uint8Array> {
  const cache = await preparePictures({
    dataset,
    inputPixels,
    resize: usualResize,
    cacheFolder: join(temporaryFolder(), "cache"),
  });
  const pixels = new Uint8Array(inputPixels ** 2 * 3);
  await cache.read([dataset.examples.find((example) => example.name === name)!.index], pixels);
  await cache.close();
  return pixels;
}

/** Every picture another: the row in its first pixel, and a mark right of it that tells rows from columns. */
const digit = (row: number) => Uint8Array.from({ length: 16 }, (_, at) => (at === 0 ? row : at === 1 ? 200 : 0));
const digits = (count: number, from = 0) => Array.from({ length: count }, (_, row) => digit(from + row));
const twoClasses = (count: number) => Array.from({ length: count }, (_, row) => (row % 2 === 0 ? 3 : 7));

const mnist = (prefix = "") => ({
  [`${prefix}train-images-idx3-ubyte`]: idxPictures(digits(12), 4, 4),
  [`${prefix}train-labels-idx1-ubyte`]: idxLabels(twoClasses(12)),
  [`${prefix}t10k-images-idx3-ubyte`]: idxPictures(digits(4, 50), 4, 4),
  [`${prefix}t10k-labels-idx1-ubyte`]: idxLabels(twoClasses(4)),
});
const gzipped = (files: Readonly<Record<string, Uint8Array>>) =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]));

/** Where the same files may stand; each gives the path that is opened. */
const places: Readonly<Record<string, (folder: string) => string>> = {
  "a folder": (folder) => writeFiles(folder, mnist()),
  "a folder of gzip": (folder) => writeFiles(folder, gzipped(mnist())),
  "a folder in a folder": (folder) => writeFiles(folder, mnist("MNIST/raw/")),
  "one of the files": (folder) => join(writeFiles(folder, mnist()), "t10k-labels-idx1-ubyte"),
  "one of the files, in gzip": (folder) => join(writeFiles(folder, gzipped(mnist())), "train-images-idx3-ubyte.gz"),
  "a zip": (folder) => join(writeFiles(folder, { "a.zip": zip(packed(mnist("archive/"))) }), "a.zip"),
  "a zip of gzip": (folder) => join(writeFiles(folder, { "a.zip": zip(packed(gzipped(mnist()))) }), "a.zip"),
  "a tar": (folder) => join(writeFiles(folder, { "a.tar": tar(packed(mnist())) }), "a.tar"),
  "a tar.gz": (folder) => join(writeFiles(folder, { "a.tgz": gzipSync(tar(packed(mnist()))) }), "a.tgz"),
  "names with dots": (folder) =>
    writeFiles(
      folder,
      Object.fromEntries(Object.entries(mnist()).map(([name, bytes]) => [name.replace("-idx", ".idx"), bytes])),
    ),
};

test.each(Object.entries(places))("MNIST in %s", async (_, place) => {
  const dataset = await open(place(temporaryFolder()));
  expect(dataset.classNames).toEqual(["3", "7"]);
  expect(dataset.counts).toEqual({ train: 10, validation: 2, test: 4 });
  expect(dataset.sidePixels).toEqual({ smallest: 4, largest: 4 });
  expect(dataset.understanding).toMatchObject({ reading: { layout: "idx-files" }, isQuestion: false });
  const fifth = dataset.examples.find(({ name }) => /train-images.*#000005$/.test(name))!;
  expect(dataset.classNames[fifth.label]).toBe("7");
  const pixels = await pixelsOf(dataset, fifth.name, 4);
  expect([...pixels.slice(0, 9)]).toEqual([5, 5, 5, 200, 200, 200, 0, 0, 0]);
  expect((await renderPicture({ source: dataset.source, example: fifth, mostPixels: 64 })).length).toBeGreaterThan(0);
});

test("EMNIST is turned upright, with its characters, and its sets are a question", async () => {
  const sets = ["emnist-letters-", "emnist-balanced-"].map((prefix) => ({
    [`${prefix}train-images-idx3-ubyte`]: idxPictures(digits(12), 4, 4),
    [`${prefix}train-labels-idx1-ubyte`]: idxLabels(twoClasses(12)),
    [`${prefix}mapping.txt`]: Buffer.from("3 67 99\n7 71 103\n"),
  }));
  const folder = writeFiles(temporaryFolder(), { ...sets[0], ...sets[1] });
  const dataset = await open(join(folder, "emnist-letters-train-images-idx3-ubyte"));
  expect(dataset.classNames).toEqual(["C", "G"]);
  const pixels = await pixelsOf(dataset, "emnist-letters-train-images-idx3-ubyte#000005", 4);
  // What stood right of the first pixel stands below it.
  expect([pixels[0], pixels[3], pixels[12]]).toEqual([5, 0, 200]);
  const both = await open(folder);
  expect(both.understanding?.isQuestion).toBe(true);
  expect(both.understanding?.offered.map(({ reading }) => reading.list)).toEqual([
    "emnist-balanced-train-images-idx3-ubyte",
    "emnist-letters-train-images-idx3-ubyte",
  ]);
});

test("Fashion-MNIST has its names where the folder says so", async () => {
  const folder = writeFiles(temporaryFolder(), mnist("FashionMNIST/raw/"));
  expect((await open(folder)).classNames).toEqual(["Dress", "Sneaker"]);
});

const planes = (row: number) =>
  Uint8Array.from({ length: 3_072 }, (_, at) => (at % 1_024 === 0 ? [row, 100, 200][at / 1_024]! : 0));
const names = (all: readonly string[]) => Buffer.from(`${all.join("\n")}\n\n`);
const ten = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
const cifar10 = (prefix = "cifar-10-batches-bin/") => ({
  [`${prefix}data_batch_1.bin`]: cifar(
    Array.from({ length: 8 }, (_, row) => [row % 2 === 0 ? 3 : 8]),
    planes,
  ),
  [`${prefix}data_batch_2.bin`]: cifar(
    Array.from({ length: 8 }, (_, row) => [row % 2 === 0 ? 3 : 8]),
    (row) => planes(row + 20),
  ),
  [`${prefix}test_batch.bin`]: cifar([[3], [8]], (row) => planes(row + 40)),
  [`${prefix}batches.meta.txt`]: names(ten),
  [`${prefix}readme.html`]: Buffer.from("x"),
});

describe("CIFAR", () => {
  test.each([
    ["a folder", (folder: string) => writeFiles(folder, cifar10())],
    ["one file", (folder: string) => join(writeFiles(folder, cifar10("")), "data_batch_2.bin")],
    ["its own tar.gz", (folder: string) => join(writeFiles(folder, { a: gzipSync(tar(packed(cifar10()))) }), "a")],
    ["a zip", (folder: string) => join(writeFiles(folder, { a: zip(packed(cifar10())) }), "a")],
  ])("10 in %s", async (_, place) => {
    const dataset = await open(place(temporaryFolder()));
    expect(dataset.classNames).toEqual(["cat", "ship"]);
    expect(dataset.counts).toEqual({ train: 14, validation: 2, test: 2 });
    const third = dataset.examples.find(({ name }) => name.endsWith("data_batch_2.bin#000003"))!;
    expect(dataset.classNames[third.label]).toBe("ship");
    const pixels = await pixelsOf(dataset, third.name, 32);
    expect([...pixels.slice(0, 6)]).toEqual([23, 100, 200, 0, 0, 0]);
  });

  test("100 by its fine classes, its coarse ones on offer", async () => {
    const labels = (count: number) => Array.from({ length: count }, (_, row) => [row % 2, row % 4]);
    const folder = writeFiles(temporaryFolder(), {
      "train.bin": cifar(labels(24), planes),
      "test.bin": cifar(labels(4), (row) => planes(row + 40)),
      "fine_label_names.txt": names(["apple", "bear", "cloud", "door"]),
      "coarse_label_names.txt": names(["fruit", "mammal"]),
    });
    const dataset = await open(folder);
    expect(dataset.classNames).toEqual(["apple", "bear", "cloud", "door"]);
    expect(dataset.understanding).toMatchObject({ isQuestion: false, reading: { layout: "cifar-100" } });
    const coarse = { layout: "cifar-100-coarse", root: "" } as const;
    const byCoarse = await openDataset({ kind: "folder", path: folder, reading: coarse });
    expect(byCoarse.classNames).toEqual(["fruit", "mammal"]);
    expect(readingInWords(coarse)).toBe("CIFAR-100, binary version, with its 20 coarse classes");
  });
});

const pickle = Buffer.concat([Buffer.from([0x80, 2]), Buffer.from("}q\x00(U\tdata", "latin1")]);
const objects = Buffer.from("\x93NUMPY\x01\0v\0{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "latin1");

/** What is refused, each as the files of a folder and the one that is opened, with the error's code. */
const refused: Readonly<Record<string, readonly [string, Readonly<Record<string, Uint8Array>>, string]>> = {
  "CIFAR's Python version": ["data.pickle", { data_batch_1: pickle, test_batch: pickle, "batches.meta": pickle }, ""],
  "one of its files": ["data.pickle", { data_batch_1: pickle }, "data_batch_1"],
  "its tar.gz": ["data.pickle", { a: gzipSync(tar(packed({ "cifar-10-batches-py/data_batch_1": pickle }))) }, "a"],
  "a pickle in a zip": ["data.pickle", { a: zip(packed({ train: pickle, test: pickle })) }, "a"],
  "a file of weights": ["data.pickle", { a: zip(packed({ "archive/data.pkl": pickle })) }, "a"],
  "objects of NumPy": ["data.pickle", { "a.npy": objects }, "a.npy"],
  "pictures that end early": [
    "data.file-damaged",
    { ...mnist(), "train-images-idx3-ubyte": idxPictures(digits(11), 4, 4).fill(12, 7, 8) },
    "",
  ],
  "another number of labels": ["data.file-damaged", { ...mnist(), "train-labels-idx1-ubyte": idxLabels([3, 7]) }, ""],
  "pictures of no size": ["data.file-damaged", { ...mnist(), "train-images-idx3-ubyte": idxPictures([], 0, 4) }, ""],
  "CIFAR cut in a record": ["data.file-damaged", { ...cifar10(""), "test_batch.bin": Buffer.alloc(3_000) }, ""],
  "CIFAR with a label of its own": [
    "data.file-damaged",
    { ...cifar10(""), "data_batch_1.bin": cifar([[11]], planes) },
    "",
  ],
  "another train.bin": ["data.no-pictures", { "train.bin": Buffer.alloc(99), "test.bin": Buffer.alloc(99) }, ""],
};

test.each(Object.entries(refused))("%s: refused", async (_, [code, files, opened]) => {
  expect(await codeOf(open(join(writeFiles(temporaryFolder(), files), opened)))).toBe(code);
});

test("a file that changed since is not used", async () => {
  const folder = writeFiles(temporaryFolder(), mnist());
  const dataset = await open(folder);
  writeFileSync(join(folder, "train-images-idx3-ubyte"), idxPictures(digits(12, 100), 4, 4));
  const preparing = preparePictures({
    dataset,
    inputPixels: 4,
    resize: usualResize,
    cacheFolder: join(temporaryFolder(), "cache"),
  });
  expect(await codeOf(preparing)).toBe("data.changed");
});
