import { expect, test } from "vitest";
import { leakedTensorsAnEpoch } from "../../../src-main/training/measuring/leak.ts";

test("a count that rises with each of four epochs is a leak of the least of these rises", () => {
  expect(leakedTensorsAnEpoch([100, 103, 105, 108, 112])).toBe(2);
  expect(leakedTensorsAnEpoch([500, 500, 100, 103, 105, 108, 112])).toBe(2);
});

test("a count that stays, falls once, or has risen only lately is none", () => {
  expect(leakedTensorsAnEpoch([100, 100, 100, 100, 100])).toBe(0);
  expect(leakedTensorsAnEpoch([100, 110, 120, 119, 130])).toBe(0);
  expect(leakedTensorsAnEpoch([100, 110, 120, 130])).toBe(0);
  expect(leakedTensorsAnEpoch([])).toBe(0);
});
