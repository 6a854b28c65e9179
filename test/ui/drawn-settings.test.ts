import { expect, it } from "vitest";
import { experimentRequest } from "../../src-main/contract/experiment.ts";
import { withDrawnSettings } from "../../src-main/domain/experiments/drawn-settings.ts";
import { experimentPageTexts, rangeWords } from "../../src-renderer/features/experiment/experiment-page-texts.ts";
import { factorAxis } from "../../src-renderer/features/experiment/factor-axis.ts";
import { rowWords } from "../../src-renderer/features/experiment/row-words.ts";
import { sampleExperimentRuns, sampleExperimentView } from "../support/sample-experiments.ts";
import { compactInception } from "../support/sample-views.ts";

const request = experimentRequest.parse({
  configuration: compactInception,
  seeds: [1],
  factors: [
    {
      draws: 5,
      seed: 1,
      ranges: [
        { kind: "log", setting: "learningRate", from: 1e-3, to: 1e-1 },
        { kind: "choice", setting: "batchSize", values: [16, 32] },
      ],
    },
    { setting: "smoothing", values: [0, 0.1] },
  ],
});
const view = () =>
  sampleExperimentView(
    { id: 3, createdAt: "2026-01-14T09:15:00.000Z", request },
    sampleExperimentRuns(3, 1, request, { state: "finished" }),
  );

it("each setting that was drawn is a factor of its own, with its values by size, and every row has one value of each", () => {
  const asked = view();
  const shown = withDrawnSettings(asked);
  expect(shown.request.factors.map((factor) => "setting" in factor && factor.setting)).toEqual([
    "learningRate",
    "batchSize",
    "smoothing",
  ]);
  expect(shown.rows).toHaveLength(10);
  for (const [index, row] of shown.rows.entries()) {
    expect(row.levels.map(({ changes }) => changes.length)).toEqual([1, 1, 1]);
    expect(row.levels.flatMap(({ changes }) => changes)).toEqual(
      asked.rows[index]?.levels.flatMap(({ changes }) => changes),
    );
  }
  const [rates] = shown.request.factors;
  const axis = factorAxis(rates!, 0, shown.rows);
  expect([axis.scale, axis.ticks.length]).toEqual(["log", 5]);
  expect(rowWords(shown.request, shown.rows[0]!)).toMatch(
    /^learning rate [\d.]+, batch size (16|32), label smoothing 0/,
  );
});

it("what was drawn from is said, and an experiment without draws is left as it is", () => {
  const [drawn] = request.factors;
  const words = drawn && "ranges" in drawn ? drawn.ranges.map(rangeWords) : [];
  expect(words).toEqual(["learning rate from 0.001 to 0.1, log scale", "batch size one of 16, 32"]);
  expect(experimentPageTexts.title(request)).toBe("What do learning rate, batch size and label smoothing change?");
  const grid = { ...view(), request: { ...request, factors: request.factors.slice(1) } };
  expect(withDrawnSettings(grid)).toBe(grid);
});
