import { describe, expect, test } from "vitest";
import type { ExperimentRequest, ExperimentView } from "../../src-main/contract/experiment.ts";
import { hardLoss } from "../../src-main/domain/metrics/hard-loss.ts";
import { top1 } from "../../src-main/domain/metrics/top-1.ts";
import { experimentPageTexts } from "../../src-renderer/features/experiment/experiment-page-texts.ts";
import {
  growableFactors,
  levelOutcome,
  seedsOutcome,
  seedsToOffer,
} from "../../src-renderer/features/experiment/grow-form.ts";
import {
  bestRow,
  factorColumns,
  figureColumns,
  judges,
  overlapping,
  sortedRows,
} from "../../src-renderer/features/experiment/outcome-columns.ts";
import { rowWords } from "../../src-renderer/features/experiment/row-words.ts";
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
  sortedRows(view.rows, [...factorColumns(view.request.factors), ...figureColumns("validation", top1)], {
    column,
    isDescending,
  }).map((row) => row.runIds[0]);

describe("the table of an experiment", () => {
  test("is put in order by settings and by what they came to on the validation pictures", () => {
    expect(words(spread, "factor 1", true)).toEqual([2, 4, 1, 3]);
    expect(words(spread, "validation top1", true)).toEqual([2, 3, 1, 4]);
    expect(words(spread, "validation top1", false)).toEqual([4, 1, 3, 2]);
  });

  test("has no order by test figures", () => {
    expect(figureColumns("test", top1).map(({ sortValue }) => sortValue)).toEqual([null, null]);
    const columns = figureColumns("test", top1);
    expect(sortedRows(spread.rows, columns, { column: "test top1", isDescending: true })).toBe(spread.rows);
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
    expect(judges(waiting).map(({ id }) => id)).toEqual(["top1", "hardLoss"]);
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
