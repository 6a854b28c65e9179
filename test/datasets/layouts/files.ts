/** Archives, and files that hold many pictures. What is in their pictures is looked at where each kind is tested. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { cifar, idxLabels, idxPictures } from "../../support/record-files.ts";
import { type LayoutCases, listed, numbers, rows, six } from "./layout-case.ts";

const digits = (count: number, from = 0) =>
  idxPictures(
    numbers(count).map((number) => new Uint8Array(16).fill(from + number)),
    4,
    4,
  );
const labels = (count: number) => idxLabels(numbers(count).map((number) => (number % 2 ? 3 : 7)));
const mnist = (kind = "", end = "") => ({
  [`${kind}train-images-idx3-ubyte${end}`]: digits(12),
  [`${kind}train-labels-idx1-ubyte${end}`]: labels(12),
  [`${kind}t10k-images-idx3-ubyte${end}`]: digits(4, 50),
  [`${kind}t10k-labels-idx1-ubyte${end}`]: labels(4),
});
const gzipped = (files: Readonly<Record<string, Uint8Array>>) =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]));

const planes = (from: number) => (row: number) => new Uint8Array(3_072).fill(from + row);
const names = (all: readonly string[]) => `${all.join("\n")}\n\n`;
const ten = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
const hundred = numbers(100).map((number) => `fine ${number}`);
const twenty = numbers(20).map((number) => `coarse ${number}`);
const eight = (one: readonly number[], other: readonly number[]) =>
  numbers(8).map((number) => (number % 2 ? one : other));

const parquetFiles: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("../../support/parquet-files.json", import.meta.url), "utf8"),
);
const parquet = (name: string) => Buffer.from(parquetFiles[name]!, "base64");
const train = "train-00000-of-00001.parquet";
const test_ = "test-00000-of-00001.parquet";

const catsAndDogs = { tree: { "PetImages/cat": 6, "PetImages/dog": 6 }, root: "PetImages", classes: six } as const;
const ofDigits = { classes: { "3": 8, "7": 8 }, splits: [12, 0, 4] } as const;

export const fileLayouts: LayoutCases = {
  "a zip with a wrapper": { ...catsAndDogs, archive: "pets.zip", layout: "class-folders" },
  "a tar": { ...catsAndDogs, archive: "pets.tar", layout: "class-folders" },
  "a tar.gz": { ...catsAndDogs, archive: "pets.tar.gz", layout: "class-folders" },
  "a zip with splits": {
    tree: { "train/cat": 4, "train/dog": 4, "val/cat": 2, "val/dog": 2 },
    archive: "pets.zip",
    layout: "split-folders",
    classes: six,
    splits: [8, 4, 0],
    others: ["class-folders", "inner-folders"],
  },
  "a zip with a list": {
    tree: { "*.png": 12, "labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)]) },
    archive: "pets.zip",
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
  },
  MNIST: { tree: mnist(), layout: "idx-files", list: "train-images-idx3-ubyte", ...ofDigits },
  "MNIST as it is downloaded": {
    tree: gzipped(mnist("MNIST/raw/")),
    layout: "idx-files",
    root: "MNIST/raw",
    list: "MNIST/raw/train-images-idx3-ubyte.gz",
    ...ofDigits,
  },
  "MNIST, one of its files chosen": {
    tree: mnist(),
    opened: "t10k-labels-idx1-ubyte",
    layout: "idx-files",
    list: "train-images-idx3-ubyte",
    ...ofDigits,
  },
  "Fashion-MNIST": {
    tree: mnist("FashionMNIST/raw/"),
    layout: "idx-files",
    root: "FashionMNIST/raw",
    list: "FashionMNIST/raw/train-images-idx3-ubyte",
    classes: { Dress: 8, Sneaker: 8 },
    splits: [12, 0, 4],
  },
  EMNIST: {
    tree: {
      "emnist-letters-train-images-idx3-ubyte": digits(12),
      "emnist-letters-train-labels-idx1-ubyte": labels(12),
      "emnist-letters-test-images-idx3-ubyte": digits(4, 50),
      "emnist-letters-test-labels-idx1-ubyte": labels(4),
      "emnist-letters-mapping.txt": "3 67 99\n7 71 103\n",
    },
    layout: "idx-files",
    list: "emnist-letters-train-images-idx3-ubyte",
    classes: { C: 8, G: 8 },
    splits: [12, 0, 4],
  },
  "CIFAR-10, binary version": {
    tree: {
      "cifar-10-batches-bin/data_batch_1.bin": cifar(eight([3], [8]), planes(0)),
      "cifar-10-batches-bin/test_batch.bin": cifar([[3], [8]], planes(40)),
      "cifar-10-batches-bin/batches.meta.txt": names(ten),
    },
    layout: "cifar-10",
    root: "cifar-10-batches-bin",
    classes: { cat: 5, ship: 5 },
    splits: [8, 0, 2],
  },
  "CIFAR-100, binary version": {
    tree: {
      "train.bin": cifar(eight([0, 3], [1, 8]), planes(0)),
      "test.bin": cifar(
        [
          [0, 3],
          [1, 8],
        ],
        planes(40),
      ),
      "fine_label_names.txt": names(hundred),
      "coarse_label_names.txt": names(twenty),
    },
    layout: "cifar-100",
    classes: { "fine 4": 5, "fine 9": 5 },
    splits: [8, 0, 2],
    others: ["cifar-100-coarse"],
  },
  "Parquet, as it is shared": {
    tree: { [`data/${train}`]: parquet("snappy"), [`data/${test_}`]: parquet("test") },
    layout: "parquet",
    root: "data",
    classes: { cat: 8, dog: 8 },
    splits: [12, 0, 4],
  },
  "one Parquet file": {
    tree: { "pets.parquet": parquet("snappy") },
    opened: "pets.parquet",
    layout: "parquet",
    classes: six,
  },
};
