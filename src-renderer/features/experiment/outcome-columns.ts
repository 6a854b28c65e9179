/** The columns of an experiment's table, and its rows in the order of one of them. Pure. */
import type { ExperimentRow, ExperimentView, Factor, Level, Spread } from "../../../src-main/contract/experiment.ts";
import { levelsOf } from "../../../src-main/domain/experiment-plan.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { mainMetrics, shownMetrics } from "../../../src-main/domain/metrics/metrics.ts";
import { compareValues, type FieldValue } from "../../../src-main/domain/run-values.ts";
import { factorTitle } from "../../entities/experiment/experiment-texts.ts";
import { experimentPageTexts } from "./experiment-page-texts.ts";

export type FigureSplit = "validation" | "test";

export interface OutcomeColumn {
  readonly id: string;
  readonly title: string;
  /** What the rows are put in order by. Test figures have none: who sorts by them chooses by them, and then they are too good. */
  readonly sortValue: ((row: ExperimentRow) => FieldValue) | null;
  /** The order that the first press gives. */
  readonly isDescendingFirst: boolean;
}

export interface FigureColumn extends OutcomeColumn {
  readonly metric: Metric;
  readonly spread: (row: ExperimentRow) => Spread | null;
}

export interface OutcomeSort {
  readonly column: string;
  readonly isDescending: boolean;
}

/** One a factor. */
export function factorColumns(factors: readonly Factor[]): readonly OutcomeColumn[] {
  return factors.map((factor, index) => ({
    id: `factor ${index}`,
    title: factorTitle(factor),
    sortValue: ({ levels }) => (levels[index] === undefined ? null : levelOrder(factor, levels[index])),
    isDescendingFirst: false,
  }));
}

export const finishedColumn: OutcomeColumn = {
  id: "finished",
  title: experimentPageTexts.finishedColumn,
  sortValue: ({ finished }) => finished,
  isDescendingFirst: true,
};

/** Of one split: what always stands in tables, and what is judged by. */
export function outcomeFigures(split: FigureSplit, judge: Metric): readonly FigureColumn[] {
  const main = mainMetrics();
  return (main.some(({ id }) => id === judge.id) ? main : [judge, ...main]).map((metric) => ({
    id: `${split} ${metric.id}`,
    title: metric.title,
    metric,
    spread: (row) => row[split][metric.id] ?? null,
    sortValue: split === "test" ? null : (row) => row.validation[metric.id]?.mean ?? null,
    isDescendingFirst: metric.better !== "lower",
  }));
}

/** What rows can be judged by: it has a better side, and some row has a value of it. */
export function judges({ rows }: Pick<ExperimentView, "rows">): readonly Metric[] {
  const all = shownMetrics().filter(({ better }) => better !== null);
  const known = all.filter(({ id }) => rows.some(({ validation }) => validation[id] != null));
  return known.length > 0 ? known : mainMetrics();
}

/** The row with the best mean on the validation pictures; null where there is nothing to choose among. */
export function bestRow(rows: readonly ExperimentRow[], { id, better }: Metric): ExperimentRow | null {
  const orderValue = (row: ExperimentRow): FieldValue => row.validation[id]?.mean ?? null;
  const told = rows.filter((row) => orderValue(row) !== null);
  return told.length < 2 ? null : (ordered(told, orderValue, better !== "lower")[0] ?? null);
}

/** Rows without a value stand last whichever way; equal ones stay as they were. */
export function sortedRows(
  rows: readonly ExperimentRow[],
  columns: readonly OutcomeColumn[],
  sort: OutcomeSort | null,
): readonly ExperimentRow[] {
  const sortValue = columns.find(({ id }) => id === sort?.column)?.sortValue;
  return sort && sortValue ? ordered(rows, sortValue, sort.isDescending) : rows;
}

function ordered(
  rows: readonly ExperimentRow[],
  orderValue: (row: ExperimentRow) => FieldValue,
  isDescending: boolean,
): readonly ExperimentRow[] {
  return [...rows].sort((a, b) => compareValues(orderValue(a), orderValue(b), isDescending));
}

/** A number by its size; words in the order in which they were asked for. */
function levelOrder(factor: Factor, level: Level): FieldValue {
  const number = levelNumber(level);
  if (number !== null) return number;
  const place = levelPlace(factor, level);
  return place < 0 || level.changes[0]?.value === null ? null : place;
}

/** The number that a level sets; null for words, for none, and for a named arm. */
export function levelNumber({ name, changes }: Level): number | null {
  const value = name === null && changes.length === 1 ? changes[0]?.value : null;
  return typeof value === "number" ? value : null;
}

/** By number, from 0, among those that were asked for; −1 for none of them. */
export function levelPlace(factor: Factor, level: Level): number {
  return levelsOf(factor).findIndex((one) => levelKey(one) === levelKey(level));
}

/** Alike for the same level alone. */
export function levelKey({ name, changes }: Level): string {
  return JSON.stringify(name ?? changes.map(({ value }) => value ?? null));
}

/** How many other rows have an interval that overlaps the best one's; null where that has none. */
export function overlapping(rows: readonly ExperimentRow[], best: ExperimentRow, { id }: Metric): number | null {
  const own = best.validation[id]?.interval;
  if (!own) return null;
  const overlaps = (row: ExperimentRow): boolean => {
    const other = row.validation[id]?.interval;
    return other != null && other.low <= own.high && own.low <= other.high;
  };
  return rows.filter((row) => row !== best && overlaps(row)).length;
}
