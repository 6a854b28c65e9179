/** Recorded values, by the metrics that they are of. "No value yet" is no value, never 0 or NaN. */

/** Of a file in `domain/metrics`; a record may have some of a version that has others. */
export type MetricId = string;

/** One recorded value. `step` counts optimiser steps from 1; a value of an epoch stands at that epoch's last step. */
export interface MetricPoint {
  readonly metric: MetricId;
  readonly split: "train" | "validation" | "test";
  readonly cadence: "batch" | "epoch";
  readonly step: number;
  readonly epoch: number;
  readonly value: number;
}

/**
 * What an evaluation of one split gave: by each metric its value, missing where it has none. Fractions in 0–1; losses in nats, but for the objective of a
 * network trained on margins, which has no unit.
 */
export interface EvaluationResult {
  readonly pictures: number;
  readonly [metric: MetricId]: number | undefined;
}

/** One run's values of one metric, thinned for drawing. Columns of equal length. */
export interface SeriesView {
  readonly runId: number;
  readonly metric: MetricId;
  readonly split: MetricPoint["split"];
  readonly cadence: MetricPoint["cadence"];
  readonly steps: readonly number[];
  readonly values: readonly number[];
}
