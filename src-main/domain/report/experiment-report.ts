/** An experiment as a page that stands by itself: the best by validation with what cannot be told from it, every row with intervals over seeds, settings and pictures. */
import type { DatasetView } from "../../contract/dataset.ts";
import { type ExperimentRow, type ExperimentView, type Spread, settingsOfFactor } from "../../contract/experiment.ts";
import type { RunView } from "../../contract/run.ts";
import type { ExperimentVerdict } from "../../contract/verdict.ts";
import { countRuns } from "../experiments/experiment-plan.ts";
import { levelsInWords, namedArms } from "../experiments/row-words.ts";
import { countInWords } from "../health/words.ts";
import type { Metric } from "../metrics/metric.ts";
import { mainMetrics, metricOf } from "../metrics/metrics.ts";
import { roundedDecimal } from "../rounding.ts";
import { madeByRows, madeBySentences } from "../runs/made-by.ts";
import { lowerFirst } from "../settings/setting.ts";
import { settingOf } from "../settings/settings.ts";
import { armVerdictInWords, missingVerdict, verdictNote } from "../verdicts/verdict-words.ts";
import { datasetCard } from "./dataset-card.ts";
import { figureInWords } from "./figures-in-words.ts";
import { intervalDrawing } from "./interval-drawing.ts";
import { factsMarkup, sectionMarkup, sentencesMarkup, tableMarkup } from "./markup.ts";
import { reportPage } from "./page.ts";
import { settingFacts } from "./setting-facts.ts";

export interface ExperimentReportParts {
  /** With all of its rows. */
  readonly experiment: ExperimentView;
  /** Its runs. */
  readonly runs: readonly RunView[];
  readonly dataset: DatasetView;
  /** What can be told of its rows, by what their runs answered to the same pictures. */
  readonly verdict: ExperimentVerdict;
  /** Of the Strata that makes the report. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
}

const mostDrawn = 40;

export function experimentReport(parts: ExperimentReportParts): string {
  const { experiment, runs, dataset, verdict, version, madeAt } = parts;
  const { id, request, rows, outcome, finished } = experiment;
  const judge = metricOf(outcome.judge)!;
  const varied = [...new Set(request.factors.flatMap(settingsOfFactor))].map((name) => settingOf(name)?.title ?? name);
  const all = countRuns(request);
  const asked = `${countInWords(all, "run")}${varied.length === 0 ? "" : ` over ${varied.map(lowerFirst).join(", ")}`} and ${countInWords(request.seeds.length, "seed")} on ${dataset.name}; ${finished} finished.`;
  const drawn = outcome.ranked.slice(0, mostDrawn);
  const arms = namedArms(request.factors);
  return reportPage(
    `Experiment ${id}: ${varied.length === 0 ? "one run" : varied.join(arms.length === 0 ? " × " : ", ")}`,
    `Made with Strata ${version} on ${madeAt.slice(0, 10)}`,
    [
      sectionMarkup(
        "What can be said",
        `<div class="verdict">${sentencesMarkup(verdictOf(experiment, runs, judge))}</div>${sentencesMarkup([asked])}`,
      ),
      sectionMarkup(
        "The best first",
        intervalDrawing(
          `Mean ${lowerFirst(judge.title)} over seeds, on ${pictures(runs, "validation")}, with 95 % intervals by Student's t${drawn.length < outcome.foundRanked ? `; the first ${drawn.length} of ${outcome.foundRanked} rows` : ""}.`,
          drawn.map((row) => ({ label: rowInWords(row), ...spreadOf(row, judge)! })),
          (value) => figureInWords(value, judge, lossOf(runs)),
        ) || "<p>No row has a figure yet.</p>",
      ),
      sectionMarkup("Every row", rowsMarkup(rows, runs)),
      ...(arms.length === 0
        ? []
        : [sectionMarkup("Arms", factsMarkup(arms.map(({ name, set }) => ({ title: name, value: set }))))]),
      ...(verdict.missing === "one-row" ? [] : [sectionMarkup("More than chance?", differencesMarkup(verdict))]),
      sectionMarkup(
        "Settings that all have",
        factsMarkup(
          settingFacts(request.configuration).filter(
            ({ title }) => ![...varied, settingOf("seed")?.title].includes(title),
          ),
        ),
      ),
      sectionMarkup("Pictures", datasetCard(dataset)),
      sectionMarkup("Made by", madeByMarkup(runs)),
    ],
  );
}

const lossOf = (runs: readonly RunView[]): RunView["loss"] => runs[0]?.loss ?? null;

/** Of each run's last look at the split, which is the same for all that are not of folds. */
function pictures(runs: readonly RunView[], split: "validation" | "test"): string {
  const counts = [...new Set(runs.flatMap((run) => run[split]?.pictures ?? []))].sort((a, b) => a - b);
  if (counts.length === 0) return `${split} pictures`;
  const [last, ...before] = counts.reverse();
  return `${before
    .reverse()
    .map((count) => `${roundedDecimal(count, 0)} or `)
    .join("")}${countInWords(last!, `${split} picture`)}`;
}

const rowInWords = ({ levels }: Pick<ExperimentRow, "levels">): string => levelsInWords(levels);

const spreadOf = (row: ExperimentRow, { id }: Metric): Spread | null => row.validation[id] ?? null;

/** Which row is best by validation, and from how many others it cannot be told. Test figures are never chosen by. */
function verdictOf({ outcome }: ExperimentView, runs: readonly RunView[], judge: Metric): readonly string[] {
  const { best, alike, equal } = outcome;
  if (best === null) return ["There are no two rows with figures yet, so that nothing can be chosen."];
  const spread = spreadOf(best, judge)!;
  const words = (value: number) => figureInWords(value, judge, lossOf(runs));
  const interval = spread.interval;
  const what = `Best by mean ${lowerFirst(judge.title)} on ${pictures(runs, "validation")}: ${rowInWords(best)}, ${words(spread.mean)}`;
  if (interval === null)
    return [
      `${what}, from one finished seed.`,
      "One seed gives no interval: whether it is better than any other row cannot be said. Repeat the experiment with more seeds.",
    ];
  const first = `${what}, 95 % interval ${words(interval.low)} to ${words(interval.high)} over ${best.finished} seeds.`;
  if (equal > 0) return [first, `${countInWords(equal, "other row")} ${equal === 1 ? "has" : "have"} the same mean.`];
  if (alike === null || alike === 0)
    return [first, "No other row's interval overlaps it. Intervals are of each row by itself, and not of differences."];
  return [
    first,
    `${countInWords(alike, "other row")} ${alike === 1 ? "has an interval that overlaps" : "have intervals that overlap"} it, so more seeds may name another. Intervals are of each row by itself, and not of differences.`,
  ];
}

function differencesMarkup(verdict: ExperimentVerdict): string {
  const missing = missingVerdict(verdict);
  if (missing !== null) return sentencesMarkup([missing]);
  const sentences = verdict.arms.map((arm) => armVerdictInWords(verdict, arm));
  return sentencesMarkup([...sentences, verdictNote(verdict)]);
}

function rowsMarkup(rows: readonly ExperimentRow[], runs: readonly RunView[]): string {
  const figures = mainMetrics().flatMap((metric) =>
    (["validation", "test"] as const).map((split) => ({ metric, split })),
  );
  const told = figures.filter(({ metric, split }) => rows.some((row) => row[split][metric.id] != null));
  const caption = `Means over the finished seeds of each row, with 95 % intervals by Student's t. Validation: ${pictures(runs, "validation")}. Test: ${pictures(runs, "test")}; settings are chosen by validation alone.`;
  return tableMarkup<ExperimentRow>(
    caption,
    [
      { title: "Row", cell: rowInWords },
      { title: "Finished", cell: ({ finished, runIds }) => `${finished} of ${runIds.length}`, isNumber: true },
      ...told.map(({ metric, split }) => ({
        title: `${metric.title}, ${split}`,
        isNumber: true,
        cell: (row: ExperimentRow) => spreadInWords(row[split][metric.id] ?? null, metric, lossOf(runs)),
      })),
    ],
    rows,
  );
}

/** `70.0 % (65.1 to 74.9)`: the unit once. */
function spreadInWords(spread: Spread | null, metric: Metric, loss: RunView["loss"]): string {
  if (spread === null) return "–";
  const words = (value: number) => figureInWords(value, metric, loss);
  if (spread.interval === null) return words(spread.mean);
  const [low, high] = [spread.interval.low, spread.interval.high].map((value) => words(value).split(" ")[0]);
  return `${words(spread.mean)} (${low} to ${high})`;
}

function madeByMarkup(runs: readonly RunView[]): string {
  const [first] = runs.filter(({ madeBy }) => madeBy.length > 0);
  if (first === undefined) return "<p>Not recorded.</p>";
  const facts = madeByRows(first).map(({ title, values }) => ({ title, value: values.join("") }));
  return `${sentencesMarkup([...madeBySentences(runs), `Of run ${first.id}:`])}${factsMarkup(facts)}`;
}
