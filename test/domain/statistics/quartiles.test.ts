import { expect, test } from "vitest";
import { quartilesOf } from "../../../src-main/domain/statistics/quartiles.ts";

// By `numpy.percentile(values, [50, 25, 75])`.
test.each([
  [[5], [5, 5, 5]],
  [
    [4, 1],
    [2.5, 1.75, 3.25],
  ],
  [
    [9, 1, 5],
    [5, 3, 7],
  ],
  [
    [1, 2, 3, 10],
    [2.5, 1.75, 4.75],
  ],
  [
    [7, 1, 3, 5, 100],
    [5, 3, 7],
  ],
])("%j", (values, [median, lowerQuartile, upperQuartile]) => {
  expect(quartilesOf(values)).toEqual({ median, lowerQuartile, upperQuartile });
});

test("nothing measured has no spread", () => {
  expect(() => quartilesOf([])).toThrow("Nothing was measured");
});
