/** Layouts of folders as people have them, each with how it is understood, in which words, and with how many pictures: one long table. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { FolderLayout, SplitName, Understanding } from "../../src-main/contract/dataset.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { countsInWords, leftAsideInWords, readingInWords } from "../../src-main/domain/reading-words.ts";
import { plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

/** Folders with a number of pictures named 00.png …; `*` in a name is a number from 1; a text is a file's content. */
type Tree = Readonly<Record<string, number | string>>;
type Counts = readonly [train: number, validation: number, test: number];

interface Case {
  readonly tree: Tree;
  readonly layout: FolderLayout;
  readonly root?: string;
  readonly list?: string;
  /** Pictures of each class by the names of files alone; one number where the data brings no split. */
  readonly classes: Readonly<Record<string, number>>;
  /** Of the splits that the data brings. */
  readonly splits?: Counts;
  /** Other layouts on offer, a question first. */
  readonly others?: readonly FolderLayout[];
  readonly isQuestion?: boolean;
  readonly aside?: readonly string[];
}

const six = { cat: 6, dog: 6 };
const parted = { cat: 8, dog: 8 };
const rows = (lines: readonly string[], between = "\n") => `${lines.join(between)}\n`;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const listed = (line: (number: number, label: string) => string) =>
  numbers(12).map((number) => line(number, number <= 6 ? "cat" : "dog"));

const cases: Readonly<Record<string, Case>> = {
  "one folder a class": { tree: { cat: 6, dog: 6 }, layout: "class-folders", classes: six },
  "with folders inside a class": { tree: { "cat/2024/may": 6, dog: 6 }, layout: "class-folders", classes: six },
  "with a picture beside the classes": {
    tree: { cat: 6, dog: 6, "preview*.png": 1 },
    layout: "class-folders",
    classes: six,
    aside: ["1 picture beside the classes, not used"],
  },
  "with notes beside the classes": {
    tree: { cat: 6, dog: 6, "README.md": "x" },
    layout: "class-folders",
    classes: six,
  },
  "numbered classes": { tree: { "0": 6, "1": 6 }, layout: "class-folders", classes: { "0": 6, "1": 6 } },
  "WordNet ids": {
    tree: { n01440764: 6, n01443537: 6 },
    layout: "class-folders",
    classes: { n01440764: 6, n01443537: 6 },
  },
  "a wrapper folder": {
    tree: { "PetImages/cat": 6, "PetImages/dog": 6 },
    layout: "class-folders",
    root: "PetImages",
    classes: six,
  },
  "a wrapper in a wrapper": {
    tree: { "a/b/cat": 6, "a/b/dog": 6 },
    layout: "class-folders",
    root: "a/b",
    classes: six,
  },
  "a wrapper with notes beside it": {
    tree: { "PetImages/cat": 6, "PetImages/dog": 6, "readme[1].txt": "x", "MSR-LA.docx": "x" },
    layout: "class-folders",
    root: "PetImages",
    classes: six,
  },
  "a wrapper with an empty folder beside it": {
    tree: { "data/cat": 6, "data/dog": 6, "docs/notes.txt": "x" },
    layout: "class-folders",
    root: "data",
    classes: six,
  },
  "train and val": {
    tree: { "train/cat": 6, "train/dog": 6, "val/cat": 2, "val/dog": 2 },
    layout: "split-folders",
    classes: parted,
    splits: [12, 4, 0],
    others: ["class-folders", "inner-folders"],
  },
  ...splitNames("train", "valid", "test"),
  ...splitNames("Train", "VAL", "Test"),
  ...splitNames("training", "validation", "testing"),
  ...splitNames("training_set", "dev_set", "test_set"),
  ...splitNames("train_set", "val_set", "holdout"),
  ...splitNames("seg_train", "seg_val", "seg_test"),
  ...splitNames("train-images", "val-images", "test-images"),
  ...splitNames("trainset", "valset", "testset"),
  ...splitNames("train2017", "val2017", "test2017"),
  ...splitNames("images_train", "images_dev", "images_test"),
  "training_set and test_set": {
    tree: { "training_set/cats": 6, "training_set/dogs": 6, "test_set/cats": 2, "test_set/dogs": 2 },
    layout: "split-folders",
    classes: { cats: 8, dogs: 8 },
    splits: [12, 0, 4],
    others: ["class-folders", "inner-folders"],
  },
  "doubled split folders with pictures to predict": {
    tree: {
      "seg_train/seg_train/bird": 6,
      "seg_train/seg_train/ship": 6,
      "seg_test/seg_test/bird": 2,
      "seg_test/seg_test/ship": 2,
      "seg_pred/seg_pred": 3,
    },
    layout: "split-folders",
    classes: { bird: 8, ship: 8 },
    splits: [12, 0, 4],
    others: ["class-folders"],
    aside: ["seg_pred/seg_pred: 3 pictures without a class, not used"],
  },
  "splits in a wrapper": {
    tree: { "pets/train/cat": 6, "pets/train/dog": 6, "pets/test/cat": 2, "pets/test/dog": 2 },
    layout: "split-folders",
    root: "pets",
    classes: parted,
    splits: [12, 0, 4],
    others: ["class-folders", "inner-folders"],
  },
  "a training folder alone": {
    tree: { "train/cat": 6, "train/dog": 6 },
    layout: "split-folders",
    classes: six,
    splits: [12, 0, 0],
  },
  "a folder of pictures inside each split": {
    tree: { "train/images/cat": 6, "train/images/dog": 6, "test/images/cat": 2, "test/images/dog": 2 },
    layout: "split-folders",
    classes: parted,
    splits: [12, 0, 4],
    others: ["class-folders"],
  },
  "splits with pictures that nobody sorted": {
    tree: { "train/cat": 6, "train/dog": 6, "test/cat": 2, "test/dog": 2, unlabelled: 5 },
    layout: "split-folders",
    classes: parted,
    splits: [12, 0, 4],
    others: ["class-folders", "inner-folders"],
    aside: ["unlabelled: 5 pictures beside the splits, not used"],
  },
  "a picture loose in a split": {
    tree: { "train/cat": 6, "train/dog": 6, "train/loose*.png": 1, "test/cat": 2, "test/dog": 2 },
    layout: "split-folders",
    classes: parted,
    splits: [12, 0, 4],
    others: ["class-folders", "inner-folders"],
    aside: ["train: 1 picture beside the classes, not used"],
  },
  "two folders of one split": {
    tree: { "train/cat": 6, "train/dog": 6, "test/cat": 2, "test/dog": 2, "testing/cat": 1, "testing/dog": 1 },
    layout: "split-folders",
    classes: { cat: 9, dog: 9 },
    splits: [12, 0, 6],
    others: ["class-folders", "inner-folders"],
  },
  "splits whose names say the class": {
    tree: { "train/cat.*.png": 6, "train/dog.*.png": 6, "test/cat.*.png": 3, "test/dog.*.png": 3 },
    layout: "split-folders",
    classes: { cat: 9, dog: 9 },
    splits: [12, 0, 6],
    others: ["class-folders"],
  },
  "splits whose names say the class, with numbers alone to predict": {
    tree: { "train/cat.*.png": 6, "train/dog.*.png": 6, "test1/*.png": 4 },
    layout: "split-folders",
    classes: six,
    splits: [12, 0, 0],
    others: ["class-folders"],
    aside: ["test1: 4 pictures without a class, not used"],
  },
  "a class that is called train": {
    tree: { bus: 6, car: 6, train: 6 },
    layout: "class-folders",
    classes: { bus: 6, car: 6, train: 6 },
  },
  "a class that is called test": {
    tree: { test: 6, control: 6 },
    layout: "class-folders",
    classes: { test: 6, control: 6 },
  },
  "a class that is called train, with folders inside": {
    tree: { bus: 6, car: 6, "train/electric": 3, "train/steam": 3 },
    layout: "class-folders",
    classes: { bus: 6, car: 6, train: 6 },
    others: ["split-folders", "inner-folders"],
    isQuestion: true,
  },
  "splits inside the classes": {
    tree: { "cat/train": 6, "cat/test": 2, "dog/train": 6, "dog/test": 2 },
    layout: "splits-in-classes",
    classes: parted,
    splits: [12, 0, 4],
    others: ["class-folders", "inner-folders"],
  },
  "splits inside the classes, doubled names": {
    tree: { "cat/training_set": 6, "cat/val_set": 2, "dog/training_set": 6, "dog/val_set": 2 },
    layout: "splits-in-classes",
    classes: parted,
    splits: [12, 4, 0],
    others: ["class-folders", "inner-folders"],
  },
  "splits inside the classes, in a wrapper": {
    tree: { "x/cat/train": 6, "x/cat/valid": 2, "x/dog/train": 6, "x/dog/valid": 2 },
    layout: "splits-in-classes",
    root: "x",
    classes: parted,
    splits: [12, 4, 0],
    others: ["class-folders", "inner-folders"],
  },
  "classes in groups": {
    tree: { "animals/cat": 6, "animals/dog": 6, "vehicles/car": 6, "vehicles/bus": 6 },
    layout: "class-folders",
    classes: { animals: 12, vehicles: 12 },
    others: ["inner-folders"],
    isQuestion: true,
  },
  "the same classes for each patient": {
    tree: { "p1/benign": 3, "p1/malignant": 3, "p2/benign": 3, "p2/malignant": 3, "p3/benign": 3, "p3/malignant": 3 },
    layout: "class-folders",
    classes: { p1: 6, p2: 6, p3: 6 },
    others: ["inner-folders"],
    isQuestion: true,
  },
  "some classes with folders inside": {
    tree: { cat: 6, "dog/large": 3, "dog/small": 3 },
    layout: "class-folders",
    classes: six,
    others: ["inner-folders"],
  },
  ...fileNames("cat.*.png", "dog.*.png"),
  ...fileNames("cat_*.png", "dog_*.png"),
  ...fileNames("cat-*.png", "dog-*.png"),
  ...fileNames("cat*.png", "dog*.png"),
  ...fileNames("cat (*).png", "dog (*).png"),
  ...fileNames("*_cat.png", "*_dog.png"),
  ...fileNames("*-cat.png", "*-dog.png"),
  "names with two words": {
    tree: { "great_dane_*.png": 6, "scottish_terrier_*.png": 6 },
    layout: "file-names",
    classes: { great_dane: 6, scottish_terrier: 6 },
  },
  "names in a folder of pictures": {
    tree: { "images/cat_*.png": 6, "images/dog_*.png": 6 },
    layout: "file-names",
    root: "images",
    classes: six,
  },
  "a list with header": {
    tree: { "*.png": 12, "labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)]) },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
  },
  "a list without header": {
    tree: { "*.png": 12, "labels.csv": rows(listed((n, label) => `${n}.png,${label}`)) },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
  },
  "a list of tabs": {
    tree: { "*.png": 12, "labels.tsv": rows(["file\tlabel", ...listed((n, label) => `${n}.png\t${label}`)]) },
    layout: "label-list",
    list: "labels.tsv",
    classes: six,
  },
  "a list with semicolons": {
    tree: { "*.png": 12, "labels.csv": rows(["file;label", ...listed((n, label) => `${n}.png;${label}`)]) },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
  },
  "a list with Windows' line ends and a mark at its start": {
    tree: {
      "*.png": 12,
      "l.csv": `\uFEFF${rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)], "\r\n")}`,
    },
    layout: "label-list",
    list: "l.csv",
    classes: six,
  },
  "a list without the ends of names": {
    tree: { "images/*.png": 12, "trainLabels.csv": rows(["id,label", ...listed((n, label) => `${n},${label}`)]) },
    layout: "label-list",
    list: "trainLabels.csv",
    classes: six,
  },
  "a list with paths": {
    tree: {
      "images/*.png": 12,
      "labels.csv": rows(["image,class", ...listed((n, label) => `images/${n}.png,${label}`)]),
    },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
  },
  "a list with Windows' paths from elsewhere": {
    tree: {
      "images/*.png": 12,
      "labels.csv": rows(["path,class", ...listed((n, label) => `C:\\data\\images\\${n}.png,${label}`)]),
    },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
  },
  "a list with the label first": {
    tree: { "*.png": 12, "labels.csv": rows(["label,file", ...listed((n, label) => `${label},${n}.png`)]) },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
  },
  "a list with quotes and commas in names": {
    tree: { "*, a.png": 12, "labels.csv": rows(["file,label", ...listed((n, label) => `"${n}, a.png","${label}"`)]) },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
  },
  "a list with other columns": {
    tree: {
      "*.png": 12,
      "meta.csv": rows([
        "age,image_id,sex,dx",
        ...listed((n, label) => `${20 + (n % 3)},${n},${n % 2 ? "f" : "m"},${label}`),
      ]),
    },
    layout: "label-list",
    list: "meta.csv",
    classes: six,
  },
  "a list with splits": {
    tree: {
      "*.png": 12,
      "labels.csv": rows([
        "file,label,split",
        ...listed((n, label) => `${n}.png,${label},${n % 6 === 0 ? "test" : n % 6 === 1 ? "val" : "train"}`),
      ]),
    },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
    splits: [8, 2, 2],
  },
  "a list that names some pictures only": {
    tree: { "*.png": 16, "labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)]) },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
    aside: ["4 pictures not in the list, not used"],
  },
  "a list that names files that are gone": {
    tree: {
      "*.png": 12,
      "labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`), "13.png,cat", "14.png,dog"]),
    },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
    aside: ["labels.csv: 2 lines without a class or a file, not used"],
  },
  "a list in a wrapper": {
    tree: { "x/images/*.png": 12, "x/labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)]) },
    layout: "label-list",
    root: "x",
    list: "x/labels.csv",
    classes: six,
  },
  "a list of sums beside classes": {
    tree: { cat: 6, dog: 6, "counts.csv": "class,count\ncat,6\ndog,6\n" },
    layout: "class-folders",
    classes: six,
  },
  "a list beside classes of another kind": {
    tree: {
      "a/*.png": 6,
      "b/b*.png": 6,
      "labels.csv": rows([
        "file,label",
        ...numbers(6).flatMap((n) => [`a/${n}.png,${n % 2 ? "cat" : "dog"}`, `b/b${n}.png,${n % 2 ? "cat" : "dog"}`]),
      ]),
    },
    layout: "label-list",
    list: "labels.csv",
    classes: six,
    others: ["class-folders"],
    isQuestion: true,
  },
};

function splitNames(train: string, validation: string, held: string): Record<string, Case> {
  const tree = Object.fromEntries(
    ["cat", "dog"].flatMap((name) => [
      [`${train}/${name}`, 4],
      [`${validation}/${name}`, 2],
      [`${held}/${name}`, 2],
    ]),
  );
  return {
    [`${train}, ${validation} and ${held}`]: {
      tree,
      layout: "split-folders",
      classes: parted,
      splits: [8, 4, 4],
      others: ["class-folders", "inner-folders"],
    },
  };
}
function fileNames(cat: string, dog: string): Record<string, Case> {
  return { [`names as ${cat}`]: { tree: { [cat]: 6, [dog]: 6 }, layout: "file-names", classes: six } };
}

const shades: Uint8Array[] = [];
beforeAll(async () => {
  for (const shade of numbers(64))
    shades.push(
      await plain(shade * 3)
        .png()
        .toBuffer(),
    );
});

function make(tree: Tree): string {
  const files: Record<string, Uint8Array | string> = {};
  let picture = 0;
  for (const [name, content] of Object.entries(tree)) {
    if (typeof content === "string") files[name] = content;
    else
      for (const number of numbers(content)) {
        const path = name.includes("*")
          ? name.replace("*", String(number))
          : `${name}/${String(number).padStart(2, "0")}.png`;
        files[path] = shades[picture++ % shades.length]!;
      }
  }
  return writeFiles(temporaryFolder(), files);
}

async function understood(path: string): Promise<Understanding> {
  const { understanding } = await openDataset({ kind: "folder", path }, { threads: 1 });
  if (!understanding) throw new Error("A folder is understood in some way");
  return understanding;
}

describe("a folder is understood", () => {
  test.each(Object.entries(cases))("%s", async (_, wanted) => {
    const { reading, offered, isQuestion } = await understood(make(wanted.tree));
    const [first, ...others] = offered;
    const { layout, root = "", list } = wanted;
    expect(reading).toEqual(list === undefined ? { layout, root } : { layout, root, list });
    expect(first?.reading).toEqual(reading);
    expect(Object.fromEntries(first?.classes.map(({ name, pictures }) => [name, pictures]) ?? [])).toEqual(
      wanted.classes,
    );
    const [train, validation, held] = wanted.splits ?? [0, 0, 0];
    expect(first?.pictures).toMatchObject({ train, validation, test: held } satisfies Record<SplitName, number>);
    expect(others.map(({ reading: other }) => other.layout)).toEqual(wanted.others ?? []);
    expect(isQuestion).toBe(wanted.isQuestion ?? false);
    expect(first?.leftAside.map(leftAsideInWords)).toEqual(wanted.aside ?? []);
  });
});

test("a reading that a person chose is taken, kept in the source, and refused once it is gone", async () => {
  const path = make({ "animals/cat": 6, "animals/dog": 6, "vehicles/car": 6, "vehicles/bus": 6 });
  const source = { kind: "folder", path, reading: { layout: "inner-folders", root: "" } } as const;
  const dataset = await openDataset(source, { threads: 1 });
  expect(dataset.classNames).toEqual(["animals/cat", "animals/dog", "vehicles/bus", "vehicles/car"]);
  expect(dataset.source).toEqual(source);
  expect(dataset.understanding).toMatchObject({ reading: source.reading, isQuestion: false });
  rmSync(join(path, "animals"), { recursive: true });
  rmSync(join(path, "vehicles"), { recursive: true });
  await expect(openDataset(source, { threads: 1 })).rejects.toMatchObject({ code: "data.reading-gone" });
});

test("a reading in words", async () => {
  const path = make(cases["doubled split folders with pictures to predict"]!.tree);
  const { reading, offered } = await understood(path);
  expect(readingInWords(reading)).toBe("folders of splits, with one folder per class in each");
  expect(offered.map(countsInWords)).toEqual([
    "2 classes, 16 pictures: 12 for training, 4 for testing",
    "3 classes, 19 pictures",
  ]);
  const list = { layout: "label-list", root: "x", list: "x/labels.csv" } as const;
  expect(readingInWords(list)).toBe("a list says the class of each file (x/labels.csv)");
});
