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

/** When a run stood at a step: after the step's batch, or once more after what was evaluated behind it. */
export interface StepTime {
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly recordedAtMillis: number;
  /** In its own steps so far: without evaluation, pauses, waiting, and the steps of other arms. Goes on where a saved state left it. */
  readonly trainingMillis: number;
}

/** The same of one run, thinned for drawing. Columns of equal length, ascending; empty for a run that was trained before times were recorded. */
export interface RunTimesView {
  readonly runId: number;
  readonly steps: readonly number[];
  readonly trainingMillis: readonly number[];
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
