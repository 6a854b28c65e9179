/** What is shown of an experiment's rows: the page in its order, the best by validation, and what its charts draw. Pure. */
import type {
  ExperimentOutcome,
  ExperimentQuestion,
  ExperimentRequest,
  ExperimentRow,
  ExperimentView,
  Factor,
  Level,
} from "../../contract/experiment.ts";
import type { Metric } from "../metrics/metric.ts";
import { mainMetrics, metricOf, shownMetrics } from "../metrics/metrics.ts";
import { compareValues, type FieldValue } from "../runs/run-values.ts";
import { withDrawnSettings } from "./drawn-settings.ts";
import { levelsOf } from "./experiment-plan.ts";

/** Rows that one chart draws: more are no chart, and would be a long message. */
export const mostPlotted = 1_000;

/** @param rows all of the experiment's */
export function outcomeOfExperiment(
  request: ExperimentRequest,
  rows: readonly ExperimentRow[],
  question: ExperimentQuestion,
): Pick<ExperimentView, "rows" | "foundRows" | "outcome"> {
  const drawn = withDrawnSettings({ request, rows });
  // Settings that were drawn are told apart here, and stand together in the answer.
  const asMade = new Map(drawn.rows.map((row, index) => [row, rows[index]!]));
  const told = (some: readonly ExperimentRow[]) => some.map((row) => asMade.get(row)!);
  const { sort, skip, most } = question;
  const offered = judgesOf(rows);
  const judge = offered.find(({ id }) => id === question.judge) ?? offered[0]!;
  const ranked = rankedRows(drawn.rows, judge);
  const best = bestRow(drawn.rows, judge);
  const { along, by } = axesOf(drawn.request.factors, question);
  const held = best ?? drawn.rows[0] ?? null;
  const isHeld = ({ levels }: ExperimentRow) =>
    held === null ||
    levels.every(
      (level, index) => index === along || index === by || levelKey(level) === levelKey(held.levels[index]!),
    );
  const lines = drawn.rows.filter(isHeld);
  return {
    rows: told(sortedRows(drawn, sort)).slice(skip, skip + most),
    foundRows: rows.length,
    outcome: {
      ...{ judges: offered.map(({ id }) => id), judge: judge.id, along, by },
      best: best && asMade.get(best)!,
      alike: best && overlapping(drawn.rows, best, judge),
      equal: best === null ? 0 : equalTo(drawn.rows, best, judge),
      lines: told(lines.slice(0, mostPlotted)).map((row) => judgedAlone(row, judge)),
      foundLines: lines.length,
      ranked: told(ranked.slice(0, mostPlotted)).map((row) => judgedAlone(row, judge)),
      foundRanked: ranked.length,
    },
  };
}

function judgedAlone(row: ExperimentRow, { id }: Metric): ExperimentRow {
  return { ...row, validation: { [id]: row.validation[id] ?? null }, test: {} };
}

/** The factor of the most levels, and the first other one, unless others are asked for. */
function axesOf(
  factors: readonly Factor[],
  asked: Pick<ExperimentQuestion, "along" | "by">,
): Pick<ExperimentOutcome, "along" | "by"> {
  const counts = factors.map((factor) => levelsOf(factor).length);
  const isThere = (index: number | null | undefined): index is number => index != null && index < factors.length;
  const along = isThere(asked.along) ? asked.along : Math.max(0, counts.indexOf(Math.max(...counts)));
  const firstOther = factors.length < 2 ? null : along === 0 ? 1 : 0;
  const by = asked.by === undefined ? firstOther : asked.by;
  return { along, by: isThere(by) && by !== along ? by : null };
}

/** What rows can be judged by: it has a better side, and some row has a value of it. */
export function judgesOf(rows: readonly ExperimentRow[]): readonly Metric[] {
  const all = shownMetrics().filter(({ better }) => better !== null);
  const known = all.filter(({ id }) => rows.some(({ validation }) => validation[id] != null));
  return known.length > 0 ? known : mainMetrics();
}

function rankedRows(rows: readonly ExperimentRow[], { id, better }: Metric): readonly ExperimentRow[] {
  const orderValue = (row: ExperimentRow): FieldValue => row.validation[id]?.mean ?? null;
  const told = rows.filter((row) => orderValue(row) !== null);
  return ordered(told, orderValue, better !== "lower");
}

/** The row with the best mean on the validation pictures; null where there is nothing to choose among. */
export function bestRow(rows: readonly ExperimentRow[], judge: Metric): ExperimentRow | null {
  const ranked = rankedRows(rows, judge);
  return ranked.length < 2 ? null : ranked[0]!;
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

function equalTo(rows: readonly ExperimentRow[], best: ExperimentRow, { id }: Metric): number {
  return rows.filter((row) => row !== best && row.validation[id]?.mean === best.validation[id]?.mean).length;
}

/** Rows without a value stand last whichever way; equal ones stay as they were. By test figures there is no order: who sorts by them chooses by them. */
export function sortedRows(
  { request, rows }: Pick<ExperimentView, "request" | "rows">,
  sort: ExperimentQuestion["sort"],
): readonly ExperimentRow[] {
  const sortValue = sort === null ? null : sortValueOf(sort.column, request.factors);
  return sort && sortValue ? ordered(rows, sortValue, sort.isDescending) : rows;
}

function sortValueOf(column: string, factors: readonly Factor[]): ((row: ExperimentRow) => FieldValue) | null {
  const [kind, name = ""] = column.split(" ");
  if (kind === "finished") return ({ finished }) => finished;
  if (kind === "validation" && metricOf(name)) return ({ validation }) => validation[name]?.mean ?? null;
  const factor = kind === "factor" ? factors[Number(name)] : undefined;
  if (factor === undefined) return null;
  const places = new Map(levelsOf(factor).map((level, place) => [levelKey(level), place]));
  return ({ levels }) => {
    const level = levels[Number(name)];
    return level === undefined ? null : levelOrder(level, places);
  };
}

function ordered(
  rows: readonly ExperimentRow[],
  orderValue: (row: ExperimentRow) => FieldValue,
  isDescending: boolean,
): readonly ExperimentRow[] {
  return [...rows].sort((a, b) => compareValues(orderValue(a), orderValue(b), isDescending));
}

/** A number by its size; words in the order in which they were asked for. */
function levelOrder(level: Level, places: ReadonlyMap<string, number>): FieldValue {
  const number = levelNumber(level);
  if (number !== null) return number;
  return level.changes[0]?.value === null ? null : (places.get(levelKey(level)) ?? null);
}

/** The number that a level sets; null for words, for none, and for a named arm. */
export function levelNumber({ name, changes }: Level): number | null {
  const value = name === null && changes.length === 1 ? changes[0]?.value : null;
  return typeof value === "number" ? value : null;
}

/** Alike for the same level alone. */
export function levelKey({ name, changes }: Level): string {
  return JSON.stringify(name ?? changes.map(({ value }) => value ?? null));
}
