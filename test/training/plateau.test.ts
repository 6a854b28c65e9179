import { expect, test } from "vitest";
import { bestEvaluation, epochsWithoutImprovement, plateaus } from "../../src-main/training/plateau.ts";
import { scheduledRate } from "../../src-main/training/schedules.ts";

test("a plateau is so many looks in a row without a new lowest loss", () => {
  expect(plateaus([3, 2, 2, 2], 2)).toBe(1);
  expect(plateaus([3, 2, 2], 2)).toBe(0);
  expect(plateaus([3, 2, 2.5, 1.9, 1.95], 2)).toBe(0);
  expect(plateaus([], 1)).toBe(0);
});

test("each attempt counts once, and the next begins after it", () => {
  expect(plateaus([1, 1, 1, 1, 1], 2)).toBe(2);
  expect(plateaus([1, 1, 1, 0.5, 0.5, 0.5], 2)).toBe(2);
});

test("a gain that is too small is none", () => {
  expect(epochsWithoutImprovement([1, 0.99, 0.98, 0.97], 0.1)).toBe(3);
  expect(epochsWithoutImprovement([1, 0.99, 0.98, 0.97], 0.001)).toBe(0);
  expect(epochsWithoutImprovement([1, 0.5, 0.6, 0.5], 0)).toBe(2);
});

test("the best look is the earliest of the lowest", () => {
  expect(bestEvaluation([3, 1, 2, 1])).toBe(1);
  expect(bestEvaluation([])).toBe(-1);
});

test("on a plateau the rate falls by its factor from the next step on", () => {
  const schedule = { kind: "plateau", patienceEpochs: 2, factor: 0.1 } as const;
  const rate = (losses: readonly number[]) => scheduledRate(schedule, 0.5, { epochs: 9, stepsPerEpoch: 4 }, 17, losses);
  expect(rate([2, 1])).toBe(0.5);
  expect(rate([2, 1, 1, 1])).toBeCloseTo(0.05, 12);
  expect(rate([1, 1, 1, 1, 1])).toBeCloseTo(0.005, 12);
});
