/** Every figure says which pictures it is over: training, validation or test. */
import { expect, test } from "vitest";
import { experimentInWords } from "../../src-main/cli/experiment-in-words.ts";
import { csvOf } from "../../src-main/domain/csv.ts";
import { atOnce } from "../../src-main/domain/in-pieces.ts";
import { chartedMetrics } from "../../src-main/domain/metrics/metrics.ts";
import { roundedDecimal } from "../../src-main/domain/rounding.ts";
import { pointColumns } from "../../src-main/domain/runs/curve-points.ts";
import { findRunField } from "../../src-main/domain/runs/run-fields.ts";
import { judgingPairs } from "../../src-main/domain/verdicts/arm-verdicts.ts";
import { armVerdictInWords } from "../../src-main/domain/verdicts/verdict-words.ts";
import { compareTexts } from "../../src-renderer/entities/run/compare-texts.ts";
import { liveFigures } from "../../src-renderer/entities/run/figures.ts";
import { liveTexts } from "../../src-renderer/entities/run/live-texts.ts";
import { styleRuns } from "../../src-renderer/entities/run/run-styles.ts";
import { experimentPageTexts } from "../../src-renderer/features/experiment/experiment-page-texts.ts";
import { figureChoicesFor } from "../../src-renderer/features/runs/run-columns.ts";
import { emptyColumns } from "../../src-renderer/ui/charts/columns.ts";
import { againstFirst, drawnArms } from "../support/drawn-arms.ts";
import { sampleExperimentRuns, sampleExperimentView, smoothingAndRate } from "../support/sample-experiments.ts";
import { samplePair } from "../support/sample-views.ts";

const namesSplit = /\b(training|validation|test)\b/;

const ofPictures = /\b(500|61|20) (validation|test) pictures\b/;
const [plain] = samplePair(1, 1);
const noisy = { configuration: { training: { ...plain!.configuration.training, labelNoise: 0.2 } } };

test("each chart, under its title, whether or not it has pictures yet", () => {
  const losses = [["cross-entropy"], [null]] as const;
  const units = [null, 500].flatMap((pictures) =>
    losses.flatMap((ofRuns) => chartedMetrics([noisy]).map((metric) => liveTexts.chartUnit(metric, pictures, ofRuns))),
  );
  for (const unit of units) expect(unit).toMatch(namesSplit);
  for (const metric of chartedMetrics([])) {
    const unit = liveTexts.chartUnit(metric, 500, ["cross-entropy"]);
    if (!metric.isOfLabelNoise)
      expect(unit).toContain(`${metric.shownSplit === "train" ? "training" : "validation"}, 500\u00a0pictures`);
    // A share is said in percent along its axis.
    if (metric.unit !== "fraction") expect(unit).toMatch(/nats/);
  }
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
    ["500 validation pictures", experimentPageTexts.onValidation(500)],
    ["1 test picture,", experimentPageTexts.onTest(1)],
    // Of folds of other sizes there is no one number.
    ["validation pictures", experimentPageTexts.onValidation(null)],
    ["test", compareTexts.top1("50 %", "test", 20)],
  ] as const)
    expect(title.replaceAll("\u00a0", " ")).toContain(split);
  expect(compareTexts.mistakesAside("test")).toMatch(namesSplit);
});

const experimentRuns = sampleExperimentRuns(3, 1, smoothingAndRate, { state: "finished" });
const experiment = sampleExperimentView({ id: 3, createdAt: "", request: smoothingAndRate }, experimentRuns);

test("an experiment on the command line: each column, and below them their pictures and unit", () => {
  const words = experimentInWords(experiment);
  const [, , head = ""] = words.split("\n");
  const titles = head.trim().split(/ {2,}/);
  expect(titles.slice(2).filter((title) => !/^(val\. |test |from$|to$|finished$)/.test(title))).toEqual([]);
  const { validation, test: tested } = experimentRuns[0]!;
  expect(words).toContain(`on the ${roundedDecimal(validation!.pictures, 0)} validation pictures`);
  expect(words).toContain(`on the ${roundedDecimal(tested!.pictures, 0)} test pictures`);
  expect(words).toContain("Losses in nats.");
});

test("each sentence that tells two arms apart, or says that they are not", () => {
  const drawn = drawnArms({ seeds: 2, pictures: 61, difference: 0.3, seedSpread: 0.01 }, 1);
  const verdicts = [2, 1].map((seeds) => {
    const [arm] = atOnce(judgingPairs(againstFirst(drawn.map((one) => new Map([...one].slice(0, seeds))))));
    return armVerdictInWords({ split: "test" }, { levels: [], against: [], ...arm! }).replaceAll("\u00a0", " ");
  });
  for (const words of verdicts) {
    expect(words).toMatch(ofPictures);
    for (const interval of words.match(/\([+−][^)]*\)/g) ?? [])
      expect(interval).toMatch(/points|nats|^\([+−][\d.]+, 95/);
  }
});

test("each row of curves that other programs read", () => {
  const point = {
    metric: "hardLoss",
    split: "validation",
    cadence: "epoch",
    step: 8,
    value: 1.25,
    trainingSeconds: 4,
    recordedAtMillis: 0,
  } as const;
  const [head, row] = csvOf(pointColumns(plain!), [point]).split("\n");
  expect([head, row]).toEqual([
    "metric,split,cadence,step,value,unit,pictures,training_seconds",
    `hardLoss,validation,epoch,8,1.25,nats,${plain!.validation!.pictures},4`,
  ]);
});
