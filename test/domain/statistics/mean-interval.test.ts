import { expect, test } from "vitest";
import { meanInterval } from "../../../src-main/domain/statistics/mean-interval.ts";

/** Half the interval's width, in standard errors, for so many values. */
function quantileFor(count: number): number {
  const values = Array.from({ length: count }, (_, index) => index);
  const mean = (count - 1) / 2;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const { low, high } = meanInterval(values)!;
  return (high - low) / 2 / Math.sqrt(variance / count);
}

/** Share of Student's t distribution within ±t, by the midpoint rule: at √degrees · tan θ its density is as cos^(degrees − 1) θ. */
function shareWithin(t: number, degrees: number): number {
  const integral = (end: number): number => {
    const pieces = 20_000;
    let sum = 0;
    for (let piece = 0; piece < pieces; piece++) sum += Math.cos(((piece + 0.5) * end) / pieces) ** (degrees - 1);
    return (sum * end) / pieces;
  };
  return integral(Math.atan(t / Math.sqrt(degrees))) / integral(Math.PI / 2);
}

test("the interval holds 95 % of Student's t distribution, in the table and beyond it", () => {
  for (const degrees of [...Array.from({ length: 34 }, (_, index) => index + 1), 99, 500])
    expect([degrees, shareWithin(quantileFor(degrees + 1), degrees)]).toEqual([degrees, expect.closeTo(0.95, 4)]);
});

test("it lies around the mean", () => {
  // 4.302653 · 0.02 / √3 to both sides.
  const { low, high } = meanInterval([0.79, 0.81, 0.83])!;
  expect([low, high]).toEqual([expect.closeTo(0.7603172, 6), expect.closeTo(0.8596828, 6)]);
});

test("equal values have an interval without width, one value has none", () => {
  expect(meanInterval([0.5, 0.5, 0.5])).toEqual({ low: 0.5, high: 0.5 });
  expect(meanInterval([0.5])).toBeNull();
});
