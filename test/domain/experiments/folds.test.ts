import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { countsInFold, splitInFold } from "../../../src-main/domain/experiments/folds.ts";

const pictures = Array.from({ length: 1_000 }, (_, index) => ({
  split: "train" as const,
  contentHash: createHash("sha256").update(String(index)).digest("hex"),
}));

test("each training picture is held out by one fold, and trained on by all others", () => {
  const held = pictures.map((picture) =>
    [1, 2, 3, 4, 5].filter((index) => splitInFold(picture, { index, count: 5 }) === "test"),
  );
  expect(held.every((folds) => folds.length === 1)).toBe(true);
  const sizes = [1, 2, 3, 4, 5].map((index) => held.filter(([fold]) => fold === index).length);
  for (const size of sizes) expect(Math.abs(size - 200)).toBeLessThan(50);
});

test("the test pictures of the data set are left out, and the validation pictures stay", () => {
  const [{ contentHash }] = pictures as [(typeof pictures)[number]];
  const fold = { index: 1, count: 5 };
  expect(splitInFold({ split: "validation", contentHash }, fold)).toBe("validation");
  expect(splitInFold({ split: "test", contentHash }, fold)).toBeNull();
  for (const split of ["train", "validation", "test"] as const)
    expect(splitInFold({ split, contentHash }, null)).toBe(split);
  expect(countsInFold({ train: 1_000, validation: 50, test: 70 }, fold)).toEqual({
    ...{ train: 800, validation: 50, test: 200 },
  });
});
