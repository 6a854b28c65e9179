/** Layouts of folders. */
import { type LayoutCase, type LayoutCases, six } from "./layout-case.ts";

const parted = { cat: 8, dog: 8 };

export const folderLayouts: LayoutCases = {
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
};

function splitNames(train: string, validation: string, held: string): Record<string, LayoutCase> {
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
function fileNames(cat: string, dog: string): Record<string, LayoutCase> {
  return { [`names as ${cat}`]: { tree: { [cat]: 6, [dog]: 6 }, layout: "file-names", classes: six } };
}
