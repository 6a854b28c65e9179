/** The numbers that stand beside each run's name: the same metrics, in the same order, everywhere. */
import type { SplitName } from "../../../src-main/contract/dataset.ts";
import type { EvaluationResult, MetricId } from "../../../src-main/contract/metric.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import { type Metric, valueIn } from "../../../src-main/domain/metrics/metric.ts";
import { metricUnit } from "../../../src-main/domain/metrics/metric-unit.ts";
import { metrics, shownMetrics } from "../../../src-main/domain/metrics/metrics.ts";
import { metricValue } from "../../lib/format.ts";
import type { Columns } from "../../ui/charts/columns.ts";
import { lastPoint } from "../../ui/charts/columns.ts";
import type { CurveKey } from "./curves.ts";
import { epochMeans } from "./epoch-means.ts";
import type { RunStyle } from "./run-styles.ts";

/** One column of figures: a metric with one value a run, in words; null where there is none yet. */
export interface Figure {
  readonly id: MetricId;
  readonly title: string;
  /** What the number is. */
  readonly about: string;
  /** The pictures that the column is over; null where the rows, or what stands above the table, say it. */
  readonly split: SplitName | null;
  /** Beside its title; missing where the values, or the title, say it. */
  readonly unit?: string | null;
  readonly values: readonly (string | null)[];
}

/** What one row of figures speaks of: a run, or one look at a run. */
export interface FigureRow {
  readonly key: string;
  readonly name: string;
  readonly hue: number;
}

export function rowsOf(runStyles: readonly RunStyle[]): FigureRow[] {
  return runStyles.map(({ run, name, hue }) => ({ key: String(run.id), name, hue }));
}

/** Losses on their way out of the finite numbers: too large to be read digit by digit. */
export function isBeyondReading(value: number): boolean {
  return Math.abs(value) >= 1e5;
}

/** A metric's value in words, with a power of ten once it is beyond reading. */
export function recordedValue(value: number, metric: Metric): string {
  return isBeyondReading(value) ? value.toExponential(1).replace("e+", "e") : metricValue(value, metric);
}

function figure(
  metric: Metric,
  values: readonly (number | null | undefined)[],
  { split, losses }: { readonly split: SplitName | null; readonly losses: readonly RunView["loss"][] },
): Figure {
  const words = values.map((value) => (value === null || value === undefined ? null : recordedValue(value, metric)));
  const { id, title, about } = metric;
  return { ...{ id, title, about, split }, unit: metricUnit(metric, losses), values: words };
}

/**
 * Where the runs stand now: of the last epoch on the validation pictures; a metric that is shown while training is the mean of the last
 * epoch's batches, as its chart has it, and before the first epoch's end the latest batch's.
 */
export function liveFigures(
  runStyles: readonly RunStyle[],
  curve: (key: CurveKey) => Columns,
  all: readonly Metric[] = metrics,
): Figure[] {
  return shownMetrics(runStyles[0]?.run.dataset.classes.length, all).map((metric) => {
    const split = metric.shownSplit ?? "validation";
    const values = runStyles.map(({ run }) => {
      const key = { runId: run.id, metric: metric.id, split } as const;
      if (split === "validation") return lastPoint(curve({ ...key, cadence: "epoch" }))?.y;
      const batches = curve({ ...key, cadence: "batch" });
      return (lastPoint(epochMeans(batches)) ?? lastPoint(batches))?.y;
    });
    return figure(metric, values, { split, losses: runStyles.map(({ run }) => run.loss) });
  });
}

/** Figures of one look at one split, a column a metric. */
export function finalFigures(
  results: readonly (EvaluationResult | null)[],
  { classes, losses }: { readonly classes: number; readonly losses: readonly RunView["loss"][] },
  all: readonly Metric[] = metrics,
): Figure[] {
  return shownMetrics(classes, all).map((metric) =>
    figure(
      metric,
      results.map((result) => valueIn(result, metric)),
      { split: null, losses },
    ),
  );
}
