/** Rows as lines across one axis a factor, and last the outcome. Pure. */
import type { ExperimentRow, ExperimentView } from "../../../src-main/contract/experiment.ts";
import { levelKey } from "../../../src-main/domain/experiments/experiment-outcome.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { type FactorAxis, factorAxis } from "./factor-axis.ts";
import { rowWords } from "./row-words.ts";

export interface ParallelRow {
  readonly row: ExperimentRow;
  readonly words: string;
  /** On each factor's axis, from 0 to 1, then on the outcome's. */
  readonly places: readonly number[];
  readonly value: number;
  /** Of the scale's steps, from 1, the worst, to the last. */
  readonly step: number;
}

export interface ParallelRows {
  readonly axes: readonly FactorAxis[];
  /** Values at the foot and at the head of the outcome's axis: the worst and the best. */
  readonly range: readonly [worst: number, best: number];
  /** The best first. */
  readonly rows: readonly ParallelRow[];
}

/** Tokens of the scale from worse to better. */
export const outcomeSteps = 5;

/** Null while fewer than two rows have an outcome. */
export function parallelRows(
  { request, rows }: Pick<ExperimentView, "request" | "rows">,
  metric: Metric,
): ParallelRows | null {
  const axes = request.factors.map((factor, index) => factorAxis(factor, index, rows));
  const told = rows.flatMap((row) => {
    const value = row.validation[metric.id]?.mean;
    return value === undefined ? [] : [{ row, value }];
  });
  if (told.length < 2) return null;
  const values = told.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [worst, best] = metric.better === "lower" ? [high, low] : [low, high];
  const goodness = (value: number): number => (best === worst ? 1 : (value - worst) / (best - worst));
  const placeOn = (axis: FactorAxis, row: ExperimentRow, index: number): number => {
    const level = row.levels[index];
    return axis.ticks.find(({ key }) => level !== undefined && key === levelKey(level))?.place ?? 0;
  };
  return {
    axes,
    range: [worst, best],
    rows: told
      .map(({ row, value }) => ({
        row,
        value,
        words: rowWords(request, row),
        places: [...axes.map((axis, index) => placeOn(axis, row, index)), goodness(value)],
        step: Math.min(outcomeSteps, 1 + Math.floor(goodness(value) * outcomeSteps)),
      }))
      .sort((a, b) => goodness(b.value) - goodness(a.value)),
  };
}
