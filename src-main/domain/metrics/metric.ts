/** What the file of one metric tells. Charts, tables, run fields, sweeps, documents and what training monitors are made of it, and have no special cases. */
import type { Loss } from "../../contract/architecture.ts";
import type { EvaluationResult, MetricId } from "../../contract/metric.ts";
import type { Prediction } from "../../contract/run.ts";

/** What an evaluation has of one split, which a formula makes its value of. Arrays hold one row of `classes` values a picture. */
export interface Evaluated {
  readonly logits: Float32Array;
  /** True classes. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** What follows from the logits, picture by picture. */
  readonly predictions: readonly Prediction[];
  /** What the objective is made of. */
  readonly loss: Loss;
  /** One-hot or smoothed; label noise is never in them. */
  readonly targets: Float32Array;
  /** ε of the targets. */
  readonly smoothing: number;
  /** ½ · weight decay · Σw², as it is in the objective while training. */
  readonly penalty: number;
}

export interface Metric {
  /** In points, documents and conditions, and in the record. */
  readonly id: MetricId;
  /** Over its column, and where it is chosen. */
  readonly title: string;
  /** Over its chart, where that says more. */
  readonly longTitle?: string;
  /** `loss` is the network's own: nats, or the margins of a hinge loss, which have no unit. A fraction is in 0–1. */
  readonly unit: "nats" | "loss" | "fraction" | "images/s" | "none";
  /** Decimals in which it is shown; a fraction that has them is shown as such, and else in percent. */
  readonly decimals?: number;
  /** Which way is better; null where neither is. */
  readonly better: "lower" | "higher" | null;
  /** Which way is better from epoch to epoch of one run, where runs cannot be compared by it. */
  readonly betterWithin?: "lower" | "higher";
  /** What it is, in one sentence. */
  readonly about: string;
  /** Other words that people have for it. */
  readonly also?: readonly string[];
  /** Null for what is recorded while training alone. */
  readonly formula: ((evaluated: Evaluated) => number) | null;
  /** It says something from so many classes on, and is left out below. */
  readonly leastClasses?: number;
  /** The metric that cannot lie below this one: it stands beside that one, and is not drawn. */
  readonly floorOf?: MetricId;
  /** It is recorded of every training batch, too. */
  readonly isOfBatches?: true;
  /** It counts pictures, so that an interval can be told. */
  readonly isShareOfPictures?: true;
  /** Shown in tables before anyone asked for it. */
  readonly isMain?: true;
  /** Recorded where training labels are wrong, and shown beside such runs alone. */
  readonly isOfLabelNoise?: true;
  /** Its place among the charts of pages; missing where it has none. */
  readonly chartNumber?: number;
  /** The split that its curve and its latest value are of, where that is not validation. */
  readonly shownSplit?: "train";
}

/** Its value in a result; null where it has none. */
export function valueIn(result: EvaluationResult | null | undefined, { id }: Pick<Metric, "id">): number | null {
  return result?.[id] ?? null;
}
