import { describe, expect, test } from "vitest";
import type { ExperimentRequest, ExperimentView } from "../../src-main/contract/experiment.ts";
import { bestRow, judgesOf, overlapping, sortedRows } from "../../src-main/domain/experiments/experiment-outcome.ts";
import { hardLoss } from "../../src-main/domain/metrics/hard-loss.ts";
import { top1 } from "../../src-main/domain/metrics/top-1.ts";
import { experimentPageTexts } from "../../src-renderer/features/experiment/experiment-page-texts.ts";
import { factorAxis } from "../../src-renderer/features/experiment/factor-axis.ts";
import {
  growableFactors,
  levelOutcome,
  seedsOutcome,
  seedsToOffer,
} from "../../src-renderer/features/experiment/grow-form.ts";
import { outcomeChartTexts } from "../../src-renderer/features/experiment/outcome-chart-texts.ts";
import {
  factorColumns,
  finishedColumn,
  outcomeFigures,
} from "../../src-renderer/features/experiment/outcome-columns.ts";
import { outcomeLines, outcomeRange } from "../../src-renderer/features/experiment/outcome-lines.ts";
import { parallelRows } from "../../src-renderer/features/experiment/parallel-rows.ts";
import { rowWords } from "../../src-renderer/features/experiment/row-words.ts";
import { roundedBounds } from "../../src-renderer/ui/charts/line-chart-options.ts";
import { experimentOf, gridOf } from "../support/experiment-of.ts";
import { sampleExperimentRuns, sampleExperimentView, smoothingAndRate } from "../support/sample-experiments.ts";
import { compactInception } from "../support/sample-views.ts";

/** @param values of top-1 by row, on the validation and on the test pictures, each with its seeds */
function viewWith(
  request: ExperimentRequest,
  values: readonly { validation: number[]; test: number[] }[],
): ExperimentView {
  const runs = sampleExperimentRuns(3, 1, request, { state: "finished" }).map((run, index) => {
    const row = values[index % values.length]!;
    const seed = Math.floor(index / values.length);
    const of = (split: "validation" | "test") => ({ ...run[split]!, top1: row[split][seed]! });
    return { ...run, validation: of("validation"), test: of("test") };
  });
  return sampleExperimentView({ id: 3, createdAt: "2026-01-14T09:15:00.000Z", request }, runs);
}

const spread = viewWith(smoothingAndRate, [
  { validation: [0.6, 0.62, 0.61], test: [0.9, 0.9, 0.9] },
  { validation: [0.7, 0.72, 0.71], test: [0.5, 0.5, 0.5] },
  { validation: [0.71, 0.7, 0.69], test: [0.6, 0.6, 0.6] },
  { validation: [0.3, 0.32, 0.31], test: [0.7, 0.7, 0.7] },
]);
const words = (view: ExperimentView, column: string, isDescending: boolean) =>
  sortedRows(view, { column, isDescending }).map((row) => row.runIds[0]);

describe("the table of an experiment", () => {
  test("is put in order by settings and by what they came to on the validation pictures", () => {
    expect(words(spread, "factor 1", true)).toEqual([2, 4, 1, 3]);
    expect(words(spread, "validation top1", true)).toEqual([2, 3, 1, 4]);
    expect(words(spread, "validation top1", false)).toEqual([4, 1, 3, 2]);
  });

  test("has no order by test figures", () => {
    expect(sortedRows(spread, { column: "test top1", isDescending: true })).toBe(spread.rows);
    const columns = [
      ...factorColumns(spread.request.factors),
      ...[finishedColumn, ...outcomeFigures("validation", top1)],
    ];
    // Every other column is one that the rows can be put in order by.
    for (const { id } of columns) expect(sortedRows(spread, { column: id, isDescending: true })).not.toBe(spread.rows);
  });

  test("marks the best by validation, also where another is better on test, and by the metric that is chosen", () => {
    expect(rowWords(spread.request, bestRow(spread.rows, top1)!)).toBe("label smoothing 0, learning rate 0.045");
    const losses = spread.rows.map(({ validation }) => validation.hardLoss?.mean);
    const lowest = bestRow(spread.rows, hardLoss)?.validation.hardLoss?.mean;
    expect(lowest).toBe(Math.min(...losses.map((loss) => loss!)));
  });

  test("says how many others are within reach of the best, and claims nothing of one seed", () => {
    expect(overlapping(spread.rows, bestRow(spread.rows, top1)!, top1)).toBe(1);
    const single = viewWith({ ...smoothingAndRate, seeds: [1] }, [
      { validation: [0.6], test: [0.5] },
      { validation: [0.7], test: [0.5] },
      { validation: [0.5], test: [0.5] },
      { validation: [0.4], test: [0.5] },
    ]);
    expect(overlapping(single.rows, bestRow(single.rows, top1)!, top1)).toBeNull();
    expect(experimentPageTexts.intervalNote(1)).toContain("no intervals");
  });

  test("names no best while nothing is finished, nor where there is one row", () => {
    const waiting = sampleExperimentView(
      spread,
      sampleExperimentRuns(3, 1, smoothingAndRate, { state: "queued", validation: null, test: null }),
    );
    expect(bestRow(waiting.rows, top1)).toBeNull();
    expect(judgesOf(waiting.rows).map(({ id }) => id)).toEqual(["top1", "hardLoss"]);
    expect(bestRow(spread.rows.slice(0, 1), top1)).toBeNull();
  });

  test("an interval of shares stays within 0 and 1", () => {
    const two = viewWith({ ...smoothingAndRate, factors: [], seeds: [1, 2] }, [
      { validation: [0.2, 0.9], test: [0.5, 0.5] },
    ]);
    expect(two.rows[0]?.validation.top1?.interval).toEqual({ low: 0, high: 1 });
    expect(two.rows[0]?.test.top1?.interval).toEqual({ low: 0.5, high: 0.5 });
  });
});

describe("the outcome against a factor", () => {
  const axisOf = (setting: string, values: (number | string | boolean)[]) =>
    factorAxis({ setting, values, isBlocked: false }, 0, []);
  const places = (axis: ReturnType<typeof axisOf>) =>
    axis.ticks.map(({ text, place }) => [text, Number(place.toFixed(3))]);

  test("rates stand on a log scale, shares on a linear one, words side by side in the order asked for", () => {
    const rates = axisOf("learningRate", [0.1, 0.001, 0.01]);
    expect([rates.scale, rates.title, places(rates)]).toEqual([
      "log",
      "Learning rate, log scale",
      [
        ["0.001", 0],
        ["0.01", 0.5],
        ["0.1", 1],
      ],
    ]);
    const smoothing = axisOf("smoothing", [0, 0.1, 0.4]);
    expect([smoothing.scale, places(smoothing).map(([, place]) => place)]).toEqual(["linear", [0, 0.25, 1]]);
    const networks = axisOf("model", ["vgg16", "alexnet", "lenet5"]);
    expect([networks.scale, places(networks)]).toEqual([
      "words",
      [
        ["vgg16", 0],
        ["alexnet", 0.5],
        ["lenet5", 1],
      ],
    ]);
    // Zero has no place on a log scale.
    expect(axisOf("weightDecay", [0, 1e-4, 1e-2]).scale).toBe("linear");
  });

  test("is a line for each level of another factor, and every point is a row of the table", () => {
    const { lines } = outcomeLines(spread, top1, { along: 1, by: 0, held: null });
    expect(lines.map(({ label, points }) => [label, points.map((point) => point.spread)])).toEqual([
      ["0", [spread.rows[0]!, spread.rows[1]!].map(({ validation }) => validation.top1)],
      ["0.1", [spread.rows[2]!, spread.rows[3]!].map(({ validation }) => validation.top1)],
    ]);
    const { low, high } = outcomeRange(lines, { levels: [], isShare: true })!;
    const intervals = spread.rows.map(({ validation }) => validation.top1!.interval!);
    expect(low).toBeLessThan(Math.min(...intervals.map((one) => one.low)));
    expect(high).toBeGreaterThan(Math.max(...intervals.map((one) => one.high)));
  });

  test("has room for what it is read against, and ends where shares do, however wide an interval of two seeds is", () => {
    const spread = { mean: 0.57, lowest: 0.53, highest: 0.61, interval: { low: 0.04, high: 1 } };
    const point = { key: "0", place: 0, text: "0", finished: 2, spread };
    const lines = [{ label: "", hue: 0, points: [point] }];
    const rangeOf = (levels: readonly number[], isShare: boolean) => outcomeRange(lines, { levels, isShare })!;
    expect(rangeOf([0.01], true)).toEqual({ low: 0, high: 1 });
    expect(roundedBounds(rangeOf([], true))).toEqual({ min: 0, max: 1 });
    expect(rangeOf([-1], false).low).toBeLessThan(-1);
    expect(rangeOf([], false).high).toBeGreaterThan(1);
  });

  test("holds all other factors at the levels of the best row", () => {
    const best = bestRow(spread.rows, top1);
    const shown = outcomeLines(spread, top1, { along: 0, by: null, held: best });
    const means = shown.lines.map(({ points }) => points.map((point) => Number(point.spread.mean.toFixed(2))));
    // At the best rate, 0.045: one-hot and smoothed.
    expect(means).toEqual([[0.71, 0.31]]);
    const say = (value: number) => value.toFixed(2);
    expect(outcomeChartTexts.sentence(shown, top1, 500, say)).toMatch(
      /^Top-1 on the 500.validation pictures along label smoothing\. 0\.71 \(0\.\d\d – 0\.\d\d\) at 0, 0\.31 /,
    );
  });
});

test("all settings at once: each row crosses every axis at its level, and the best is on top, of losses the lowest", () => {
  const request = gridOf(
    compactInception,
    [
      { setting: "smoothing", values: [0, 0.1] },
      { setting: "learningRate", values: [0.01, 0.1] },
      { setting: "weightDecay", values: [0, 1e-4] },
    ],
    [1],
  );
  const view = viewWith(
    request,
    [0.5, 0.6, 0.72, 0.8, 0.4, 0.3, 0.55, 0.65].map((value) => ({ validation: [value], test: [value] })),
  );
  const { rows, axes, range } = parallelRows(view, top1)!;
  expect([axes.map(({ scale }) => scale), range]).toEqual([
    ["linear", "log", "linear"],
    [0.3, 0.8],
  ]);
  expect(rows.map(({ value, step }) => [value, step]).slice(0, 3)).toEqual([
    [0.8, 5],
    [0.72, 5],
    [0.65, 4],
  ]);
  expect(rows[0]?.places).toEqual([0, 1, 1, 1]);
  expect(rows.at(-1)?.places).toEqual([1, 0, 1, 0]);
  const losses = parallelRows(view, hardLoss)!;
  expect(losses.range[1]).toBeLessThan(losses.range[0]);
  expect(losses.rows[0]?.value).toBe(losses.range[1]);
});

test("the page's title is the question", () => {
  const title = (request: ExperimentRequest) => experimentPageTexts.title(request);
  expect(title(smoothingAndRate)).toBe("What do label smoothing and learning rate change?");
  expect(title({ ...smoothingAndRate, factors: [] })).toBe("How much is luck?");
  expect(title(gridOf(compactInception, [{ setting: "batchSize", values: [8, 16] }]))).toBe(
    "What does batch size change?",
  );
});

describe("what is added to an experiment", () => {
  const [rate] = growableFactors(gridOf(compactInception, [{ setting: "learningRate", values: [0.02, 0.045] }]));

  test("seeds are offered that follow those that it has, and each is new", () => {
    expect(seedsToOffer([1, 2, 7])).toBe("8, 9, 10");
    expect(seedsOutcome("4, 5", [1])).toEqual({ growth: { seeds: [4, 5], levels: [] }, problem: null });
    expect(seedsOutcome("", [1])).toEqual({ growth: null, problem: null });
    expect(seedsOutcome("4, 1", [1]).problem).toBe("It has 1 already.");
    expect(seedsOutcome("4, many", [1]).problem).toContain("many is not a seed");
  });

  test("values are read as the setting has them", () => {
    expect(levelOutcome("0.1", rate!)).toEqual({
      growth: { seeds: [], levels: [{ setting: "learningRate", values: [0.1] }] },
      problem: null,
    });
    expect(levelOutcome("0.020", rate!).problem).toBe("It has 0.020 already.");
    expect(levelOutcome("high", rate!).problem).toBe("high is not a value of this setting.");
    const [noise] = growableFactors(gridOf(compactInception, [{ setting: "labelNoise", values: [0, 0.1] }]));
    expect(levelOutcome("20", noise!).growth?.levels[0]?.values).toEqual([0.2]);
  });

  test("arms that advance in step take no others", () => {
    expect(growableFactors(experimentOf(compactInception, { setting: "smoothing", values: [0, 0.1] }))).toEqual([]);
  });
});
