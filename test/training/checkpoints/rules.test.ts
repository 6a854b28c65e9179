import { describe, expect, it } from "vitest";
import { foldersToRemove, isCheckpointDue, type KeptCheckpoint } from "../../../src-main/training/checkpoints/rules.ts";

const minute = 60_000;

describe("a checkpoint is due", () => {
  it("at the end of an epoch, and in the middle of one every three minutes", () => {
    const moment = { lastWriteMillis: 100, millisSinceLast: 2 * minute };
    expect(isCheckpointDue({ ...moment, endedEpoch: 3 })).toBe(true);
    expect(isCheckpointDue({ ...moment, endedEpoch: null })).toBe(false);
    expect(isCheckpointDue({ ...moment, millisSinceLast: 3 * minute, endedEpoch: null })).toBe(true);
  });

  it("at epochs 1, 2, 4, 8 and so on, where writing takes no second", () => {
    const short = { lastWriteMillis: 100, millisSinceLast: 200 };
    expect([1, 2, 3, 4, 5, 6, 7, 8].filter((endedEpoch) => isCheckpointDue({ ...short, endedEpoch }))).toEqual([
      1, 2, 4, 8,
    ]);
    expect(isCheckpointDue({ lastWriteMillis: 1_500, millisSinceLast: 2_000, endedEpoch: 8 })).toBe(false);
  });

  it("not where writing would take more than a tenth of the time", () => {
    const slow = { lastWriteMillis: 30_000, endedEpoch: 3 };
    expect(isCheckpointDue({ ...slow, millisSinceLast: 4 * minute })).toBe(false);
    expect(isCheckpointDue({ ...slow, millisSinceLast: 5 * minute })).toBe(true);
  });
});

/** Steps of ten an epoch; the folder is named after the step. */
const saved = (step: number, ...costs: (number | null)[]): KeptCheckpoint => ({
  folder: `at ${step}`,
  ...{ step, epoch: Math.ceil(step / 10), bytes: 1_000, costs },
});
const going = { isComplete: false, keepsMilestones: false };
const complete = { isComplete: true, keepsMilestones: false };

describe("of the checkpoints of a run", () => {
  it("the latest two and the best stay while it can go on", () => {
    const all = [saved(10, 2.0), saved(20, 1.5), saved(30, 1.7), saved(40, 1.6), saved(45, null)];
    expect(foldersToRemove(all, going)).toEqual(["at 30", "at 10"]);
  });

  it("the best of each arm of a pair stays, the earliest of equals", () => {
    const all = [saved(10, 2, 1), saved(20, 1, 3), saved(30, 1, 2), saved(40, 5, 5), saved(50, 5, 5)];
    expect(foldersToRemove(all, going)).toEqual(["at 30"]);
  });

  it("once it is complete the best stays alone, and not where that is the last, whose weights have a file of their own", () => {
    expect(foldersToRemove([saved(10, 2), saved(20, 1), saved(30, 3)], complete)).toEqual(["at 30", "at 10"]);
    expect(foldersToRemove([saved(10, 2), saved(20, 1)], complete)).toEqual(["at 20", "at 10"]);
    expect(foldersToRemove([], complete)).toEqual([]);
  });

  it("small ones of epochs 1, 2, 4, 8 and so on stay, but for the last of a complete run and those within an epoch", () => {
    const all = [10, 20, 30, 40, 50, 60, 70, 75, 80].map((step) => saved(step, step === 75 ? null : 1 / step));
    const keeps = { keepsMilestones: true };
    expect(foldersToRemove(all, { ...complete, ...keeps })).toEqual([
      "at 80",
      "at 75",
      "at 70",
      "at 60",
      "at 50",
      "at 30",
    ]);
    expect(foldersToRemove(all, { ...going, ...keeps })).toEqual(["at 70", "at 60", "at 50", "at 30"]);
    const large = all.map((one) => ({ ...one, bytes: 40_000_000 }));
    expect(foldersToRemove(large, { ...complete, ...keeps })).toHaveLength(9);
  });
});
