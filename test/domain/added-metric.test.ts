import { describe, expect, it } from "vitest";
import { experimentInWords } from "../../src-main/cli/experiment-in-words.ts";
import { evaluationDocument } from "../../src-main/cli/run-documents.ts";
import { comparisonInWords } from "../../src-main/cli/runs.ts";
import { runsInWords } from "../../src-main/cli/runs-in-words.ts";
import type { Metric } from "../../src-main/domain/metrics/metric.ts";
import { chartedMetrics, metrics } from "../../src-main/domain/metrics/metrics.ts";
import { metricFields } from "../../src-main/domain/runs/metric-fields.ts";
import { pairedFigures } from "../../src-main/domain/verdicts/paired-difference.ts";
import { resultsOfExperiment } from "../../src-main/engine/experiments/experiment-results.ts";
import { evaluationOf } from "../../src-main/training/evaluation.ts";
import { finalFigures, liveFigures } from "../../src-renderer/entities/run/figures.ts";
import { liveTexts } from "../../src-renderer/entities/run/live-texts.ts";
import { linesOf } from "../../src-renderer/entities/run/run-curves.ts";
import { styleRuns } from "../../src-renderer/entities/run/run-styles.ts";
import { figureColumns } from "../../src-renderer/features/runs/run-columns.ts";
import { sampleExperimentRuns, sampleExperimentView, smoothingAndRate } from "../support/sample-experiments.ts";
import { sampleRun } from "../support/sample-views.ts";

describe("a metric that is added to the list", () => {
  const brier: Metric = {
    id: "brier",
    title: "Brier score",
    unit: "none",
    decimals: 2,
    better: "lower",
    about: "Mean square of what each class’s probability is wrong by.",
    also: ["quadratic score"],
    // Of the true class alone: enough to tell where its values end up.
    formula: ({ predictions }) =>
      predictions.reduce((sum, { trueConfidence }) => sum + (1 - trueConfidence) ** 2, 0) / predictions.length,
    isMain: true,
    chartNumber: 4,
  };
  const all = [...metrics, brier];
  const looked = { pictures: 500, top1: 0.5, hardLoss: 1, brier: 0.25 };
  const run = sampleRun({ id: 1, validation: looked, test: { ...looked, brier: 0.125 }, best: null });

  it("is computed at every evaluation from logits and true classes", () => {
    const answers = { logits: new Float32Array(2), labels: Int32Array.of(1), examples: Int32Array.of(0), classes: 2 };
    expect(evaluationOf(answers, "cross-entropy", 0, 0, all).result.brier).toBeCloseTo(0.25, 6);
  });

  it("is what runs can be found by and put in order by, of every look", () => {
    const added = metricFields(all).filter((field) => metricFields().every(({ id }) => id !== field.id));
    expect(added.map(({ id }) => id)).toEqual(["brier", "validation.brier", "test.brier", "best.brier"]);
    expect(added[0]).toMatchObject({ title: "Brier score", names: expect.arrayContaining(["quadratic score"]) });
    expect(added.map(({ read }) => read(run))).toEqual([0.125, 0.25, 0.125, null]);
  });

  it("is a column of the list of runs, and of the tables of figures", () => {
    const columns = figureColumns(all).filter(({ id }) => id.endsWith("brier"));
    expect(columns.map(({ id, title }) => [id, title])).toEqual([
      ["brier", "Brier score, test"],
      ["best.brier", "Best brier score, validation"],
      ["validation.brier", "Brier score, validation"],
    ]);
    expect(columns.map((column) => column.words(run))).toEqual(["0.13", "–", "0.25"]);
    expect(finalFigures([looked], { classes: 10, losses: [] }, all).at(-1)).toMatchObject({
      title: "Brier score",
      values: ["0.25"],
    });
    const live = liveFigures(styleRuns([run]), () => ({ xs: [1], ys: [0.25] }), all);
    expect(live.at(-1)).toMatchObject({ id: "brier", split: "validation", values: ["0.25"] });
  });

  it("is a chart", () => {
    expect(chartedMetrics([], all).map(({ id }) => id)).toEqual(["hardLoss", "objective", "top1", "brier"]);
    const columns = { xs: [1, 2], ys: [0.5, 0.25] };
    const [line, ...others] = linesOf(brier, styleRuns([run]), { of: () => columns, alongOf: () => null });
    expect([line, others]).toMatchObject([{ strength: "strong", columns }, []]);
    expect(liveTexts.chartUnit(brier, 500, ["cross-entropy"])).toMatch(/^validation, 500.pictures$/);
  });

  it("is among what a sweep came to, and in its table", () => {
    const runs = sampleExperimentRuns(1, 1, smoothingAndRate, {}).map((one) => ({
      ...one,
      validation: looked,
      test: null,
    }));
    const results = resultsOfExperiment(smoothingAndRate, runs, all);
    expect(results.rows[0]?.validation.brier).toMatchObject({ mean: 0.25, lowest: 0.25, highest: 0.25 });
    expect(results.rows[0]?.test.brier).toBeNull();
    const view = sampleExperimentView({ id: 1, createdAt: "", request: smoothingAndRate }, runs);
    expect(experimentInWords({ ...view, ...results }, undefined, null, all)).toContain("val. brier score");
  });

  it("is in documents, in the table of runs and in a comparison", () => {
    expect(evaluationDocument(looked, all)).toMatchObject({ brier: 0.25, top5: null });
    const [head, , line] = runsInWords([run], null, all).split("\n");
    expect(head).toContain("brier score");
    expect(line).toContain("0.1");
    const nothing = {
      differences: [],
      confusions: [],
      mistakes: [],
      ...pairedFigures([]),
      shared: null,
      testLooks: null,
    };
    const { classes } = run.dataset;
    const view = { runs: [run, run], split: "test" as const, results: [run.test, run.test], ...nothing, classes };
    expect(comparisonInWords(view, all)).toMatch(/brier score +0\.13 +0\.13/);
  });
});
