/** Real folders, opened with the changes of a version, and written out as a folder. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DatasetEdit } from "../../src-main/contract/dataset-version.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { labelledPictures } from "../../src-main/datasets/with-edits.ts";
import { writeOut } from "../../src-main/datasets/write-out.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const key = "0".repeat(64);
const onDisk = (path: string) => openDataset({ kind: "folder", path }, { threads: 1 });
const withChanges = (path: string, edits: readonly DatasetEdit[]) =>
  openDataset({ kind: "folder", path, version: key }, { threads: 1, version: { number: 2, note: "mended", edits } });

async function animals(): Promise<string> {
  return writeFiles(temporaryFolder(), {
    ...(await pictures("train/cat", 5)),
    ...(await pictures("train/dog", 5, 20)),
    ...(await pictures("val/cat", 2, 40)),
    ...(await pictures("val/dog", 2, 60)),
  });
}
const named = ({ examples }: Dataset, ...names: string[]) =>
  examples.filter(({ name }) => names.includes(name)).map(({ name, contentHash }) => ({ name, contentHash }));
const of = ({ examples, classNames }: Dataset, name: string) => {
  const example = examples.find((each) => each.name === name);
  return example && `${classNames[example.label]}, ${example.split}`;
};

test("a version changes labels and splits, not the files, and has a fingerprint and a name of its own", async () => {
  const folder = await animals();
  const disk = await onDisk(folder);
  const filesBefore = readdirSync(folder, { recursive: true, encoding: "utf8" }).map(
    (name) => [name, statSync(join(folder, name)).mtimeMs] as const,
  );
  const version = await withChanges(folder, [
    { kind: "relabel", pictures: named(disk, "train/cat/00.png"), className: "dog" },
    { kind: "exclude", pictures: named(disk, "train/cat/01.png") },
    { kind: "move", pictures: named(disk, "train/dog/00.png"), split: "test" },
  ]);
  expect(of(version, "train/cat/00.png")).toBe("dog, train");
  expect(of(version, "train/cat/01.png")).toBeUndefined();
  expect(of(version, "train/dog/00.png")).toBe("dog, test");
  expect(version.counts).toEqual({ train: 8, validation: 4, test: 1 });
  expect(version.splitOrigin).toEqual({ validation: "folders", test: "folders" });
  expect(version.name).toBe(`${disk.name}, version 2 “mended”`);
  expect(version.source).toEqual({ kind: "folder", path: folder, version: key });
  expect(version.fingerprint).not.toBe(disk.fingerprint);
  expect((await withChanges(folder, [])).fingerprint).toBe(disk.fingerprint);
  expect(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => [
      name,
      statSync(join(folder, name)).mtimeMs,
    ]),
  ).toEqual(filesBefore);
});

test("what a version changes and is no longer there is said, and used as it stands", async () => {
  const folder = await animals();
  const disk = await onDisk(folder);
  const relabel: DatasetEdit = {
    kind: "relabel",
    pictures: named(disk, "train/cat/00.png", "train/cat/01.png", "train/cat/02.png"),
    className: "dog",
  };
  renameSync(join(folder, "train/cat/00.png"), join(folder, "train/cat/moved.png"));
  writeFileSync(join(folder, "train/cat/01.png"), readFileSync(join(folder, "val/dog/00.png")));
  const version = await withChanges(folder, [relabel]);
  expect(version.problems.filter(({ code }) => code.startsWith("edit-"))).toEqual([
    { code: "edit-picture-gone", name: "train/cat/00.png", isSkipped: false },
    { code: "edit-picture-changed", name: "train/cat/01.png", isSkipped: false },
  ]);
  expect(["00", "01", "02", "moved"].map((name) => of(version, `train/cat/${name}.png`))).toEqual([
    undefined,
    "cat, train",
    "dog, train",
    "cat, train",
  ]);
});

test("a class without training pictures is left out and said; what cannot be trained on is refused", async () => {
  const folder = await animals();
  const disk = await onDisk(folder);
  const cats = named(disk, ...disk.examples.flatMap(({ name }) => (name.startsWith("train/cat") ? name : [])));
  const owls = await withChanges(folder, [
    { kind: "relabel", pictures: named(disk, "val/cat/00.png"), className: "owl" },
  ]);
  expect(owls.classNames).toEqual(["cat", "dog"]);
  expect(owls.problems).toEqual([
    {
      ...{ code: "empty-class", name: "owl", isSkipped: true },
      leftOut: { className: "owl", split: "validation", pictures: 1 },
    },
  ]);
  await expect(withChanges(folder, [{ kind: "exclude", pictures: cats }])).rejects.toMatchObject({
    code: "data.one-class",
  });
  const validation = named(disk, ...disk.examples.flatMap(({ name }) => (name.startsWith("val/") ? name : [])));
  await expect(withChanges(folder, [{ kind: "move", pictures: validation, split: "train" }])).rejects.toMatchObject({
    code: "data.no-validation",
  });
});

test("copies are looked for anew: the same picture under two labels is mended by a relabelling", async () => {
  const folder = await animals();
  writeFileSync(join(folder, "train/dog/copy.png"), readFileSync(join(folder, "train/cat/00.png")));
  const disk = await onDisk(folder);
  const codes = ({ problems }: Dataset) => problems.map(({ code }) => code);
  expect(codes(disk)).toEqual(["duplicate-across-classes"]);
  const mended = await withChanges(folder, [
    { kind: "relabel", pictures: named(disk, "train/dog/copy.png"), className: "cat" },
  ]);
  expect(codes(mended)).toEqual([]);
});

test("a version that is written out and opened again has the same pictures, classes and splits", async () => {
  const folder = await animals();
  const disk = await onDisk(folder);
  const version = await withChanges(folder, [
    { kind: "move", pictures: named(disk, "train/dog/00.png", "train/cat/00.png"), split: "test" },
    { kind: "relabel", pictures: named(disk, "train/dog/01.png"), className: "cat" },
    { kind: "rename-class", from: "dog", to: "a dog: large/small?" },
  ]);
  const to = join(temporaryFolder(), "new/mended");
  const seen: number[] = [];
  const written = await writeOut({ path: folder, pictures: labelledPictures(version), folder: to }, (done) => {
    seen.push(done);
  });
  expect(written).toMatchObject({ folder: to, pictures: 14, classes: 2 });
  expect(seen.at(-1)).toBe(14);
  const again = await onDisk(to);
  const facts = ({ examples, classNames }: Dataset) =>
    examples
      .map(({ contentHash, label, split }) => `${contentHash} ${classNames[label]!.replaceAll(/[/:?]/g, "_")} ${split}`)
      .sort();
  expect(again.problems).toEqual([]);
  expect(facts(again)).toEqual(facts(version));
  // Two files 01.png are cats in training now.
  expect(readdirSync(join(to, "train/cat")).sort()).toEqual(["01 (2).png", "01.png", "02.png", "03.png", "04.png"]);
});

test("a folder that is there and empty is filled", async () => {
  const folder = await animals();
  const to = temporaryFolder();
  await writeOut({ path: folder, pictures: labelledPictures(await onDisk(folder)), folder: to });
  expect((await onDisk(to)).problems).toEqual([]);
});

test("nothing is written over what is there, and nothing is left of what cannot be written whole", async () => {
  const folder = await animals();
  const version = await onDisk(folder);
  const all = labelledPictures(version);
  const parent = temporaryFolder();
  const to = join(parent, "out");
  writeFileSync(join(parent, "mine.txt"), "mine");
  await expect(writeOut({ path: folder, pictures: all, folder: parent })).rejects.toMatchObject({
    code: "export.exists",
  });
  writeFileSync(join(folder, "val/dog/01.png"), "other bytes");
  await expect(writeOut({ path: folder, pictures: all, folder: to })).rejects.toMatchObject({
    code: "data.not-copied",
  });
  expect([existsSync(to), readdirSync(parent)]).toEqual([false, ["mine.txt"]]);
});

test("classes that Windows or macOS would take for one, or not take at all, have folders of their own, which is said", async () => {
  const folder = await animals();
  const disk = await onDisk(folder);
  const all = labelledPictures(disk).map((picture, index) => ({
    ...picture,
    className: ["Cat", "cat", "aux", "dog"][index % 4]!,
  }));
  const to = join(temporaryFolder(), "out");
  const written = await writeOut({ path: folder, pictures: all, folder: to });
  expect(written).toMatchObject({
    classes: 4,
    renamed: [
      { from: "cat", to: "cat (2)" },
      { from: "aux", to: "_aux" },
    ],
  });
  const classes = new Set(readdirSync(to).flatMap((split) => readdirSync(join(to, split))));
  expect([...classes].sort()).toEqual(["Cat", "_aux", "cat (2)", "dog"]);
});

// Windows takes paths that are eight times as long.
test.skipIf(process.platform === "win32")(
  "a path that is longer than the system takes is named as that, and leaves nothing",
  async () => {
    const folder = await animals();
    const parent = temporaryFolder();
    // As deep as it goes: the folder can be made, and no picture in it.
    let deep = parent;
    while (deep.length < 3_900) deep = join(deep, "d".repeat(Math.min(200, 3_980 - deep.length)));
    mkdirSync(deep, { recursive: true });
    const pictures = labelledPictures(await onDisk(folder)).map((picture) => ({
      ...picture,
      className: `${picture.className}${"x".repeat(98)}`,
    }));
    await expect(writeOut({ path: folder, pictures, folder: join(deep, "out") })).rejects.toMatchObject({
      code: "disk.path-too-long",
      remedy: expect.stringMatching(/nearer to the root/),
    });
    expect(readdirSync(deep)).toEqual([]);
  },
);
