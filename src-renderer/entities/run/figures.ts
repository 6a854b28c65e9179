/** The numbers that stand beside each run's name: the same metrics, in the same order, everywhere. */
import type { SplitName } from "../../../src-main/contract/dataset.ts";
import { type EvaluationResult, hasTop5, type MetricId, metrics } from "../../../src-main/contract/metric.ts";
import { metricValue } from "../../lib/format.ts";
import type { Columns } from "../../ui/charts/columns.ts";
import { lastPoint } from "../../ui/charts/columns.ts";
import type { CurveKey } from "./curves.ts";
import { epochMeans } from "./run-curves.ts";
import type { RunStyle } from "./run-styles.ts";

/** One column of figures: a metric with one value a run, in words; null where there is none yet. */
export interface Figure {
  readonly id: MetricId;
  readonly title: string;
  /** What the number is. */
  readonly about: string;
  /** The pictures that the column is over; null where the rows, or what stands above the table, say it. */
  readonly split: SplitName | null;
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

const liveMetrics = ["hardLoss", "objective", "top1", "ece", "largestLogit"] as const;
const finalMetrics = ["top1", "top5", "hardLoss", "objective", "ece", "largestLogit"] as const;

/** Losses on their way out of the finite numbers: too large to be read digit by digit. */
export function isBeyondReading(value: number): boolean {
  return Math.abs(value) >= 1e5;
}

/** A metric's value in words, with a power of ten once it is beyond reading. */
export function recordedValue(value: number, id: MetricId): string {
  return isBeyondReading(value) ? value.toExponential(1).replace("e+", "e") : metricValue(value, metrics[id]);
}

function figure(id: MetricId, values: readonly (number | null | undefined)[], split: SplitName | null): Figure {
  const words = values.map((value) => (value === null || value === undefined ? null : recordedValue(value, id)));
  return { id, title: metrics[id].title, about: metrics[id].about, split, values: words };
}

/**
 * Where the runs stand now: of the last epoch on the validation pictures; the objective is the mean of the last
 * epoch's batches, as its chart has it, and before the first epoch's end the latest batch's.
 */
export function liveFigures(runStyles: readonly RunStyle[], curve: (key: CurveKey) => Columns): Figure[] {
  return liveMetrics.map((metric) => {
    const split = metric === "objective" ? "train" : "validation";
    const values = runStyles.map(({ run }) => {
      if (split === "validation") return lastPoint(curve({ runId: run.id, metric, split, cadence: "epoch" }))?.y;
      const batches = curve({ runId: run.id, metric, split, cadence: "batch" });
      return (lastPoint(epochMeans(batches)) ?? lastPoint(batches))?.y;
    });
    return figure(metric, values, split);
  });
}

/** Figures of one look at one split, a column a metric. */
export function finalFigures(results: readonly (EvaluationResult | null)[], classes: number): Figure[] {
  return finalMetrics
    .filter((metric) => metric !== "top5" || hasTop5(classes))
    .map((metric) =>
      figure(
        metric,
        results.map((result) => result?.[metric]),
        null,
      ),
    );
}
