import { expect, test } from "vitest";
import type { Schedule } from "../../src-main/contract/configuration.ts";
import { scheduledRate } from "../../src-main/training/schedules.ts";

const rates = (schedule: Schedule, steps: number[]) =>
  steps.map((step) => scheduledRate(schedule, 1, { epochs: 4, stepsPerEpoch: 2 }, step));

test("a constant schedule keeps the rate", () => {
  expect(rates({ kind: "constant" }, [1, 5, 8])).toEqual([1, 1, 1]);
});

test("a step schedule multiplies at the start of every second epoch", () => {
  expect(rates({ kind: "step", everyEpochs: 2, factor: 0.5 }, [1, 4, 5, 8])).toEqual([1, 1, 0.5, 0.5]);
});

test("an exponential schedule falls a little every step and by the factor in an epoch", () => {
  expect(rates({ kind: "exponential", everyEpochs: 1, factor: 0.25 }, [1, 2, 3])).toEqual([1, 0.5, 0.25]);
});

test("a cosine schedule falls from the whole rate to zero at the last step", () => {
  const [first, last] = rates({ kind: "cosine", warmupShare: 0 }, [1, 8]);
  expect(first).toBe(1);
  expect(last).toBeCloseTo(0, 12);
});

test("a warm-up rises in a line, then half a cosine falls through one half midway", () => {
  const [first, second, peak, midway, last] = rates({ kind: "cosine", warmupShare: 0.5 }, [1, 2, 4, 6, 8]);
  expect([first, second, peak]).toEqual([0.25, 0.5, 1]);
  expect(midway).toBeCloseTo(0.5, 12);
  expect(last).toBeCloseTo(0, 12);
});

test("a run of a single step is trained at the whole rate", () => {
  expect(scheduledRate({ kind: "cosine", warmupShare: 0.1 }, 0.3, { epochs: 1, stepsPerEpoch: 1 }, 1)).toBe(0.3);
});
