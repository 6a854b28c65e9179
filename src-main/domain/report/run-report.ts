/** One run as a page that stands by itself: what may be said of it, its figures with their pictures, curves, settings, pictures, and what made it. */
import type { DatasetView } from "../../contract/dataset.ts";
import type { EvaluationResult, SeriesView } from "../../contract/metric.ts";
import { type ConfusionMatrix, type RunView, runStateTitles } from "../../contract/run.ts";
import { exactTime } from "../exact-time.ts";
import { countInWords, splitWords } from "../health/words.ts";
import { type Metric, valueIn } from "../metrics/metric.ts";
import { metricUnit, scaleOf, titleWithScale } from "../metrics/metric-unit.ts";
import { chartedMetrics, evaluatedMetrics } from "../metrics/metrics.ts";
import { monitorInWords } from "../metrics/monitor.ts";
import { objectiveFloor } from "../metrics/objective-floor.ts";
import { top1 } from "../metrics/top-1.ts";
import { classFigures, macroFigures } from "../per-class/class-figures.ts";
import { roundedDecimal } from "../rounding.ts";
import { guessesOf } from "../runs/guesses.ts";
import { madeByRows } from "../runs/made-by.ts";
import { trainingPictures } from "../runs/run-values.ts";
import { type TimesByStep, trainingMillisAt } from "../runs/step-times.ts";
import { looksAtTest, testLooksInWords } from "../runs/test-looks.ts";
import { lowerFirst } from "../settings/setting.ts";
import { datasetCard } from "./dataset-card.ts";
import { accuracySentences, figureInWords } from "./figures-in-words.ts";
import { type DrawnLine, lineDrawing } from "./line-drawing.ts";
import { factsMarkup, sectionMarkup, sentencesMarkup, tableMarkup } from "./markup.ts";
import { reportPage } from "./page.ts";
import { settingFacts } from "./setting-facts.ts";

export interface RunReportParts {
  readonly run: RunView;
  readonly dataset: DatasetView;
  /** Thinned for drawing. */
  readonly series: readonly SeriesView[];
  /** How long it had trained at which step; empty where no times were recorded. */
  readonly times: TimesByStep;
  readonly confusion: ConfusionMatrix | null;
  /** How often the test pictures of its data set were looked at. */
  readonly testLooks: number;
  /** Of the Strata that makes the report. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
}

export function runReport({
  run,
  dataset,
  series,
  times,
  confusion,
  testLooks,
  version,
  madeAt,
}: RunReportParts): string {
  const classes = run.dataset.classes.length;
  const [split, result] = run.test === null ? (["validation", run.validation] as const) : (["test", run.test] as const);
  const { epochs } = run.configuration.training;
  const how = `${runStateTitles[run.state]} after ${run.epochsDone} of ${countInWords(epochs, "epoch")} on ${dataset.name}, ${run.model.title}, seed ${run.configuration.seed}.`;
  const largestShare =
    confusion?.split === split ? (macroFigures(classFigures(confusion.counts))?.largestShare ?? null) : null;
  const sentences = accuracySentences(result, split, { classes, largestShare });
  const verdict = sentences.length > 0 ? sentences : ["It has not been evaluated, so that nothing can be said of it."];
  const charts = chartedMetrics([run])
    .map((metric) => chartOf(metric, run, series, timeAtOf(run, times)))
    .join("");
  return reportPage(run.title, `Run ${run.id} · made with Strata ${version} on ${madeAt.slice(0, 10)}`, [
    sectionMarkup(
      "What can be said",
      `<div class="verdict">${sentencesMarkup(verdict)}</div>${sentencesMarkup([how])}`,
    ),
    sectionMarkup(
      "Figures",
      figuresMarkup(run) + (looksAtTest(run) ? sentencesMarkup([testLooksInWords(testLooks)]) : ""),
    ),
    ...(charts === "" ? [] : [sectionMarkup("Curves", `<div class="charts">${charts}</div>`)]),
    ...(confusion === null ? [] : [sectionMarkup("Confusion matrix", confusionMarkup(confusion, run))]),
    sectionMarkup("Settings", factsMarkup(settingFacts(run.configuration))),
    sectionMarkup("Pictures", datasetCard(dataset)),
    sectionMarkup("Made by", madeByMarkup(run)),
    ...(run.note.trim() === "" ? [] : [sectionMarkup("Note", sentencesMarkup(run.note.trim().split("\n")))]),
  ]);
}

interface Look {
  readonly title: string;
  readonly result: EvaluationResult;
}

function figuresMarkup(run: RunView): string {
  const look = (title: string, result: EvaluationResult | null): readonly Look[] =>
    result === null ? [] : [{ title: `${title}, ${countInWords(result.pictures, "picture")}`, result }];
  const looks = [
    ...look("Test", run.test),
    ...look("Validation", run.validation),
    ...(run.best === null
      ? []
      : look(
          `Validation, best epoch (${run.best.epoch}, by ${monitorInWords(run.configuration.training.monitor)})`,
          run.best.result,
        )),
  ];
  if (looks.length === 0) return "<p>None yet.</p>";
  return tableMarkup<Metric>(
    "Each column names its split and its number of pictures. The objective and its floor are without auxiliary heads.",
    [
      { title: "Figure", cell: titleWithScale },
      ...looks.map(({ title, result }) => ({
        title,
        isNumber: true,
        cell: (metric: Metric) => figureInWords(valueIn(result, metric), metric, run.loss),
      })),
    ],
    evaluatedMetrics(run.dataset.classes.length),
  );
}

/** Its training time at a place over epochs; null for a run without any. */
type TimeAt = ((epochs: number) => string) | null;

function timeAtOf({ stepsPerEpoch }: RunView, times: TimesByStep): TimeAt {
  if (stepsPerEpoch === null || times.steps.length === 0) return null;
  return (epochs) => {
    const millis = epochs === 0 ? 0 : trainingMillisAt(times, epochs * stepsPerEpoch);
    return millis === null ? "" : exactTime(millis / 1_000);
  };
}

function chartOf(metric: Metric, run: RunView, series: readonly SeriesView[], timeAt: TimeAt): string {
  const steps = run.stepsPerEpoch ?? 1;
  const linesOf = (split: SeriesView["split"], cadence: SeriesView["cadence"], rest: Omit<DrawnLine, "xs" | "ys">) => {
    const one = series.find((each) => each.metric === metric.id && each.split === split && each.cadence === cadence);
    return one === undefined ? [] : [{ ...rest, xs: one.steps.map((step) => step / steps), ys: one.values }];
  };
  const pictures = run.validation === null ? "" : `, ${countInWords(run.validation.pictures, "picture")}`;
  const known = trainingPictures(run);
  const trained = known === null ? "" : `, ${countInWords(known, "picture")}`;
  const measured = [
    ...linesOf("train", "batch", { label: "training batches", hue: "a", look: "faint" }),
    ...linesOf("train", "epoch", { label: `training${trained}, after each epoch`, hue: "b", look: "strong" }),
    ...linesOf("validation", "epoch", { label: `validation${pictures}, after each epoch`, hue: "a", look: "strong" }),
  ];
  if (measured.length === 0) return "";
  const unit = metricUnit(metric, [run.loss]);
  const inUnit = unit === null ? "" : `; ${unit === "nats" ? "in " : scaleOf(metric) === null ? "" : "from "}${unit}`;
  const isPercent = metric.unit === "fraction" && metric.decimals === undefined;
  const caption = `${measured.map(({ label }) => label).join("; ")}${inUnit}`;
  const drawing = lineDrawing({
    ...{ title: metric.longTitle ?? metric.title, caption },
    xTitle: timeAt === null ? "epoch" : "epoch, and time in training steps",
    ...(timeAt && { xNote: timeAt }),
    lines: [...measured, ...marksOf(metric, run, measured)],
    tick: (value) => (isPercent ? `${Number((value * 100).toPrecision(6))} %` : String(Number(value.toPrecision(6)))),
  });
  return `${drawing.replace(/<\/figure>$/, "")}${valuesMarkup(metric, run, measured, timeAt)}</figure>`;
}

/** What a line is to be seen against: chance and the largest class, or the least that the objective can be. */
function marksOf({ id }: Metric, run: RunView, lines: readonly DrawnLine[]): readonly DrawnLine[] {
  const xs = lines.flatMap((line) => line.xs);
  const across = (label: string, value: number, hue: DrawnLine["hue"] = "c"): DrawnLine => {
    const ends = [Math.min(...xs), Math.max(...xs)];
    return { label, hue, look: "dashed", xs: ends, ys: [value, value] };
  };
  if (id === top1.id)
    return guessesOf([run]).map(({ title, share }) => across(lowerFirst(title), share, title === "Chance" ? "c" : "d"));
  const floor = run.trainingObjectiveFloor ?? 0;
  return id === objectiveFloor.floorOf && floor > 0 ? [across("floor while training", floor)] : [];
}

/** Behind every chart, its values after each epoch. */
function valuesMarkup(metric: Metric, run: RunView, lines: readonly DrawnLine[], timeAt: TimeAt): string {
  const strong = lines.filter(({ look }) => look === "strong");
  const epochs = [...new Set(strong.flatMap(({ xs }) => xs))].sort((a, b) => a - b);
  if (epochs.length === 0) return "";
  const table = tableMarkup<number>(
    titleWithScale(metric),
    [
      { title: "Epoch", cell: (epoch) => roundedDecimal(epoch, Number.isInteger(epoch) ? 0 : 2) },
      {
        ...{ title: "Step", isNumber: true },
        cell: (epoch) => (run.stepsPerEpoch === null ? "–" : String(Math.round(epoch * run.stepsPerEpoch))),
      },
      ...(timeAt === null
        ? []
        : [{ title: "Time in training steps", isNumber: true, cell: (epoch: number) => timeAt(epoch) || "–" }]),
      ...strong.map(({ label, xs, ys }) => ({
        title: label,
        isNumber: true,
        cell: (epoch: number) => figureInWords(ys[xs.indexOf(epoch)], metric, run.loss),
      })),
    ],
    epochs,
  );
  return `<details><summary>Values</summary>${table}</details>`;
}

const mostClassesOfMatrix = 20;

function confusionMarkup({ split, counts }: ConfusionMatrix, { dataset }: RunView): string {
  const { classes } = dataset;
  const pictures = counts.flat().reduce((sum, count) => sum + count, 0);
  if (classes.length > mostClassesOfMatrix)
    return `<p>Of ${classes.length} classes it is too large for this page; the window shows it.</p>`;
  const rows = classes.map((name, place) => ({ name, cells: counts[place] ?? [] }));
  return tableMarkup(
    `Rows: true class. Columns: predicted. ${countInWords(pictures, `${splitWords[split]} picture`)}.`,
    [
      { title: "", cell: ({ name }) => name },
      ...classes.map((title, place) => ({
        ...{ title, isNumber: true },
        cell: ({ cells }: (typeof rows)[number]) => String(cells[place] ?? 0),
      })),
    ],
    rows,
  );
}

function madeByMarkup(run: RunView): string {
  const rows = madeByRows(run);
  const imported = run.imported && {
    title: "Imported",
    value: `run ${run.imported.number} of another Strata, exported by version ${run.imported.version}`,
  };
  if (rows.length === 0 && imported === null) return "<p>Not recorded.</p>";
  return factsMarkup([
    ...rows.map(({ title, values }) => ({ title, value: values.join("") })),
    ...(imported === null ? [] : [imported]),
  ]);
}
