/** Figures of two runs that were recorded on two cores; what is expected of an estimate is what the record says they took. */
import { describe, expect, it } from "vitest";
import type { RunConfiguration, TrainingSettings } from "../../src-main/contract/configuration.ts";
import type { RunView, SpentTime } from "../../src-main/contract/run.ts";
import { type JobCosts, recordedCosts } from "../../src-main/engine/estimation/recorded-costs.ts";
import { threadsOf } from "../../src-main/platform/threads.ts";
import { sampleMadePart } from "../support/sample-made-by.ts";
import { compactInception, samplePair, sampleRun } from "../support/sample-views.ts";

const counts = { train: 4430, validation: 500, test: 1000 };
const stepsPerEpoch = Math.floor(counts.train / 64);
const seconds = { starting: 3, preparing: 12, compiling: 41, training: 126, validating: 8, testing: 2.4, saving: 1.6 };

/** Eight epochs of 69 steps, of which the first belongs to compiling. */
function spent(changes: Partial<SpentTime> = {}): SpentTime {
  return { seconds, steps: 8 * stepsPerEpoch - 1, picturesLookedAt: 8 * 500 + 1000, arms: 1, ...changes };
}
const recorded = sampleRun({ id: 1, spent: spent() });

function asked(
  training: Partial<TrainingSettings> = {},
  model: Partial<RunConfiguration["model"]> = {},
): RunConfiguration {
  return {
    ...compactInception,
    model: { ...compactInception.model, ...model },
    training: { ...compactInception.training, ...training },
  };
}
const costs = (arms: readonly RunConfiguration[], runs: readonly RunView[], gpu: string | null = null) =>
  recordedCosts(arms, 10, { threads: threadsOf({}), gpu }, runs);

/** Seconds of so many epochs over those pictures, without decoding; see `timesFor`. */
function total(
  { secondsPerStep, secondsPerEvaluation, firstStepSeconds, savingSeconds }: JobCosts,
  epochs: number,
): number {
  const looks = epochs * counts.validation + counts.test;
  return (
    firstStepSeconds + (epochs * stepsPerEpoch - 1) * secondsPerStep + looks * secondsPerEvaluation + savingSeconds
  );
}
const spentWithoutDecoding = Object.values(seconds).reduce((sum, one) => sum + one, 0) - seconds.preparing;
const near = (value: number, share: number) => [value * (1 - share), value * (1 + share)] as const;
function expectWithin(value: number, [low, high]: readonly [number, number]): void {
  expect(value).toBeGreaterThan(low);
  expect(value).toBeLessThan(high);
}

describe("after one run, what it would cost", () => {
  it("the same again is what the record says it took, each stage of it", () => {
    const known = costs([asked()], [recorded])!;
    expect(total(known, 8)).toBeCloseTo(spentWithoutDecoding, 6);
    expect(known).toEqual({
      secondsPerStep: expect.closeTo(126 / 551),
      secondsPerEvaluation: expect.closeTo((8 + 2.4) / 5000),
      firstStepSeconds: 44,
      savingSeconds: expect.closeTo(1.6),
    });
  });

  it("for other epochs, the start does not come again, and all else does", () => {
    const known = costs([asked({ epochs: 16 })], [recorded])!;
    expectWithin(total(known, 16), near(44 + 2 * (spentWithoutDecoding - 44), 0.02));
    expect(known.firstStepSeconds).toBe(44);
  });

  it("as a pair is twice as much to compile, train and look, and one process to start", () => {
    const pair = costs([asked(), asked({ smoothing: 0.1 })], [recorded])!;
    const [single] = [costs([asked()], [recorded])!];
    expect(pair.firstStepSeconds).toBeCloseTo(3 + 2 * 41);
    for (const part of ["secondsPerStep", "secondsPerEvaluation", "savingSeconds"] as const)
      expect(pair[part]).toBeCloseTo(2 * single[part]);
  });

  it("as a single after a pair is half of it", () => {
    const arm = samplePair(1, 1, { spent: spent({ arms: 2 }) })[0]!;
    const known = costs([asked()], [arm])!;
    expect(known.secondsPerStep).toBeCloseTo(126 / 551 / 2);
    expect(known.firstStepSeconds).toBeCloseTo(3 + 41 / 2);
  });

  it("with another batch, a step takes as much longer as it has pictures, and a picture as long", () => {
    const known = costs([asked({ batchSize: 128 })], [recorded])!;
    const same = costs([asked()], [recorded])!;
    expect(known.secondsPerStep).toBeCloseTo(2 * same.secondsPerStep);
    expect(known.secondsPerEvaluation).toBeCloseTo(same.secondsPerEvaluation);
  });

  it("at another input takes as much longer as there is more to multiply", () => {
    const known = costs([asked({}, { inputPixels: 48 })], [recorded])!;
    const same = costs([asked()], [recorded])!;
    // 2.25 times the positions, less what is rounded at strides.
    expectWithin(known.secondsPerStep / same.secondsPerStep, [1.5, 3.2]);
    expect(known.secondsPerEvaluation / same.secondsPerEvaluation).toBeCloseTo(
      known.secondsPerStep / same.secondsPerStep,
    );
  });
});

describe("which run is learnt from", () => {
  const slower = spent({ seconds: { ...seconds, training: 252 } });
  it("of two that are as near, the newer", () => {
    const runs = [sampleRun({ id: 2, spent: slower }), recorded];
    expect(costs([asked()], runs)!.secondsPerStep).toBeCloseTo(252 / 551);
  });
  it("one of the same cost before a newer one of another batch, optimiser or size", () => {
    for (const other of [
      asked({ batchSize: 32 }),
      asked({ optimizer: { kind: "sgd", momentum: 0.9, isNesterov: false } }),
      asked({}, { inputPixels: 48 }),
    ])
      expect(
        costs([asked()], [sampleRun({ id: 2, spent: slower, configuration: other }), recorded])!.secondsPerStep,
      ).toBeCloseTo(126 / 551);
  });
  it("none of another network, precision or number of threads, nor one that is much larger or smaller", () => {
    const refused: readonly Partial<RunView>[] = [
      { model: { id: "alexnet", title: "AlexNet" }, configuration: asked({}, { id: "alexnet" }) },
      { configuration: asked({ precision: "bfloat16" }) },
      { madeBy: [sampleMadePart({ threads: threadsOf({}) + 1 })] },
      { madeBy: [sampleMadePart({ processor: "Another" })] },
      { configuration: asked({}, { inputPixels: 299 }) },
      { configuration: asked({ batchSize: 8 }) },
      { state: "stopped", spent: null },
    ];
    for (const changes of refused)
      expect([changes, costs([asked()], [sampleRun({ id: 1, spent: spent(), ...changes })])]).toEqual([changes, null]);
  });
  it("on a GPU what that GPU did, and nothing that a processor or another GPU did", () => {
    const gpu = { name: "a GPU", memoryBytes: 16e9, driver: "550.54.14" };
    const onGpu = { ...recorded, madeBy: [sampleMadePart({ device: "GPU", gpu })] };
    expect(costs([asked()], [onGpu], "a GPU")!.secondsPerStep).toBeCloseTo(126 / 551);
    expect([
      costs([asked()], [onGpu]),
      costs([asked()], [onGpu], "another"),
      costs([asked()], [recorded], "a GPU"),
    ]).toEqual([null, null, null]);
  });
  it("one that was stopped is as good as one that came to its end; of an older program's record the pace alone is known", () => {
    expect(costs([asked()], [{ ...recorded, state: "stopped" }])!.secondsPerStep).toBeCloseTo(126 / 551);
    const old = costs([asked()], [sampleRun({ id: 1, imagesPerSecond: 91 })])!;
    expect(old).toEqual({
      secondsPerStep: expect.closeTo(64 / 91),
      secondsPerEvaluation: expect.closeTo(1 / 91 / 3),
      firstStepSeconds: 6,
      savingSeconds: 0,
    });
  });
});
