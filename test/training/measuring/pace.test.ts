import { expect, test } from "vitest";
import { createPace } from "../../../src-main/training/measuring/pace.ts";

test("nothing is said until a few batches are done", () => {
  const pace = createPace();
  expect([pace.imagesPerSecond(), pace.secondsLeft(10, 0)]).toEqual([null, null]);
});

test("images a second count steps alone, time left counts everything", () => {
  const pace = createPace();
  for (let batch = 0; batch < 4; batch++) pace.batch(64, 2, 0.5);
  pace.evaluated(100, 5);
  expect(pace.imagesPerSecond()).toBe(128);
  expect(pace.secondsLeft(10, 200)).toBe(10 * 2 + 200 * 0.05);
});

test("a look not yet seen is taken to cost a third of training a picture", () => {
  const pace = createPace();
  for (let batch = 0; batch < 4; batch++) pace.batch(10, 3, 3);
  expect(pace.secondsLeft(0, 100)).toBeCloseTo(10, 12);
});

test("the latest batches decide when the machine slows down", () => {
  const pace = createPace();
  for (let batch = 0; batch < 20; batch++) pace.batch(10, 1, 1);
  for (let batch = 0; batch < 20; batch++) pace.batch(10, 2, 2);
  expect(pace.secondsLeft(1, 0)).toBe(2);
});
