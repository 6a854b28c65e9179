import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StrataError } from "../../src-main/contract/errors.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { pictures, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const open = (path: string) => openDataset({ kind: "folder", path });
const codeOf = (opening: Promise<Dataset>) =>
  opening.then(
    () => "opened",
    (thrown: unknown) => (thrown instanceof StrataError ? thrown.code : String(thrown)),
  );
const listed = ({ problems }: Dataset) => problems.map(({ code, name }) => `${name}: ${code}`);

test("train, val and test folders are taken as they are, whatever their case", async () => {
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("Train/cat", 3, 0)),
    ...(await pictures("Train/ant", 2, 10)),
    ...(await pictures("VAL/cat", 1, 20)),
    ...(await pictures("test/ant", 1, 30)),
    "labels.csv": "loose files at the top are no pictures of any class",
  });
  const dataset = await open(folder);
  expect(dataset.classes).toEqual([
    { name: "ant", train: 2, validation: 0, test: 1 },
    { name: "cat", train: 3, validation: 1, test: 0 },
  ]);
  expect(dataset.splitOrigin).toEqual({ validation: "folders", test: "folders" });
  expect(dataset.examples.map(({ index, name, label, split }) => `${index} ${name} ${label} ${split}`)).toEqual([
    "0 Train/ant/00.png 0 train",
    "1 Train/ant/01.png 0 train",
    "2 Train/cat/00.png 1 train",
    "3 Train/cat/01.png 1 train",
    "4 Train/cat/02.png 1 train",
    "5 VAL/cat/00.png 1 validation",
    "6 test/ant/00.png 0 test",
  ]);
  expect(dataset.sidePixels).toEqual({ smallest: 8, largest: 8 });
  expect(dataset.problems).toEqual([]);
});

test("without a validation folder a tenth of each class is held out of training, and no test is made up", async () => {
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("train/a", 20, 0)),
    ...(await pictures("train/b", 10, 50)),
    ...(await pictures("test/a", 2, 100)),
  });
  const dataset = await open(folder);
  expect(dataset.classes).toEqual([
    { name: "a", train: 18, validation: 2, test: 2 },
    { name: "b", train: 9, validation: 1, test: 0 },
  ]);
  expect(dataset.splitOrigin).toEqual({ validation: "seeded", test: "folders" });
});

test("folders of classes alone are split into eight, one and one tenths of each class", async () => {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 20, 0)), ...(await pictures("b", 10, 50)) });
  const dataset = await open(folder);
  expect(dataset.classes).toEqual([
    { name: "a", train: 16, validation: 2, test: 2 },
    { name: "b", train: 8, validation: 1, test: 1 },
  ]);
  expect(dataset.splitOrigin).toEqual({ validation: "seeded", test: "seeded" });
});

test("the fingerprint follows the pictures, not the place where the folder lies", async () => {
  const parent = temporaryFolder();
  const first = writeFiles(join(parent, "here"), { ...(await pictures("a", 4, 0)), ...(await pictures("b", 4, 50)) });
  const before = await open(first);
  renameSync(first, join(parent, "there"));
  const moved = await open(join(parent, "there"));
  expect(moved.fingerprint).toBe(before.fingerprint);
  expect(moved.examples).toEqual(before.examples);

  writeFileSync(join(parent, "there/a/00.png"), await plain(200).png().toBuffer());
  expect((await open(join(parent, "there"))).fingerprint).not.toBe(before.fingerprint);
});

test("the same word in two Unicode forms is one class, and labels follow code points", async () => {
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("train/Käse", 4, 0)), // precomposed
    ...(await pictures("val/Käse", 1, 20)), // a with a combining diaeresis
    ...(await pictures("train/犬", 4, 30)),
    ...(await pictures("train/Zebra", 4, 40)),
    ...(await pictures("train/🐝", 4, 50)),
  });
  expect((await open(folder)).classes.map(({ name, train, validation }) => [name, train, validation])).toEqual([
    ["Käse", 4, 1],
    ["Zebra", 4, 0],
    ["犬", 4, 0],
    ["🐝", 4, 0],
  ]);
});

test("folders inside a class belong to it, and hidden files and those of the system are passed over", async () => {
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("a/2024/spring", 4, 0)),
    ...(await pictures("b", 4, 50)),
    "a/.DS_Store": "x",
    "a/Thumbs.db": "x",
    "a/2024/._00.png": "x",
    ".git/config": "x",
  });
  const dataset = await open(folder);
  expect(dataset.classes.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(dataset.problems).toEqual([]);
  expect(dataset.examples[0]?.name).toBe("a/2024/spring/00.png");
});

test("an empty class, and one that stands only in the test folder, are listed and left out", async () => {
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("train/a", 4, 0)),
    ...(await pictures("train/b", 4, 20)),
    "train/broken/x.jpg": "no picture",
    ...(await pictures("test/stranger", 2, 40)),
  });
  mkdirSync(join(folder, "train/empty"));
  mkdirSync(join(folder, "test/a"), { recursive: true });
  const dataset = await open(folder);
  expect(dataset.classNames).toEqual(["a", "b"]);
  expect(dataset.problems).toEqual([
    { code: "empty-class", name: "test/a", isSkipped: false },
    {
      ...{ code: "empty-class", name: "test/stranger", isSkipped: true },
      leftOut: { className: "stranger", split: "test", pictures: 2 },
    },
    { code: "empty-class", name: "train/broken", isSkipped: true },
    { code: "not-a-picture", name: "train/broken/x.jpg", isSkipped: true },
    { code: "empty-class", name: "train/empty", isSkipped: true },
  ]);
});

test("copies across splits and across classes are used, with a warning each", async () => {
  const copy = await plain(7).png().toBuffer();
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("train/a", 4, 10)),
    ...(await pictures("train/b", 4, 20)),
    "train/a/copy.png": copy,
    "train/b/copy.png": copy,
    "val/a/copy.png": copy,
  });
  const dataset = await open(folder);
  expect(dataset.counts).toEqual({ train: 10, validation: 1, test: 0 });
  expect(dataset.problems).toEqual([
    { code: "duplicate-across-classes", name: "train/b/copy.png", isSkipped: false },
    { code: "duplicate-across-splits", name: "val/a/copy.png", isSkipped: false },
  ]);
});

test("samples show every class in turn, from the training pictures", async () => {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 30, 0)), ...(await pictures("b", 5, 50)) });
  const dataset = await open(folder);
  const shown = dataset.samples.map(({ example, className }) => [className, dataset.examples[example]?.split]);
  const inTurn = Array(3).fill([
    ["a", "train"],
    ["b", "train"],
  ]);
  expect(shown).toEqual([...inTurn.flat(), ...Array(21).fill(["a", "train"])]);
});

test("a folder that cannot be used says why", async () => {
  const folder = writeFiles(temporaryFolder(), { "file.txt": "x", ...(await pictures("only/one", 4)) });
  expect(await codeOf(open(join(folder, "missing")))).toBe("data.not-found");
  expect(await codeOf(open(join(folder, "file.txt")))).toBe("data.not-a-folder");
  expect(await codeOf(open(folder))).toBe("data.one-class");
  writeFiles(folder, { "list.csv": "file,label\n00.png,cat\n01.png,cat\n" });
  await expect(open(folder)).rejects.toThrow(
    "Only one class has pictures: one, and list.csv tells no two classes apart.",
  );
  expect(await codeOf(open(join(folder, "only/one")))).toBe("data.no-classes");
  writeFiles(join(folder, "only/one"), { "prices.csv": "thing,price\nchair,10\n" });
  await expect(open(join(folder, "only/one"))).rejects.toThrow(
    "in one folder, and prices.csv does not name half of them",
  );
  mkdirSync(join(folder, "none"));
  expect(await codeOf(open(join(folder, "none")))).toBe("data.no-pictures");
});

test("classes too small to hold anything out are refused", async () => {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 3, 0)), ...(await pictures("b", 2, 50)) });
  await expect(open(folder)).rejects.toThrow("Class a has 3 usable pictures; 4 are needed.");
});

test("progress ends at the number of files, and an abort ends the look with its reason", async () => {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 4, 0)), ...(await pictures("b", 4, 50)) });
  const seen: [number, number | null][] = [];
  await openDataset({ kind: "folder", path: folder }, { onProgress: (done, total) => seen.push([done, total]) });
  expect(seen).toEqual([
    [0, null],
    [0, null],
    [0, null],
    [8, 8],
  ]);
  const signal = AbortSignal.abort(new Error("changed my mind"));
  await expect(openDataset({ kind: "folder", path: folder }, { signal })).rejects.toThrow("changed my mind");
});

test("symbolic links are followed, and those that lead round in circles or nowhere are listed", async () => {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 4, 0)), ...(await pictures("b", 4, 50)) });
  const elsewhere = writeFiles(temporaryFolder(), await pictures("c", 4, 100));
  symlinkSync(join(elsewhere, "c"), join(folder, "c"));
  symlinkSync(join(folder, "a/00.png"), join(folder, "b/link.png"));
  mkdirSync(join(folder, "a/deep"));
  symlinkSync(join(folder, "a"), join(folder, "a/deep/up"));
  symlinkSync(folder, join(folder, "a/root"));
  symlinkSync(join(folder, "nowhere.png"), join(folder, "a/dangling.png"));
  symlinkSync("self", join(folder, "a/self"));
  const dataset = await open(folder);
  expect(dataset.classNames).toEqual(["a", "b", "c"]);
  expect(dataset.counts).toEqual({ train: 7, validation: 3, test: 3 });
  expect(listed(dataset)).toContain("b/link.png: duplicate-across-classes");
  expect(listed(dataset).filter((line) => line.endsWith("link-loop"))).toEqual([
    "a/dangling.png: link-loop",
    "a/deep/up: link-loop",
    "a/root: link-loop",
    "a/self: link-loop",
  ]);
});
