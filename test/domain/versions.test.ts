import { describe, expect, it } from "vitest";
import { splitNames } from "../../src-main/contract/dataset.ts";
import { askedEdit, type DatasetEdit, recordedEdit } from "../../src-main/contract/dataset-version.ts";
import { applyEdits, type LabelledPicture } from "../../src-main/domain/versions/apply-edits.ts";
import { versionDifferences } from "../../src-main/domain/versions/differences.ts";
import { editsOfVersion, type LinkedVersion } from "../../src-main/domain/versions/version-chain.ts";
import { editInWords, versionInWords } from "../../src-main/domain/versions/words.ts";
import { createRandom } from "../../src-main/platform/random.ts";

const picture = (name: string, className: string, split: LabelledPicture["split"] = "train"): LabelledPicture => ({
  ...{ name, className, split },
  contentHash: `hash of ${name}`,
});
const cat = picture("cat/1.png", "cat");
const dog = picture("dog/1.png", "dog");
const hen = picture("hen/1.png", "hen", "test");
const pictures = [cat, dog, hen];
const named = (...those: LabelledPicture[]) => those.map(({ name, contentHash }) => ({ name, contentHash }));

/** As in `cat/1.png: cat, train`. */
const changed = (...edits: DatasetEdit[]) =>
  applyEdits(pictures, edits).pictures.map(({ name, className, split }) => `${name}: ${className}, ${split}`);
const conflicts = (...edits: DatasetEdit[]) =>
  applyEdits(pictures, edits).conflicts.map(({ code, name }) => `${code} ${name}`);

describe("edits", () => {
  it("relabel, exclude and move the pictures that they name, and leave the rest", () => {
    expect(
      changed(
        { kind: "relabel", pictures: named(cat), className: "owl" },
        { kind: "exclude", pictures: named(dog) },
        { kind: "move", pictures: named(hen), split: "validation" },
      ),
    ).toEqual(["cat/1.png: owl, train", "hen/1.png: hen, validation"]);
  });

  it("take effect in order: what is merged first can be relabelled out of it, and what is relabelled first is merged too", () => {
    const merge: DatasetEdit = { kind: "merge-classes", from: ["cat", "dog"], into: "pet" };
    const relabel: DatasetEdit = { kind: "relabel", pictures: named(dog), className: "cat" };
    expect(changed(merge, relabel)).toEqual(["cat/1.png: pet, train", "dog/1.png: cat, train", "hen/1.png: hen, test"]);
    expect(changed(relabel, merge)).toEqual(["cat/1.png: pet, train", "dog/1.png: pet, train", "hen/1.png: hen, test"]);
  });

  it("merge into one of the classes, or into a new one", () => {
    expect(changed({ kind: "merge-classes", from: ["cat"], into: "dog" })[0]).toBe("cat/1.png: dog, train");
    expect(changed({ kind: "merge-classes", from: ["cat", "dog"], into: "dog" })[1]).toBe("dog/1.png: dog, train");
  });

  it("rename a class, also one of which pictures are excluded, but never into one that is there", () => {
    expect(changed({ kind: "rename-class", from: "cat", to: "Cat" })[0]).toBe("cat/1.png: Cat, train");
    const taken: DatasetEdit = { kind: "rename-class", from: "cat", to: "dog" };
    expect(changed(taken)).toEqual(changed());
    expect(conflicts(taken)).toEqual(["edit-class-taken dog"]);
    expect(conflicts({ kind: "exclude", pictures: named(dog) }, taken)).toEqual([]);
    expect(conflicts({ kind: "rename-class", from: "cat", to: "cat" })).toEqual([]);
  });

  it("name each picture and class that is not as it was, once, and change neither", () => {
    const gone = { name: "cat/2.png", contentHash: "x" };
    const other = { name: cat.name, contentHash: "other bytes" };
    const relabel: DatasetEdit = { kind: "relabel", pictures: [gone, other], className: "owl" };
    expect(changed(relabel)).toEqual(changed());
    expect(conflicts(relabel, relabel, { kind: "merge-classes", from: ["cow"], into: "cat" })).toEqual([
      "edit-picture-gone cat/2.png",
      "edit-picture-changed cat/1.png",
      "edit-class-gone cow",
    ]);
  });

  it("say nothing of an excluded picture that is gone from disk, and tell of one with other bytes", () => {
    expect(conflicts({ kind: "exclude", pictures: [{ name: "cat/2.png", contentHash: "x" }] })).toEqual([]);
    expect(conflicts({ kind: "exclude", pictures: [{ name: cat.name, contentHash: "x" }] })).toEqual([
      "edit-picture-changed cat/1.png",
    ]);
  });

  it("are what zod lets through: no class without a name, none with a character that cannot be seen, no undo from outside", () => {
    const relabel = (className: string) => askedEdit.safeParse({ kind: "relabel", pictures: ["a"], className });
    expect(["cat", " ", "c\u0007at"].map((name) => relabel(name).success)).toEqual([true, false, false]);
    expect(askedEdit.safeParse({ kind: "exclude", pictures: [] }).success).toBe(false);
    expect([askedEdit, recordedEdit].map((schema) => schema.safeParse({ kind: "undo" }).success)).toEqual([
      false,
      true,
    ]);
  });
});

describe("a chain of versions", () => {
  const exclude = (name: string): DatasetEdit => ({ kind: "exclude", pictures: [{ name, contentHash: name }] });
  const versions: Record<string, LinkedVersion> = {
    first: { parentKey: null, edits: [exclude("a")] },
    second: { parentKey: "first", edits: [exclude("b"), exclude("c")] },
    undone: { parentKey: "second", edits: [{ kind: "undo" }] },
    redone: { parentKey: "undone", edits: [{ kind: "undo" }] },
    further: { parentKey: "undone", edits: [exclude("d")] },
    empty: { parentKey: "first", edits: [{ kind: "undo" }] },
    orphan: { parentKey: "lost", edits: [exclude("e")] },
    circle: { parentKey: "circle", edits: [exclude("f")] },
  };
  const edits = (key: string | null) => editsOfVersion(key, (each) => versions[each] ?? null);

  it("is every edit from the disk on, in order", () => {
    expect(edits(null)).toEqual([]);
    expect(edits("second")).toEqual([exclude("a"), exclude("b"), exclude("c")]);
  });

  it("an undo is what stood before its parent, can be built on, and can be undone", () => {
    expect(edits("undone")).toEqual(edits("first"));
    expect(edits("empty")).toEqual([]);
    expect(edits("further")).toEqual([exclude("a"), exclude("d")]);
    expect(edits("redone")).toEqual(edits("second"));
  });

  it("is null where a part of it is missing or it goes in a circle", () => {
    expect([edits("orphan"), edits("circle"), edits("none")]).toEqual([null, null, null]);
  });

  it("whatever was changed, an undo gives the very pictures back", () => {
    const random = createRandom(7);
    const pick = <T>(from: readonly T[]): T => from[random.integer(from.length)]!;
    for (let round = 0; round < 200; round++) {
      const chain: Record<string, LinkedVersion> = {};
      const classes = ["cat", "dog", "hen", "owl"];
      const anEdit = (): DatasetEdit =>
        pick<() => DatasetEdit>([
          () => ({ kind: "relabel", pictures: named(pick(pictures)), className: pick(classes) }),
          () => ({ kind: "exclude", pictures: named(pick(pictures)) }),
          () => ({ kind: "move", pictures: named(pick(pictures)), split: pick(splitNames) }),
          () => ({ kind: "rename-class", from: pick(classes), to: pick(classes) }),
          () => ({ kind: "merge-classes", from: [pick(classes)], into: pick(classes) }),
        ])();
      const of = (key: string | null) => applyEdits(pictures, editsOfVersion(key, (each) => chain[each] ?? null)!);
      let last: string | null = null;
      for (let step = 0; step < 6; step++) {
        const key = `v${step}`;
        chain[key] = { parentKey: last, edits: [anEdit(), anEdit()] };
        chain[`undo ${key}`] = { parentKey: key, edits: [{ kind: "undo" }] };
        expect(of(`undo ${key}`)).toEqual(of(last));
        last = pick([key, `undo ${key}`]);
      }
    }
  });
});

it("two versions differ in what was relabelled, moved, left out and added; other bytes are another picture", () => {
  const other = { ...hen, contentHash: "other" };
  const before = [cat, dog, hen, picture("cow/1.png", "cow")];
  const now = [{ ...cat, className: "dog" }, { ...dog, split: "test" as const }, other, before[3]!];
  expect(versionDifferences(before, now)).toEqual({
    relabelled: [{ name: "cat/1.png", from: "cat", to: "dog" }],
    moved: [{ name: "dog/1.png", from: "train", to: "test" }],
    ...{ excluded: ["hen/1.png"], added: ["hen/1.png"], same: 1 },
  });
});

it("is said in words", () => {
  expect(versionInWords({ number: 2, note: "mended labels" })).toBe("version 2 “mended labels”");
  expect(versionInWords({ number: 3, note: "" })).toBe("version 3");
  expect(
    (
      [
        { kind: "relabel", pictures: 1, className: "cat" },
        { kind: "exclude", pictures: 1_200 },
        { kind: "move", pictures: 2, split: "test" },
        { kind: "rename-class", from: "a", to: "b" },
        { kind: "merge-classes", from: ["a", "b"], into: "c" },
        { kind: "undo" },
      ] as const
    ).map(editInWords),
  ).toEqual([
    "1 picture relabelled as cat",
    "1,200 pictures excluded",
    "2 pictures moved to test",
    "a renamed to b",
    "a, b merged into c",
    "the version before it undone",
  ]);
});
