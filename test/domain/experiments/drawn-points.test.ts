import { describe, expect, it } from "vitest";
import {
  type DrawnFactor,
  type DrawnRange,
  type ExperimentRequest,
  experimentRequest,
} from "../../../src-main/contract/experiment.ts";
import { drawnPoints } from "../../../src-main/domain/experiments/drawn-points.ts";
import { countBlocks, createLevelReader, plannedBlocks } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { resultsOfExperiment } from "../../../src-main/engine/experiments/experiment-results.ts";
import { sampleExperimentRuns } from "../../support/sample-experiments.ts";
import { requestFor } from "../../support/with-engine.ts";

const { configuration } = requestFor(7);
const rate: DrawnRange = { kind: "log", setting: "learningRate", from: 1e-4, to: 0.1 };
const dropout: DrawnRange = { kind: "uniform", setting: "dropout", from: 0, to: 0.5 };
const optimizers: DrawnRange = { kind: "choice", setting: "optimizer", values: [{ kind: "sgd" }, { kind: "adam" }] };
const drawn = (draws: number, ranges: DrawnFactor["ranges"], seed = 1): DrawnFactor => ({
  ...{ draws, ranges, seed },
  isBlocked: false,
});
const valuesOf = (factor: DrawnFactor) => drawnPoints(factor).map((point) => point.map(({ value }) => value));
const search = (factor: DrawnFactor, others: Partial<ExperimentRequest> = {}): ExperimentRequest => ({
  configuration,
  factors: [factor],
  seeds: [1],
  ...others,
});
const runsOf = (request: ExperimentRequest) => plannedBlocks(request).flat();

describe("points drawn at random", () => {
  it("are the same for the same seed, and others for another", () => {
    const factor = drawn(20, [rate, dropout, optimizers]);
    expect(valuesOf(factor)).toEqual(valuesOf(factor));
    const other = new Set(valuesOf({ ...factor, seed: 2 }).map(([first]) => first));
    expect(valuesOf(factor).some(([first]) => other.has(first))).toBe(false);
  });

  it("stay where they are when there are more of them, or another range", () => {
    const few = valuesOf(drawn(10, [rate, dropout]));
    expect(valuesOf(drawn(30, [rate, dropout])).slice(0, 10)).toEqual(few);
    expect(valuesOf(drawn(10, [optimizers, dropout, rate])).map(([, second, first]) => [first, second])).toEqual(few);
  });

  it("are spread evenly over a range, or over its orders of magnitude, and never beyond it", () => {
    const points = valuesOf(drawn(6_000, [rate, dropout])) as [number, number][];
    const countsIn = (shares: number[]) =>
      Array.from({ length: 6 }, (_, part) => shares.filter((share) => Math.floor(share * 6) === part).length);
    const ofRates = points.map(([value]) => Math.log(value / 1e-4) / Math.log(1_000));
    const ofDropouts = points.map(([, value]) => value / 0.5);
    for (const shares of [ofRates, ofDropouts]) {
      expect([Math.min(...shares) >= 0, Math.max(...shares) <= 1]).toEqual([true, true]);
      // Five standard deviations of a count: 1,000 ± 144.
      for (const count of countsIn(shares)) expect(Math.abs(count - 1_000)).toBeLessThan(144);
    }
    // One setting tells nothing of another: the correlation of so many is 0 ± 0.013.
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const covariance = mean(points.map((_, at) => (ofRates[at]! - 0.5) * (ofDropouts[at]! - 0.5)));
    expect(Math.abs(covariance * 12)).toBeLessThan(0.065);
  });

  it("have four significant digits, and whole numbers where the setting has", () => {
    for (const [value] of valuesOf(drawn(50, [rate]))) expect(Number((value as number).toPrecision(4))).toBe(value);
    // What is rounded stays inside, where the ends have more digits.
    const narrow = { ...dropout, from: 0.333_31, to: 0.333_34 };
    for (const [value] of valuesOf(drawn(2, [narrow, rate]))) {
      expect(value).toBeGreaterThanOrEqual(0.333_31);
      expect(value).toBeLessThanOrEqual(0.333_34);
    }
    const batches = valuesOf(drawn(5, [{ kind: "uniform", setting: "batchSize", from: 8, to: 12 }])).flat();
    expect(batches.toSorted()).toEqual([10, 11, 12, 8, 9]);
    const epochs = valuesOf(drawn(3, [{ kind: "log", setting: "epochs", from: 1, to: 3 }])).flat();
    expect(epochs.toSorted()).toEqual([1, 2, 3]);
  });

  it("are refused where the ranges have fewer", () => {
    expect(() => drawnPoints(drawn(3, [optimizers]))).toThrow(
      expect.objectContaining({ code: "experiment.few-points", problem: expect.stringContaining("only 2 were found") }),
    );
  });
});

describe("a random search", () => {
  it("trains each point as a block of its own, with every level of the other factors and every seed", () => {
    const pair = { setting: "smoothing", values: [0, 0.1], isBlocked: true };
    const grid = { setting: "labelNoise", values: [0, 0.2], isBlocked: false };
    const request = search(drawn(3, [rate]), { seeds: [1, 2] });
    const all = { ...request, factors: [grid, ...request.factors, pair] };
    expect([plannedBlocks(all).length, countBlocks(all), runsOf(all).length]).toEqual([12, 12, 24]);
    const points = valuesOf(drawn(3, [rate])).flat();
    expect(
      runsOf(all)
        .slice(0, 6)
        .map((run) => run.configuration.training.learningRate),
    ).toEqual(points.flatMap((value) => [value, value]));
    expect(runsOf(all)[0]?.configuration).toEqual({
      ...configuration,
      seed: 1,
      training: { ...configuration.training, learningRate: points[0], smoothing: 0, labelNoise: 0 },
    });
  });

  it("has no more than 10,000 runs", () => {
    expect(() => runsOf(search(drawn(5_001, [rate]), { seeds: [1, 2] }))).toThrow(
      expect.objectContaining({ code: "experiment.too-many" }),
    );
  });

  it("has a row for each point, with its values as the runs have them", () => {
    const request = search(drawn(2, [rate, optimizers]), { seeds: [1, 2] });
    const { rows } = resultsOfExperiment(request, sampleExperimentRuns(4, 1, request, {}));
    expect(rows.map(({ runIds }) => runIds.length)).toEqual([2, 2]);
    expect(rows.map(({ levels }) => levels[0]?.changes[0])).toEqual(
      valuesOf(drawn(2, [rate])).map(([value]) => ({ setting: "learningRate", value })),
    );
    expect(createLevelReader(request)(configuration)[0]).toMatchObject({ name: null });
  });

  it.each<[DrawnRange, string]>([
    [{ ...rate, from: 0 }, "above 0"],
    [{ ...rate, from: -1 }, "above 0"],
    [{ ...dropout, from: 0.5 }, "not below its end"],
    [{ ...dropout, to: 1.5 }, "1.5: "],
    [{ ...rate, kind: "uniform", from: 0 }, "0: "],
    [{ kind: "uniform", setting: "batchSize", from: 1.5, to: 8 }, "1.5: "],
    [{ kind: "uniform", setting: "optimizer", from: 0, to: 1 }, "not a number"],
    [{ kind: "uniform", setting: "flip", from: 0, to: 1 }, "not a number"],
    [{ kind: "choice", setting: "precision", values: ["float32", "float64"] }, '"float64": '],
  ])("refuses a range that its setting cannot have: %j", (range, problem) => {
    expect(() => runsOf(search(drawn(2, [range])))).toThrow(
      expect.objectContaining({ code: "experiment.bad-range", message: expect.stringContaining(problem) }),
    );
  });

  it("refuses settings that there are not, or that cannot be varied", () => {
    const unknown = expect.objectContaining({ code: "settings.invalid" });
    expect(() => runsOf(search(drawn(2, [{ ...rate, setting: "rate" }])))).toThrow(unknown);
    expect(() => runsOf(search(drawn(2, [{ ...rate, setting: "seed", from: 1, to: 50 }])))).toThrow(unknown);
    const twice = experimentRequest.safeParse(search(drawn(2, [rate, { ...rate, to: 1 }])));
    expect(twice.error?.issues[0]?.message).toBe("a setting is varied twice");
  });
});
