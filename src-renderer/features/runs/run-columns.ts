/** What can stand in a column of the list of runs: figures, and every setting. */
import type { EvaluationResult } from "../../../src-main/contract/metric.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import type { RunListPage } from "../../../src-main/contract/run-list.ts";
import { hardLoss } from "../../../src-main/domain/metrics/hard-loss.ts";
import { type Metric, valueIn } from "../../../src-main/domain/metrics/metric.ts";
import { metricUnit } from "../../../src-main/domain/metrics/metric-unit.ts";
import { mainMetrics, metrics, shownMetrics } from "../../../src-main/domain/metrics/metrics.ts";
import {
  elapsedSeconds,
  type FieldValue,
  finalResult,
  finalSplit,
  settingLeaves,
} from "../../../src-main/domain/runs/run-values.ts";
import { recordedValue } from "../../entities/run/figures.ts";
import { runListTexts } from "../../entities/run/run-list-texts.ts";
import { settingKinds } from "../../entities/setting/setting-rows.ts";
import { bytes, count, duration, magnitude } from "../../lib/format.ts";

export interface RunColumn {
  readonly id: string;
  readonly title: string;
  /** What the number is. */
  readonly about: string;
  readonly isNumber: boolean;
  /** Which way a first press on its head sorts. */
  readonly isBetterHigh: boolean;
  readonly value: (run: RunView) => FieldValue;
  readonly words: (run: RunView) => string;
  /** Of a figure on pictures: on which, and on how many. */
  readonly reach?: (run: RunView) => string | null;
  /** Whether its figures are on the pictures that `finalSplit` names. */
  readonly isFinal?: boolean;
}

/** The looks that a column can be of, by what stands before the metric's id: the first is what a list shows of a run. */
const looks = {
  "": finalResult,
  "best.": ({ best }: RunView) => best?.result ?? null,
  "validation.": ({ validation }: RunView) => validation,
} as const satisfies Record<string, (run: RunView) => EvaluationResult | null>;

function metricColumn(metric: Metric, look: keyof typeof looks): RunColumn {
  const id = `${look}${metric.id}`;
  const value = (run: RunView) => valueIn(looks[look](run), metric);
  const words = (run: RunView) => {
    const found = value(run);
    if (found === null) return "–";
    const said = recordedValue(found, metric);
    if (look === "best." && metric.id === run.configuration.training.monitor.metric && run.best)
      return runListTexts.atEpoch(said, run.best.epoch);
    return look === "" && finalSplit(run) === "validation" ? runListTexts.onValidation(said) : said;
  };
  const reach = (run: RunView) => {
    const result = looks[look](run);
    const split = look === "" && run.test ? "test" : "validation";
    return result && runListTexts.reach(metricUnit(metric, [run.loss]), split, result.pictures);
  };
  const [title, about] = runListTexts.columnLook(id, metric.title, metric.about);
  const isBetterHigh = metric.better === "higher";
  return { id, title, about, isNumber: true, isBetterHigh, value, words, reach, isFinal: look === "" };
}

function figureColumn(
  id: keyof typeof runListTexts.columns,
  value: (run: RunView) => number | null,
  say: (value: number) => string,
): RunColumn {
  const words = (run: RunView) => {
    const found = value(run);
    return found === null ? "–" : say(found);
  };
  const [title, about] = runListTexts.columns[id];
  return { id, title, about, isNumber: true, isBetterHigh: true, value, words };
}

/** Metrics, the main ones in every look, and what a run took. */
export function figureColumns(all: readonly Metric[] = metrics): readonly RunColumn[] {
  const main = mainMetrics(all);
  const others = shownMetrics(undefined, all).filter((metric) => !main.includes(metric));
  return [
    ...main.map((metric) => metricColumn(metric, "")),
    ...main.map((metric) => metricColumn(metric, "best.")),
    ...main.map((metric) => metricColumn(metric, "validation.")),
    ...others.map((metric) => metricColumn(metric, "")),
    ...runFigures,
  ];
}

const runFigures: readonly RunColumn[] = [
  figureColumn("seconds", elapsedSeconds, duration),
  figureColumn("diskBytes", ({ diskBytes }) => (diskBytes === 0 ? null : diskBytes), bytes),
  figureColumn("parameters", ({ parameters }) => parameters, magnitude),
  figureColumn("imagesPerSecond", ({ imagesPerSecond }) => imagesPerSecond, count),
];

const figureChoices = figureColumns();

/** Those that say something of some of the runs that are found. */
export function figureChoicesFor({ mostClasses }: Pick<RunListPage, "mostClasses">): readonly RunColumn[] {
  const silent = new Set(metrics.filter(({ leastClasses = 0 }) => mostClasses < leastClasses).map(({ id }) => id));
  return figureChoices.filter(({ id }) => !silent.has(id));
}

/** A column a setting. */
export function settingColumns(kinds = settingKinds): readonly RunColumn[] {
  return kinds.map(({ path, label, about, say }) => {
    const words = (run: RunView) => say(run.configuration);
    // A setting of several parts (an optimiser, a schedule) goes by its words.
    const value = (run: RunView) => settingLeaves(run.configuration).get(path) ?? words(run);
    const isNumber = path !== "dataset" && path !== "model.id";
    return { id: path, title: label, about, isNumber, isBetterHigh: false, value, words };
  });
}
export const settingChoices = settingColumns();

/** The number and the state have their places in every row; they can be sorted by as the columns can. */
export const numberColumn: RunColumn = {
  ...{ id: "id", title: runListTexts.runColumn, about: runListTexts.runColumnAbout },
  ...{ isNumber: false, isBetterHigh: true, value: ({ id }) => id, words: ({ id }) => String(id) },
};
export const stateColumn: RunColumn = {
  ...{ id: "state", title: runListTexts.state, about: "" },
  ...{ isNumber: false, isBetterHigh: false, value: ({ state }) => state, words: ({ state }) => state },
};

const sortable = new Map(
  [numberColumn, stateColumn, ...figureChoices, ...settingChoices].map((column) => [column.id, column]),
);
export const columnOf = (id: string): RunColumn => sortable.get(id) ?? numberColumn;

const usualColumns = [...mainMetrics().map(({ id }) => id), `best.${hardLoss.id}`, "seconds", "diskBytes"];
const mostDiffering = 3;
/** Settings that stand in every row already, beside the run's name. */
const saidBeside = ["dataset", "model.id", "model.inputPixels", "model.width", "seed"];

/** The columns that a person chose; until then the usual figures and the first settings that differ among the runs that are found. */
export function shownColumns(
  chosen: readonly string[] | null,
  found: Pick<RunListPage, "mostClasses" | "differing">,
): readonly RunColumn[] {
  const figures = figureChoicesFor(found);
  if (chosen !== null) return [...figures, ...settingChoices].filter(({ id }) => chosen.includes(id));
  const differing = settingChoices
    .filter(({ id }) => found.differing.includes(id) && !saidBeside.includes(id))
    .slice(0, mostDiffering);
  return [...figures.filter(({ id }) => usualColumns.includes(id)), ...differing];
}
