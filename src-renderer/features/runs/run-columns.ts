/** What can stand in a column of the list of runs: figures, and every setting. */
import { type EvaluationResult, hasTop5, type MetricId, metrics } from "../../../src-main/contract/metric.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import {
  elapsedSeconds,
  type FieldValue,
  finalResult,
  finalSplit,
  settingLeaves,
} from "../../../src-main/domain/run-values.ts";
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
  /** Whether its figures are on the pictures that `finalSplit` names. */
  readonly isFinal?: boolean;
}

type Look = (run: RunView) => EvaluationResult | null;

function metricColumn(
  id: string,
  metric: Exclude<MetricId, "learningRate" | "imagesPerSecond">,
  look: Look,
): RunColumn {
  const value = (run: RunView) => look(run)?.[metric] ?? null;
  const words = (run: RunView) => {
    const found = value(run);
    if (found === null) return "–";
    const said = recordedValue(found, metric);
    return look === finalResult && finalSplit(run) === "validation" ? runListTexts.onValidation(said) : said;
  };
  const { title, about, better } = metrics[metric];
  const [lookTitle, lookAbout] = runListTexts.columnLook(id, title, about);
  return {
    id,
    title: lookTitle,
    about: lookAbout,
    isNumber: true,
    isBetterHigh: better === "higher",
    value,
    words,
    isFinal: look === finalResult,
  };
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

const bestHardLoss = metricColumn("best.hardLoss", "hardLoss", ({ best }) => best?.result ?? null);
const figureChoices: readonly RunColumn[] = [
  metricColumn("top1", "top1", finalResult),
  metricColumn("hardLoss", "hardLoss", finalResult),
  {
    ...bestHardLoss,
    words: (run) => (run.best === null ? "–" : runListTexts.atEpoch(bestHardLoss.words(run), run.best.epoch)),
  },
  metricColumn("best.top1", "top1", ({ best }) => best?.result ?? null),
  metricColumn("validation.hardLoss", "hardLoss", ({ validation }) => validation),
  metricColumn("validation.top1", "top1", ({ validation }) => validation),
  metricColumn("top5", "top5", finalResult),
  metricColumn("ece", "ece", finalResult),
  metricColumn("objective", "objective", finalResult),
  metricColumn("largestLogit", "largestLogit", finalResult),
  figureColumn("seconds", elapsedSeconds, duration),
  figureColumn("diskBytes", ({ diskBytes }) => (diskBytes === 0 ? null : diskBytes), bytes),
  figureColumn("parameters", ({ parameters }) => parameters, magnitude),
  figureColumn("imagesPerSecond", ({ imagesPerSecond }) => imagesPerSecond, count),
];

/** Those that say something of some of these runs. */
export function figureChoicesFor(runs: readonly RunView[]): readonly RunColumn[] {
  const isTop5Known = runs.some(({ dataset }) => hasTop5(dataset.classes.length));
  return isTop5Known ? figureChoices : figureChoices.filter(({ id }) => id !== "top5");
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

const usualColumns = ["top1", "hardLoss", "best.hardLoss", "seconds", "diskBytes"];
const mostDiffering = 3;
/** Settings that stand in every row already, beside the run's name. */
const saidBeside = ["dataset", "model.id", "model.inputPixels", "model.width", "seed"];

/** Columns whose words differ among the runs, in the settings' order. */
export function differingColumns(runs: readonly RunView[]): readonly RunColumn[] {
  const [first, ...others] = runs;
  if (!first) return [];
  return settingChoices.filter(({ words }) => {
    const wanted = words(first);
    return others.some((run) => words(run) !== wanted);
  });
}

/** The columns that a person chose; until then the usual figures and the first settings that differ among the runs. */
export function shownColumns(chosen: readonly string[] | null, runs: readonly RunView[]): readonly RunColumn[] {
  const figures = figureChoicesFor(runs);
  if (chosen !== null) return [...figures, ...settingChoices].filter(({ id }) => chosen.includes(id));
  const differing = differingColumns(runs)
    .filter(({ id }) => !saidBeside.includes(id))
    .slice(0, mostDiffering);
  return [...figures.filter(({ id }) => usualColumns.includes(id)), ...differing];
}
