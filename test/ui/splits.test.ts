/** Every figure says which pictures it is over: training, validation or test. */
import { expect, test } from "vitest";
import { chartedMetrics } from "../../src-main/domain/metrics/metrics.ts";
import { findRunField } from "../../src-main/domain/run-fields.ts";
import { compareTexts } from "../../src-renderer/entities/run/compare-texts.ts";
import { liveFigures } from "../../src-renderer/entities/run/figures.ts";
import { liveTexts } from "../../src-renderer/entities/run/live-texts.ts";
import { styleRuns } from "../../src-renderer/entities/run/run-styles.ts";
import { experimentPageTexts } from "../../src-renderer/features/experiment/experiment-page-texts.ts";
import { figureChoicesFor } from "../../src-renderer/features/runs/run-columns.ts";
import { emptyColumns } from "../../src-renderer/ui/charts/columns.ts";
import { samplePair } from "../support/sample-views.ts";

const namesSplit = /\b(training|validation|test)\b/;

const [plain] = samplePair(1, 1);
const noisy = { configuration: { training: { ...plain!.configuration.training, labelNoise: 0.2 } } };

test("each chart, under its title, whether or not it has pictures yet", () => {
  const losses = [["cross-entropy"], [null]] as const;
  const units = [null, 500].flatMap((pictures) =>
    losses.flatMap((ofRuns) => chartedMetrics([noisy]).map((metric) => liveTexts.chartUnit(metric, pictures, ofRuns))),
  );
  for (const unit of units) expect(unit).toMatch(namesSplit);
});

test("each of the live figures, where the charts beside it have theirs", () => {
  const figures = liveFigures(styleRuns(samplePair(1, 1)), emptyColumns);
  expect(figures.map(({ id, split }) => [id, split])).toEqual([
    ["top1", "validation"],
    ["top5", "validation"],
    ["hardLoss", "validation"],
    ["objective", "train"],
    ["ece", "validation"],
    ["largestLogit", "validation"],
  ]);
});

test("each column of the list of runs that holds a metric of pictures", () => {
  const ofPictures = figureChoicesFor({ mostClasses: 10 }).filter(({ id }) =>
    findRunField(`validation.${id.split(".").at(-1)}`),
  );
  expect(ofPictures.length).toBeGreaterThan(6);
  for (const { title } of ofPictures) expect(title).toMatch(namesSplit);
});

test("the columns of an experiment, each run to choose from, and the mistakes", () => {
  for (const [split, title] of [
    ["validation", experimentPageTexts.onValidation],
    ["test", experimentPageTexts.onTest],
    ["test", compareTexts.top1("50 %", "test")],
  ] as const)
    expect(title).toContain(split);
  expect(compareTexts.mistakesAside("test")).toMatch(namesSplit);
});
