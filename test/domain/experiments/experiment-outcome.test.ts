import { describe, expect, it } from "vitest";
import { experimentQuestion, experimentRequest } from "../../../src-main/contract/experiment.ts";
import { mostPlotted, outcomeOfExperiment } from "../../../src-main/domain/experiments/experiment-outcome.ts";
import { resultsOfExperiment } from "../../../src-main/engine/experiments/experiment-results.ts";
import { gridOf } from "../../support/experiment-of.ts";
import { sampleExperimentRuns } from "../../support/sample-experiments.ts";
import { compactInception } from "../../support/sample-views.ts";

/** Each run with a top-1 of its own: the more the later. */
function rowsOf(request: ReturnType<typeof gridOf>) {
  const runs = sampleExperimentRuns(3, 1, request, { state: "finished" });
  const scored = runs.map((run) => ({ ...run, validation: { ...run.validation!, top1: run.id / runs.length } }));
  return resultsOfExperiment(request, scored).rows;
}
const rates = Array.from({ length: 30 }, (_, index) => (index + 1) / 1_000);
const grid = gridOf(compactInception, [
  { setting: "smoothing", values: [0, 0.1] },
  { setting: "learningRate", values: rates },
  { setting: "batchSize", values: [8, 16, 32] },
]);
const ask = (request: ReturnType<typeof gridOf>, question: object) =>
  outcomeOfExperiment(request, rowsOf(request), experimentQuestion.parse(question));
const idsOf = (rows: readonly { readonly runIds: readonly number[] }[]) => rows.map(({ runIds }) => runIds[0]);

describe("a page of an experiment's rows", () => {
  it("is cut from all of them once they are in order, which the best is chosen of", () => {
    expect(idsOf(ask(grid, { most: 2 }).rows)).toEqual([1, 2]);
    const second = ask(grid, {
      most: 2,
      skip: 2,
      judge: "top1",
      sort: { column: "validation top1", isDescending: true },
    });
    expect([idsOf(second.rows), second.foundRows]).toEqual([[178, 177], 180]);
    const { outcome } = second;
    expect([outcome.judge, outcome.best?.runIds, outcome.alike, outcome.equal]).toEqual(["top1", [180], null, 0]);
  });

  it("has beside it what the charts draw, by what rows are judged by alone", () => {
    const { along, by, lines, foundLines, ranked } = ask(grid, { most: 1, judge: "top1" }).outcome;
    // Along the rates, a line for each smoothing, all at the batch of the best.
    expect([along, by, lines.length, foundLines]).toEqual([1, 0, 60, 60]);
    expect(new Set(lines.map(({ levels }) => levels[2]?.changes[0]?.value))).toEqual(new Set([32]));
    expect(Object.keys(lines[0]!.validation)).toEqual(["top1"]);
    expect(idsOf(ranked.slice(0, 2))).toEqual([180, 179]);
    expect(ask(grid, { along: 2, by: null }).outcome).toMatchObject({ along: 2, by: null, foundLines: 3 });
    // What an experiment does not have is not asked for.
    expect(ask(grid, { along: 9, by: 9, judge: "colour" }).outcome).toMatchObject({
      along: 1,
      by: null,
      judge: "top1",
    });
  });

  it("is short however many rows there are", () => {
    const many = gridOf(compactInception, [
      { setting: "learningRate", values: Array.from({ length: 50 }, (_, index) => (index + 1) / 1_000) },
      { setting: "weightDecay", values: Array.from({ length: 40 }, (_, index) => index / 1_000) },
    ]);
    const { rows, foundRows, outcome } = ask(many, {});
    expect([rows.length, foundRows]).toEqual([100, 2_000]);
    expect([outcome.lines.length, outcome.foundLines]).toEqual([mostPlotted, 2_000]);
    expect([outcome.ranked.length, outcome.foundRanked]).toEqual([mostPlotted, 2_000]);
  });

  it("is in order of a setting that was drawn, too, and each row keeps its point whole", () => {
    const ranges = [
      { kind: "log", setting: "learningRate", from: 1e-3, to: 1e-1 },
      { kind: "choice", setting: "batchSize", values: [16, 32] },
    ];
    const drawn = experimentRequest.parse({ ...grid, factors: [{ draws: 8, seed: 1, ranges }] });
    const { rows } = ask(drawn, { sort: { column: "factor 0", isDescending: true } });
    const values = rows.map(({ levels }) => Number(levels[0]?.changes[0]?.value));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(rows.map(({ levels }) => levels[0]?.changes.length)).toEqual(Array.from({ length: 8 }, () => 2));
  });
});
