import { expect, test } from "vitest";
import { correlation } from "../../../src-main/domain/statistics/correlation.ts";

test("is 1 for a straight line upwards, −1 downwards, and nothing where nothing varies", () => {
  expect(correlation([1, 2, 3], [5, 7, 9])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  // Deviations −1, 0, 1 and −1, 1, 0: 1 over the root of 2 · 2.
  expect(correlation([1, 2, 3], [0, 2, 1])).toBeCloseTo(0.5, 12);
  expect(correlation([1, 2, 3], [4, 4, 4])).toBeNull();
});
