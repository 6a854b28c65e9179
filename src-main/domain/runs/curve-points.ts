/** Curves point by point, as tables have them. */
import type { MetricPoint, SeriesView } from "../../contract/metric.ts";
import type { CsvColumn } from "../csv.ts";
import { metricOf } from "../metrics/metrics.ts";

export type CurvePoint = Pick<MetricPoint, "metric" | "split" | "cadence" | "step" | "value">;

/** Curve after curve. */
export function curvePoints(series: readonly SeriesView[]): readonly CurvePoint[] {
  return series.flatMap(({ metric, split, cadence, steps, values }) =>
    steps.map((step, index) => ({ metric, split, cadence, step, value: values[index]! })),
  );
}

/** Of one run's points, each with its split and unit. */
export const pointColumns: readonly CsvColumn<CurvePoint>[] = [
  ...(["metric", "split", "cadence", "step", "value"] as const).map(
    (name): CsvColumn<CurvePoint> => [name, (point) => point[name]],
  ),
  ["unit", ({ metric }) => metricOf(metric)?.unit ?? ""],
];
