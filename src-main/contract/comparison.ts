/** Runs side by side. */
import type { SplitName } from "./dataset.ts";
import type { EvaluationResult } from "./metric.ts";
import type { ConfusionMatrix, RunView } from "./run.ts";

/** Runs that can be compared at once: more are told apart by an experiment's table, and not by curves. */
export const mostCompared = 20;

/** A picture that at least one run got wrong. */
export interface Mistake {
  readonly example: number;
  readonly label: number;
  /** One a run, in the order asked for. */
  readonly answers: readonly { readonly answer: number; readonly confidence: number }[];
}

export interface SettingDifference {
  /** Path of the setting, e.g. `training.smoothing`. */
  readonly setting: string;
  readonly values: readonly unknown[];
}

/** Of runs on versions of one data set: the pictures of the split that every version has with the same bytes and label, which all figures are of. */
export interface SharedPictures {
  readonly pictures: number;
  /** Pictures of the split that each run answered and another version has not, or otherwise; one number a run. */
  readonly leftOut: readonly number[];
}

/** Two runs side by side. Arrays have one entry a run, in the order asked for. */
export interface ComparisonView {
  readonly runs: readonly RunView[];
  readonly differences: readonly SettingDifference[];
  /** The split that final metrics, matrices and mistakes come from: test where there is one. */
  readonly split: SplitName | null;
  /** How often the test pictures of the first run's data set were looked at; null where the split is another. */
  readonly testLooks: number | null;
  /** Null where all were trained on the same pictures. */
  readonly shared: SharedPictures | null;
  /** What labels and answers are numbered by: the first run's classes, then those that another version alone has. */
  readonly classes: readonly string[];
  readonly results: readonly (EvaluationResult | null)[];
  readonly confusions: readonly (ConfusionMatrix | null)[];
  /** Pictures that at least one run got wrong, the most confident mistake first. */
  readonly mistakes: readonly Mistake[];
  /**
   * Paired over the same pictures: B's top-1 less A's with a 95 % interval for these pictures, one seed.
   * Null where a run has no predictions yet.
   */
  readonly top1Difference: DifferenceWithInterval | null;
  /** The same of the hard loss in nats. Null, too, where a probability was too small to be recorded. */
  readonly hardLossDifference: DifferenceWithInterval | null;
  /** The same of the ECE, wider by what chance may add to it. */
  readonly eceDifference: DifferenceWithInterval | null;
  /** McNemar's exact test on the same pictures. */
  readonly mcnemar: { readonly onlyFirstRight: number; readonly onlySecondRight: number; readonly p: number } | null;
}

/** Of the second run less the first. */
export interface DifferenceWithInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
