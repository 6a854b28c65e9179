/** Curves point by point, as tables have them. */
import type { MetricPoint, SeriesView, StepTime } from "../../contract/metric.ts";
import type { CsvColumn } from "../csv.ts";
import { metricOf } from "../metrics/metrics.ts";
import { recordedMoments, timesByStep, trainingMillisAt } from "./step-times.ts";

export interface CurvePoint extends Pick<MetricPoint, "metric" | "split" | "cadence" | "step" | "value"> {
  /** In the run's own steps up to this one; null where no times were recorded. */
  readonly trainingSeconds: number | null;
  /** Milliseconds since 1970; null where no times were recorded. */
  readonly recordedAtMillis: number | null;
}

/** Curve after curve. @param times of the run, by step, then by moment */
export function curvePoints(series: readonly SeriesView[], times: readonly StepTime[]): readonly CurvePoint[] {
  const columns = timesByStep(times);
  const momentOf = recordedMoments(times);
  const secondsAt = (step: number): number | null => {
    const millis = trainingMillisAt(columns, step);
    return millis === null ? null : Math.round(millis) / 1_000;
  };
  return series.flatMap(({ metric, split, cadence, steps, values }) =>
    steps.map((step, index) => ({
      ...{ metric, split, cadence, step, value: values[index]! },
      ...{ trainingSeconds: secondsAt(step), recordedAtMillis: momentOf({ step, cadence }) },
    })),
  );
}

/** Of one run's points, each with its split and unit. */
export const pointColumns: readonly CsvColumn<CurvePoint>[] = [
  ...(["metric", "split", "cadence", "step", "value"] as const).map(
    (name): CsvColumn<CurvePoint> => [name, (point) => point[name]],
  ),
  ["unit", ({ metric }) => metricOf(metric)?.unit ?? ""],
  ["training_seconds", ({ trainingSeconds }) => trainingSeconds ?? ""],
];
