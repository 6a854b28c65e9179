/** Curves point by point, as tables have them. */
import type { MetricPoint, SeriesView } from "../contract/metric.ts";

export type CurvePoint = Pick<MetricPoint, "metric" | "split" | "cadence" | "step" | "value">;

/** Curve after curve. */
export function curvePoints(series: readonly SeriesView[]): readonly CurvePoint[] {
  return series.flatMap(({ metric, split, cadence, steps, values }) =>
    steps.map((step, index) => ({ metric, split, cadence, step, value: values[index]! })),
  );
}
