import { describe, expect, it } from "vitest";
import type { ExperimentRequest } from "../../../src-main/contract/experiment.ts";
import { createLevelReader, plannedBlocks, titleOfRun } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { shownMetrics } from "../../../src-main/domain/metrics/metrics.ts";
import { resultsOfExperiment } from "../../../src-main/engine/experiments/experiment-results.ts";
import { experimentOf, gridOf, type Pair } from "../../support/experiment-of.ts";
import { sampleExperimentRuns } from "../../support/sample-experiments.ts";
import { requestFor } from "../../support/with-engine.ts";

const { configuration } = requestFor(7);
const grid = (vary: readonly Pair[], seeds: readonly number[] = [1]) => gridOf(configuration, vary, seeds);
const runsOf = (request: ExperimentRequest) => plannedBlocks(request).flat();
const smoothing: Pair = { setting: "smoothing", values: [0, 0.1] };
const rate: Pair = { setting: "learningRate", values: [0.01, 0.1] };

describe("the blocks of an experiment", () => {
  it("are every combination with every seed: seeds slowest, the last setting fastest", () => {
    const runs = runsOf(grid([smoothing, rate], [1, 2]));
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

  it("have a matrix where one of them has its label noise by one", () => {
    const kinds: Pair = { setting: "labelNoiseKind", values: ["symmetric", "matrix"] };
    expect(() => runsOf(grid([kinds]))).toThrow(
      expect.objectContaining({ code: "settings.invalid", problem: "noiseMatrix: label noise by a matrix needs one." }),
    );
    const training = { ...configuration.training, noiseMatrix: "disc,ring,0.3" };
    expect(runsOf(gridOf({ ...configuration, training }, [kinds]))).toHaveLength(2);
  });

  it("are one a seed where nothing else varies", () => {
    expect(runsOf(grid([], [3, 4])).map((run) => run.configuration.seed)).toEqual([3, 4]);
  });

  it("can differ in network, size and the inside of an optimiser", () => {
    const [first, , , last] = runsOf(
      grid([
        { setting: "momentum", values: [0.5, 0.8] },
        { setting: "optimizer", values: [configuration.training.optimizer, { kind: "rmsprop" }] },
      ]),
    );
    expect(first?.configuration.training.optimizer).toMatchObject({ kind: "sgd", momentum: 0.5 });
    expect(last?.configuration.training.optimizer).toMatchObject({ kind: "rmsprop", momentum: 0.8 });
    const models = runsOf(
      grid([
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
    expect(runsOf(grid([{ setting: "smoothing", values }], seeds.slice(0, 100)))).toHaveLength(10_000);
    expect(() => runsOf(grid([{ setting: "smoothing", values }], seeds))).toThrow(
      expect.objectContaining({ code: "experiment.too-many" }),
    );
  });

  it("are refused when two would be the same", () => {
    const same = expect.objectContaining({ code: "experiment.repeats" });
    expect(() => runsOf(grid([{ setting: "smoothing", values: [0, 0] }]))).toThrow(same);
    expect(() => runsOf(grid([smoothing], [1, 1]))).toThrow(same);
    // Adam has no momentum, so both values leave the same run.
    const adam: Pair = { setting: "optimizer", values: [{ kind: "adam" }, { kind: "sgd" }] };
    const momentum: Pair = { setting: "momentum", values: [0.5, 0.9] };
    expect(() => runsOf(grid([adam, momentum]))).toThrow(same);
    // And where none has it, nothing is varied at all.
    const alone = { ...adam, values: adam.values.slice(0, 1) };
    expect(() => runsOf(grid([alone, { ...momentum, values: [0.5] }]))).toThrow(
      "momentum: no run of the experiment has this setting.",
    );
  });

  it("are refused with the setting's name when it cannot have the value", () => {
    const wrong = () => runsOf(grid([{ setting: "smoothing", values: [1.5] }]));
    expect(wrong).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path: ["training", "smoothing"] })] }),
    );
    expect(() => runsOf(grid([{ setting: "epochs", values: ["many"] }]))).toThrow();
  });
});

describe("blocks", () => {
  const momentum = { setting: "momentum", values: [0.5, 0.8, 0.9] } as const;

  it("hold the levels of blocked factors, one seed and one combination of the others each", () => {
    const { factors } = gridOf(configuration, [smoothing, rate]);
    const blocked = { setting: momentum.setting, values: [...momentum.values], isBlocked: true };
    const blocks = plannedBlocks({ configuration, factors: [factors[0]!, blocked, factors[1]!], seeds: [1, 2] });
    expect(blocks).toHaveLength(8);
    const told = blocks.map((block) =>
      block.map(({ configuration: { seed, training } }) => {
        const { smoothing: epsilon, learningRate, optimizer } = training;
        return [seed, epsilon, learningRate, "momentum" in optimizer ? optimizer.momentum : null];
      }),
    );
    expect(told[0]).toEqual([
      [1, 0, 0.01, 0.5],
      [1, 0, 0.01, 0.8],
      [1, 0, 0.01, 0.9],
    ]);
    expect(told[7]?.[2]).toEqual([2, 0.1, 0.1, 0.9]);
    // Levels are in the order of the factors, whichever of them are blocked.
    expect(blocks[7]?.[2]?.levels.map(({ changes }) => changes[0]?.value)).toEqual([0.1, 0.9, 0.1]);
  });

  it("may hold arms that are equal, which show what is no difference at all", () => {
    const [block] = plannedBlocks(experimentOf(configuration, { setting: "smoothing", values: [0.1, 0.1] }));
    expect(block?.[0]).toEqual(block?.[1]);
  });

  it("cannot hold runs that see other batches or begin otherwise", () => {
    for (const [setting, values] of Object.entries({ batchSize: [8, 16], model: ["alexnet", "vgg16"], flip: [true] }))
      expect(() => plannedBlocks(experimentOf(configuration, { setting, values }))).toThrow(
        expect.objectContaining({ code: "experiment.not-blocked" }),
      );
  });
});

describe("named arms", () => {
  const base = { ...configuration, training: { ...configuration.training, weightDecay: 0.001 } };
  const arms = [
    { name: "as it is", changes: [] },
    { name: "no decay", changes: [{ setting: "weightDecay", value: 0 }] },
    {
      name: "smoothed, slow",
      changes: [
        { setting: "smoothing", value: 0.1 },
        { setting: "learningRate", value: 0.001 },
      ],
    },
  ];
  const request = { configuration: base, factors: [{ arms, isBlocked: true }], seeds: [7] };
  const runs = runsOf(request);

  it("are the base with their changes each", () => {
    expect(runs.map(({ configuration: one }) => one.training)).toEqual([
      base.training,
      { ...base.training, weightDecay: 0 },
      { ...base.training, smoothing: 0.1, learningRate: 0.001 },
    ]);
    expect(runs.map(({ levels }) => titleOfRun("AlexNet", levels, null))).toEqual([
      "AlexNet, as it is",
      "AlexNet, no decay",
      "AlexNet, smoothed, slow",
    ]);
  });

  it("are known again by their settings, and by nothing less than all of them", () => {
    expect(runs.map(({ configuration: one }) => createLevelReader(request)(one)[0]?.name)).toEqual(
      arms.map(({ name }) => name),
    );
    // A change to what the base has already is no sign of an arm.
    const same = [{ name: "same", changes: [{ setting: "weightDecay", value: base.training.weightDecay }] }, arms[2]!];
    const other = { configuration: base, factors: [{ arms: same, isBlocked: true }], seeds: [7] };
    expect(runsOf(other).map(({ configuration: one }) => createLevelReader(other)(one)[0]?.name)).toEqual([
      "same",
      "smoothed, slow",
    ]);
    const strange = { ...base, training: { ...base.training, smoothing: 0.1 } };
    expect(createLevelReader(request)(strange)[0]?.name).toBeNull();
  });
});

it("a run is called by its network, what is varied, and its seed", () => {
  const values = [
    { setting: "smoothing", value: 0.1 },
    { setting: "learningRate", value: 0.01 },
    { setting: "optimizer", value: { kind: "sgd" } },
    { setting: "clipNorm", value: null },
    { setting: "flip", value: false },
    { setting: "model", value: "alexnet" },
  ] as const;
  expect(titleOfRun("AlexNet", [{ name: null, changes: values }], 2)).toBe(
    "AlexNet, smoothed ε = 0.1, learning rate 0.01, SGD, no gradient clipping, no horizontal flips, seed 2",
  );
  expect(titleOfRun("AlexNet", [{ name: null, changes: [{ setting: "smoothing", value: 0 }] }], null)).toBe(
    "AlexNet, one-hot",
  );
});

describe("the results of an experiment", () => {
  const request = grid([smoothing], [1, 2]);
  const runs = sampleExperimentRuns(1, 1, request, {});
  const scored = (top1s: readonly (number | null)[]) =>
    runs.map((run, index) => {
      const top1 = top1s[index] ?? null;
      return top1 === null
        ? { ...run, state: "queued" as const, validation: null, test: null }
        : { ...run, validation: { ...run.validation!, top1 } };
    });

  it("are the mean and the range over the finished runs of each combination, by validation, with test apart", () => {
    const { rows, finished } = resultsOfExperiment(request, scored([0.5, 0.6, 0.7, null]));
    expect(finished).toBe(3);
    expect(
      rows.map(({ levels, runIds, finished: done, validation }) => [
        levels[0]?.changes[0]?.value,
        runIds,
        done,
        validation.top1,
      ]),
    ).toEqual([
      // Two seeds leave the mean as good as open: a share of pictures lies in 0 to 1.
      [0, [1, 3], 2, { mean: 0.6, lowest: 0.5, highest: 0.7, interval: { low: 0, high: 1 } }],
      [0.1, [2, 4], 1, { mean: 0.6, lowest: 0.6, highest: 0.6, interval: null }],
    ]);
    const [tested] = rows.map(({ test }) => test.top1?.lowest);
    expect(tested).toBe(runs[0]!.test!.top1);
  });

  it("stay by validation whether or not every run was tested", () => {
    const [first, ...others] = scored([0.5, 0.6, 0.7, 0.8]);
    const { rows } = resultsOfExperiment(request, [{ ...first!, test: null }, ...others]);
    expect(rows[0]?.validation.top1).toMatchObject({ mean: 0.6, lowest: 0.5, highest: 0.7 });
    expect(rows[0]?.test.top1?.lowest).toBe(runs[2]!.test!.top1);
  });

  it("have no figure where nothing is finished", () => {
    const none = Object.fromEntries(shownMetrics().map(({ id }) => [id, null]));
    const { rows } = resultsOfExperiment(request, scored([]));
    expect(rows.map(({ finished, validation, test }) => [finished, validation, test])).toEqual([
      [0, none, none],
      [0, none, none],
    ]);
  });
});
