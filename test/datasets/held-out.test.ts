import { expect, test } from "vitest";
import { splitClass } from "../../src-main/datasets/held-out.ts";

const hashes = ["e", "b", "d", "a", "c", "f", "j", "h", "g", "i"];

test("a tenth goes to validation and a tenth to the test, by rank of hash", () => {
  const splits = splitClass(hashes, ["validation", "test"]);
  expect(splits.map((split, index) => `${hashes[index]} ${split}`).filter((line) => !line.endsWith("train"))).toEqual([
    "b test",
    "a validation",
  ]);
});

test("the order of the pictures makes no difference", () => {
  const reversed = hashes.toReversed();
  expect(splitClass(reversed, ["validation"]).toReversed()).toEqual(splitClass(hashes, ["validation"]));
});

test("copies of one picture stay together", () => {
  const withCopies = ["b", "a", "a", "c", "a", "d", "e", "f", "g", "h"];
  expect(splitClass(withCopies, ["validation"])).toEqual([
    "train",
    "validation",
    "validation",
    "train",
    "validation",
    "train",
    "train",
    "train",
    "train",
    "train",
  ]);
});

test("a class with three pictures gives none away, and one of nothing but copies neither", () => {
  expect(splitClass(["a", "b", "c"], ["validation", "test"])).toEqual(["train", "train", "train"]);
  expect(splitClass(["a", "a", "a", "a"], ["validation"])).toEqual(["train", "train", "train", "train"]);
});
