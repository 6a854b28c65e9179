import { describe, expect, it } from "vitest";
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { pairedDifference } from "../../src-main/domain/verdicts/paired-difference.ts";
import { settingDifferences } from "../../src-main/engine/comparison/differences.ts";
import { plainTraining } from "../support/plain-training.ts";

const configuration: RunConfiguration = {
  dataset: { kind: "folder", path: "/pictures" },
  model: { id: "alexnet", inputPixels: 32, width: 0.5 },
  resize: usualResize,
  training: plainTraining,
  seed: 1,
};

describe("differing settings", () => {
  it("name what only one of the runs has, with null for the other", () => {
    const adam = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
    const other = { ...configuration, training: { ...configuration.training, optimizer: adam } };
    expect(settingDifferences([configuration, other])).toEqual([
      { setting: "training.optimizer.kind", values: ["sgd", "adam"] },
      { setting: "training.optimizer.momentum", values: [0.9, null] },
      { setting: "training.optimizer.isNesterov", values: [false, null] },
      { setting: "training.optimizer.beta1", values: [null, 0.9] },
      { setting: "training.optimizer.beta2", values: [null, 0.999] },
      { setting: "training.optimizer.epsilon", values: [null, 1e-7] },
    ]);
  });

  it("are none between a run and itself", () => {
    expect(settingDifferences([configuration, configuration])).toEqual([]);
  });
});

describe("the paired difference in top-1", () => {
  it("is the share that only the second got right less the share that only the first did", () => {
    const difference = pairedDifference({ pictures: 100, onlyFirstRight: 5, onlySecondRight: 15 });
    expect(difference?.value).toBe(0.1);
    // By hand: p = 6/102, q = 16/102, d = 10/102 = 0.09804, ± 1.96 · √((22/102 − d²)/102) = ± 0.08808.
    expect(difference?.low).toBeCloseTo(0.00996, 4);
    expect(difference?.high).toBeCloseTo(0.18612, 4);
  });

  it("has a width even where the arms never disagree, and shrinks with more pictures", () => {
    const few = pairedDifference({ pictures: 10, onlyFirstRight: 0, onlySecondRight: 0 });
    const many = pairedDifference({ pictures: 1_000, onlyFirstRight: 0, onlySecondRight: 0 });
    expect(few?.value).toBe(0);
    expect(few!.low).toBeLessThan(0);
    expect(few!.high).toBeGreaterThan(0);
    expect(many!.high).toBeLessThan(few!.high);
  });

  it("turns its sign with the order of the arms", () => {
    const there = pairedDifference({ pictures: 50, onlyFirstRight: 2, onlySecondRight: 9 });
    const back = pairedDifference({ pictures: 50, onlyFirstRight: 9, onlySecondRight: 2 });
    expect(back).toEqual({ value: -there!.value, low: -there!.high, high: -there!.low });
  });

  it("is not told from no pictures", () => {
    expect(pairedDifference({ pictures: 0, onlyFirstRight: 0, onlySecondRight: 0 })).toBeNull();
  });
});
