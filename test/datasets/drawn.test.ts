import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { DrawnSource } from "../../src-main/contract/dataset.ts";
import { drawPicture } from "../../src-main/datasets/draw/draw-picture.ts";
import { openDrawnSet } from "../../src-main/datasets/drawn.ts";

const source: DrawnSource = { kind: "drawn", pictures: 200, pixels: 32, difficulty: 0.3, seed: 1 };

test("the split is eight, one and one tenths exactly, and each is balanced over ten classes", () => {
  const dataset = openDrawnSet(source);
  expect(dataset.counts).toEqual({ train: 160, validation: 20, test: 20 });
  expect(dataset.classes).toEqual(
    ["checker", "cross", "disc", "dots", "ring", "square", "star", "stripes", "triangle", "zigzag"].map((name) => ({
      name,
      train: 16,
      validation: 2,
      test: 2,
    })),
  );
  expect(dataset.examples[123]).toMatchObject({ index: 123, name: "123", label: 3, split: "train" });
});

test("a picture follows from its recipe and number alone, and no two are the same", () => {
  const hashOf = (pixels: Uint8Array) => createHash("sha256").update(pixels).digest("hex");
  const larger = { ...source, pictures: 5_000 };
  expect(hashOf(drawPicture(source, 17))).toBe(hashOf(drawPicture(larger, 17)));
  const many = new Set(Array.from({ length: 100 }, (_, index) => hashOf(drawPicture(source, index))));
  expect(many.size).toBe(100);
  expect(hashOf(drawPicture({ ...source, seed: 2 }, 17))).not.toBe(hashOf(drawPicture(source, 17)));
});

test("two seeds share no picture by content, two sizes of one set share all", () => {
  const hashes = (set: DrawnSource) => openDrawnSet(set).examples.map(({ contentHash }) => contentHash);
  expect(new Set([...hashes(source), ...hashes({ ...source, seed: 2 })]).size).toBe(400);
  expect(hashes({ ...source, pictures: 300 }).slice(0, 200)).toEqual(hashes(source));
});

test("pictures have the size asked for, and without difficulty no noise", () => {
  const drawn = drawPicture({ pixels: 48, difficulty: 0, seed: 1 }, 2);
  expect(drawn.length).toBe(48 * 48 * 3);
  // A disc of one colour on a ground that changes slowly: neighbours differ only at the edge.
  const steps = drawn.filter((value, at) => at >= 3 && Math.abs(value - (drawn[at - 3] ?? 0)) > 24).length;
  expect(steps / drawn.length).toBeLessThan(0.1);
});

test("colour gives no class away: every class is as bright as the rest", () => {
  const sums = new Float64Array(10);
  for (let index = 0; index < 3_000; index++) {
    const drawn = drawPicture({ pixels: 16, difficulty: 0.3, seed: 5 }, index);
    sums[index % 10] = (sums[index % 10] ?? 0) + drawn.reduce((sum, value) => sum + value, 0) / drawn.length / 300;
  }
  // One picture's mean has a deviation of about 45, so 300 of them have one of 2.6: four of those lie on either side.
  const mean = sums.reduce((sum, value) => sum + value, 0) / 10;
  for (const value of sums) expect(Math.abs(value - mean)).toBeLessThan(10.4);
});
