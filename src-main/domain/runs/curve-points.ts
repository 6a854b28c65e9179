/** Curves point by point, as tables have them. */
import type { MetricPoint, SeriesView, StepTime } from "../../contract/metric.ts";
import type { RunView } from "../../contract/run.ts";
import type { CsvColumn } from "../csv.ts";
import { metricOf } from "../metrics/metrics.ts";
import { trainingPictures } from "./run-values.ts";
import { recordedMoments, timesByStep, trainingMillisAt } from "./step-times.ts";

export interface CurvePoint extends Pick<MetricPoint, "metric" | "split" | "cadence" | "step" | "value"> {
  /** In the run's own steps up to this one; null where no times were recorded. */
  readonly trainingSeconds: number | null;
  /** Milliseconds since 1970; null where no times were recorded up to it. */
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

/** What of a run says how many pictures its values are over. */
export type LookedAt = Pick<RunView, "configuration" | "dataset" | "test" | "validation">;

/** How many pictures a value is over; null where it cannot be read. A batch that is not full has fewer. */
export function picturesOfPoint(
  run: LookedAt,
  { metric, split, cadence }: Pick<CurvePoint, "metric" | "split" | "cadence">,
): number | null {
  if (split !== "train") return run[split]?.pictures ?? null;
  // A rate is of none; of pictures with clean and with wrong labels as many are looked at as there are, up to a number.
  if (metricOf(metric)?.formula == null) return null;
  return cadence === "batch" ? run.configuration.training.batchSize : trainingPictures(run);
}

/** Of this run's points, each with its split, unit and number of pictures. */
export const pointColumns = (run: RunView): readonly CsvColumn<CurvePoint>[] => [
  ...(["metric", "split", "cadence", "step", "value"] as const).map(
    (name): CsvColumn<CurvePoint> => [name, (point) => point[name]],
  ),
  ["unit", ({ metric }) => metricOf(metric)?.unit ?? ""],
  ["pictures", (point) => picturesOfPoint(run, point) ?? ""],
  ["training_seconds", ({ trainingSeconds }) => trainingSeconds ?? ""],
];
