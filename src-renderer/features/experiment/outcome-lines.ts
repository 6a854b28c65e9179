/** The outcome against one factor: a line for each level of a second one, the others held at the levels of one row. Each point is a row of the table. Pure. */
import type { ExperimentRow, ExperimentView, Spread } from "../../../src-main/contract/experiment.ts";
import { levelKey } from "../../../src-main/domain/experiments/experiment-outcome.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { type FactorAxis, factorAxis } from "./factor-axis.ts";

export interface OutcomePoint {
  readonly key: string;
  /** From 0 to 1 along the axis. */
  readonly place: number;
  readonly text: string;
  readonly finished: number;
  readonly spread: Spread;
}

export interface OutcomeLine {
  readonly label: string;
  /** Place in the fixed order of hues. */
  readonly hue: number;
  readonly points: readonly OutcomePoint[];
}

export interface OutcomeLines {
  readonly axis: FactorAxis;
  readonly lines: readonly OutcomeLine[];
}

/**
 * @param along the factor of the axis, by number
 * @param by the factor of the lines; null for one line
 * @param held a row whose levels all other factors are held at
 */
export function outcomeLines(
  { request, rows }: Pick<ExperimentView, "request" | "rows">,
  metric: Metric,
  { along, by, held }: { readonly along: number; readonly by: number | null; readonly held: ExperimentRow | null },
): OutcomeLines {
  const axis = factorAxis(request.factors[along]!, along, rows);
  const isHeld = (row: ExperimentRow) =>
    held === null ||
    row.levels.every((level, index) => index === along || index === by || keyAt(held, index) === levelKey(level));
  const shown = rows.filter(isHeld);
  const series = by === null ? [null] : factorAxis(request.factors[by]!, by, rows).ticks;
  const lines = series.map((level, hue) => ({
    label: level?.text ?? "",
    hue,
    points: axis.ticks.flatMap(({ key, place, text }) => {
      const row = shown.find((one) => keyAt(one, along) === key && (level === null || keyAt(one, by!) === level.key));
      const spread = row?.validation[metric.id] ?? null;
      return row && spread ? [{ key, place, text, finished: row.finished, spread }] : [];
    }),
  }));
  return { axis, lines };
}

function keyAt({ levels }: ExperimentRow, index: number): string {
  const level = levels[index];
  return level === undefined ? "" : levelKey(level);
}

/** What the value axis has to show: each mean, with its interval, and the levels that they are read against. A share's axis ends where shares do. */
export function outcomeRange(
  lines: readonly OutcomeLine[],
  { levels, isShare }: { readonly levels: readonly number[]; readonly isShare: boolean },
): { readonly low: number; readonly high: number } | null {
  const values = lines.flatMap(({ points }) =>
    points.flatMap(({ spread }) => [
      spread.mean,
      spread.interval?.low ?? spread.mean,
      spread.interval?.high ?? spread.mean,
    ]),
  );
  if (values.length === 0) return null;
  const [low, high] = [Math.min(...values, ...levels), Math.max(...values, ...levels)];
  const margin = high > low ? 0.05 * (high - low) : Math.max(Math.abs(high) * 0.1, 0.01);
  const [least, most] = isShare ? [0, 1] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return { low: Math.max(least, low - margin), high: Math.min(most, high + margin) };
}
