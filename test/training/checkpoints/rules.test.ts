import { describe, expect, it } from "vitest";
import { foldersToRemove, isCheckpointDue, type KeptCheckpoint } from "../../../src-main/training/checkpoints/rules.ts";

const minute = 60_000;

describe("a checkpoint is due", () => {
  it("at the end of an epoch, and in the middle of one every three minutes", () => {
    const moment = { lastWriteMillis: 100, millisSinceLast: 2 * minute };
    expect(isCheckpointDue({ ...moment, isEpochEnd: true })).toBe(true);
    expect(isCheckpointDue({ ...moment, isEpochEnd: false })).toBe(false);
    expect(isCheckpointDue({ ...moment, millisSinceLast: 3 * minute, isEpochEnd: false })).toBe(true);
  });

  it("not where writing would take more than a tenth of the time", () => {
    const slow = { lastWriteMillis: 30_000, isEpochEnd: true };
    expect(isCheckpointDue({ ...slow, millisSinceLast: 4 * minute })).toBe(false);
    expect(isCheckpointDue({ ...slow, millisSinceLast: 5 * minute })).toBe(true);
  });
});

/** Steps of ten an epoch; the folder is named after the step. */
const saved = (step: number, ...costs: (number | null)[]): KeptCheckpoint => ({
  folder: `at ${step}`,
  step,
  costs,
});

describe("of the checkpoints of a run", () => {
  it("the latest two and the best stay while it can go on", () => {
    const all = [saved(10, 2.0), saved(20, 1.5), saved(30, 1.7), saved(40, 1.6), saved(45, null)];
    expect(foldersToRemove(all, false)).toEqual(["at 30", "at 10"]);
  });

  it("the best of each arm of a pair stays, the earliest of equals", () => {
    const all = [saved(10, 2, 1), saved(20, 1, 3), saved(30, 1, 2), saved(40, 5, 5), saved(50, 5, 5)];
    expect(foldersToRemove(all, false)).toEqual(["at 30"]);
  });

  it("once it is complete the best stays alone, and not where that is the last, whose weights have a file of their own", () => {
    expect(foldersToRemove([saved(10, 2), saved(20, 1), saved(30, 3)], true)).toEqual(["at 30", "at 10"]);
    expect(foldersToRemove([saved(10, 2), saved(20, 1)], true)).toEqual(["at 20", "at 10"]);
    expect(foldersToRemove([], true)).toEqual([]);
  });
});
