import { describe, expect, test } from "vitest";
import { roundedBounds } from "../../src-renderer/ui/charts/line-chart-options.ts";

describe("bounds of the value axis", () => {
  test("fall on whole steps of 1, 2 or 5", () => {
    expect(roundedBounds({ low: 0, high: 2.3 })).toEqual({ min: 0, max: 3 });
    expect(roundedBounds({ low: 0, high: 0.53 })).toEqual({ min: 0, max: 0.6 });
    expect(roundedBounds({ low: 0, high: 4 })).toEqual({ min: 0, max: 4 });
  });
  test("are 0 to 1 while nothing is recorded", () => {
    expect(roundedBounds(null)).toEqual({ min: 0, max: 1 });
  });
});
