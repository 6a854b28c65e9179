import { describe, expect, it } from "vitest";
import type { SweepRequest, SweepVariation } from "../../src-main/contract/sweep.ts";
import { shownMetrics } from "../../src-main/domain/metrics/metrics.ts";
import { runsOfSweep, sweptTitle } from "../../src-main/domain/sweep-grid.ts";
import { resultsOfSweep } from "../../src-main/engine/sweeps/sweep-results.ts";
import { sampleSweptRuns } from "../support/sample-sweeps.ts";
import { requestFor } from "../support/with-engine.ts";

const { configuration } = requestFor(7);
const sweep = (vary: readonly SweepVariation[], seeds: readonly number[] = [1]): SweepRequest => ({
  configuration,
  vary: [...vary],
  seeds: [...seeds],
});
const smoothing: SweepVariation = { setting: "smoothing", values: [0, 0.1] };
const rate: SweepVariation = { setting: "learningRate", values: [0.01, 0.1] };

describe("the runs of a sweep", () => {
  it("are every combination with every seed: seeds slowest, the last setting fastest", () => {
    const runs = runsOfSweep(sweep([smoothing, rate], [1, 2]));
    expect(
      runs.map(({ configuration: { seed, training } }) => [seed, training.smoothing, training.learningRate]),
    ).toEqual([
      [1, 0, 0.01],
      [1, 0, 0.1],
      [1, 0.1, 0.01],
      [1, 0.1, 0.1],
      [2, 0, 0.01],
      [2, 0, 0.1],
      [2, 0.1, 0.01],
      [2, 0.1, 0.1],
    ]);
    // Everything else is as it was asked for.
    expect(runs[0]?.configuration).toEqual({
      ...configuration,
      seed: 1,
      training: { ...configuration.training, smoothing: 0, learningRate: 0.01 },
    });
  });

  it("are one a seed where nothing else varies", () => {
    expect(runsOfSweep(sweep([], [3, 4])).map((run) => run.configuration.seed)).toEqual([3, 4]);
  });

  it("can differ in network, size and the inside of an optimiser", () => {
    const [first, , , last] = runsOfSweep(
      sweep([
        { setting: "momentum", values: [0.5, 0.8] },
        { setting: "optimizer", values: [configuration.training.optimizer, { kind: "rmsprop" }] },
      ]),
    );
    expect(first?.configuration.training.optimizer).toMatchObject({ kind: "sgd", momentum: 0.5 });
    expect(last?.configuration.training.optimizer).toMatchObject({ kind: "rmsprop", momentum: 0.8 });
    const models = runsOfSweep(
      sweep([
        { setting: "model", values: ["alexnet", "vgg16"] },
        { setting: "width", values: [0.5] },
      ]),
    );
    expect(models.map((run) => run.configuration.model)).toEqual([
      { id: "alexnet", inputPixels: 32, width: 0.5 },
      { id: "vgg16", inputPixels: 32, width: 0.5 },
    ]);
  });

  it("are refused when they are more than 10,000", () => {
    const values = Array.from({ length: 100 }, (_, index) => index / 1_000);
    const seeds = Array.from({ length: 101 }, (_, index) => index);
    expect(runsOfSweep(sweep([{ setting: "smoothing", values }], seeds.slice(0, 100)))).toHaveLength(10_000);
    expect(() => runsOfSweep(sweep([{ setting: "smoothing", values }], seeds))).toThrow(
      expect.objectContaining({ code: "sweep.too-many" }),
    );
  });

  it("are refused when two would be the same", () => {
    const same = expect.objectContaining({ code: "sweep.repeats" });
    expect(() => runsOfSweep(sweep([{ setting: "smoothing", values: [0, 0] }]))).toThrow(same);
    expect(() => runsOfSweep(sweep([smoothing], [1, 1]))).toThrow(same);
    // Adam has no momentum, so both values leave the same run.
    const adam: SweepVariation = { setting: "optimizer", values: [{ kind: "adam" }, { kind: "sgd" }] };
    const momentum: SweepVariation = { setting: "momentum", values: [0.5, 0.9] };
    expect(() => runsOfSweep(sweep([adam, momentum]))).toThrow(same);
    // And where none has it, nothing is varied at all.
    const alone = { ...adam, values: adam.values.slice(0, 1) };
    expect(() => runsOfSweep(sweep([alone, { ...momentum, values: [0.5] }]))).toThrow(
      "momentum: no run of the sweep has this setting.",
    );
  });

  it("are refused with the setting's name when it cannot have the value", () => {
    const wrong = () => runsOfSweep(sweep([{ setting: "smoothing", values: [1.5] }]));
    expect(wrong).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path: ["training", "smoothing"] })] }),
    );
    expect(() => runsOfSweep(sweep([{ setting: "epochs", values: ["many"] }]))).toThrow();
  });
});

it("a run of a sweep is called by its network, what is varied, and its seed", () => {
  const values = [
    { setting: "smoothing", value: 0.1 },
    { setting: "learningRate", value: 0.01 },
    { setting: "optimizer", value: { kind: "sgd" } },
    { setting: "clipNorm", value: null },
    { setting: "flip", value: false },
    { setting: "model", value: "alexnet" },
  ] as const;
  expect(sweptTitle("AlexNet", values, 2)).toBe(
    "AlexNet, smoothed ε = 0.1, learning rate 0.01, SGD, no gradient clipping, no horizontal flips, seed 2",
  );
  expect(sweptTitle("AlexNet", [{ setting: "smoothing", value: 0 }], null)).toBe("AlexNet, one-hot");
});

describe("the results of a sweep", () => {
  const request = sweep([smoothing], [1, 2]);
  const runs = sampleSweptRuns(1, 1, request, {});
  const scored = (top1s: readonly (number | null)[]) =>
    runs.map((run, index) => {
      const top1 = top1s[index] ?? null;
      return top1 === null
        ? { ...run, state: "queued" as const, validation: null, test: null }
        : { ...run, validation: { ...run.validation!, top1 } };
    });

  it("are the mean and the range over the finished runs of each combination, by validation, with test apart", () => {
    const { rows, finished } = resultsOfSweep(request, scored([0.5, 0.6, 0.7, null]));
    expect(finished).toBe(3);
    expect(
      rows.map(({ values, runIds, finished: done, validation }) => [values[0]?.value, runIds, done, validation.top1]),
    ).toEqual([
      [0, [1, 3], 2, { mean: 0.6, lowest: 0.5, highest: 0.7 }],
      [0.1, [2, 4], 1, { mean: 0.6, lowest: 0.6, highest: 0.6 }],
    ]);
    const [tested] = rows.map(({ test }) => test.top1?.lowest);
    expect(tested).toBe(runs[0]!.test!.top1);
  });

  it("stay by validation whether or not every run was tested", () => {
    const [first, ...others] = scored([0.5, 0.6, 0.7, 0.8]);
    const { rows } = resultsOfSweep(request, [{ ...first!, test: null }, ...others]);
    expect(rows[0]?.validation.top1).toEqual({ mean: 0.6, lowest: 0.5, highest: 0.7 });
    expect(rows[0]?.test.top1?.lowest).toBe(runs[2]!.test!.top1);
  });

  it("have no figure where nothing is finished", () => {
    const none = Object.fromEntries(shownMetrics().map(({ id }) => [id, null]));
    const { rows } = resultsOfSweep(request, scored([]));
    expect(rows.map(({ finished, validation, test }) => [finished, validation, test])).toEqual([
      [0, none, none],
      [0, none, none],
    ]);
  });
});
