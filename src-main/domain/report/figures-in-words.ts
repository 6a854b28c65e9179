/** Figures of metrics as a report prints them, each with its unit. */
import type { EvaluationResult } from "../../contract/metric.ts";
import type { RunView } from "../../contract/run.ts";
import { countInWords, percentInWords } from "../health/words.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricUnit } from "../metrics/metric-unit.ts";
import { top1 } from "../metrics/top-1.ts";
import { roundedDecimal } from "../rounding.ts";
import { wilsonInterval } from "../statistics/wilson-interval.ts";

/** `53.1 %`, `1.2345 nats`, `–` for none; a scale stands beside its title (`titleWithScale`). @param loss what its network's losses are in */
export function figureInWords(value: number | null | undefined, metric: Metric, loss: RunView["loss"]): string {
  if (value == null) return "–";
  if (metric.unit === "fraction" && metric.decimals === undefined) return percentInWords(value);
  const digits = metric.decimals ?? (metric.unit === "images/s" ? 0 : metric.unit === "none" ? 3 : 4);
  const number = roundedDecimal(value, digits);
  const unit = metric.unit === "images/s" ? metric.unit : metricUnit(metric, [loss]);
  return unit === "nats" || unit === "images/s" ? `${number} ${unit}` : number;
}

/**
 * What may be said of a run's accuracy, on the split that it was looked at last. Nothing without a look.
 * @param largestShare of the largest class among these pictures; null where it is not known
 */
export function accuracySentences(
  result: EvaluationResult | null,
  split: "test" | "validation",
  { classes, largestShare = null }: { readonly classes: number; readonly largestShare?: number | null },
): readonly string[] {
  const share = result?.[top1.id];
  const interval = result && share !== undefined ? wilsonInterval(share, result.pictures) : null;
  if (result === null || share === undefined || interval === null) return [];
  const [low, high] = [interval.low, interval.high].map(percentInWords);
  const chance = 1 / classes;
  const isChance = interval.low <= chance && chance <= interval.high;
  return [
    `Top-1 accuracy is ${percentInWords(share)} on ${countInWords(result.pictures, `${split} picture`)}: 95 % interval ${low} to ${high} over these pictures (Wilson), for this one trained network. Another seed may give another figure.`,
    ...(isChance
      ? [
          `The interval holds ${percentInWords(chance)}, which guessing among ${classes} classes comes to: on so many pictures it cannot be told from chance.`,
        ]
      : []),
    ...(largestShare === null || largestShare - chance < sameShare ? [] : largestSentences(largestShare, interval)),
  ];
}

/** Closer to chance, the largest class is as large as the others. */
const sameShare = 0.005;

/** Of classes of unequal size, guessing the largest is the better guess. */
function largestSentences(share: number, { low, high }: { readonly low: number; readonly high: number }) {
  const comesTo = `${percentInWords(share)}, which always naming the largest class of these pictures comes to`;
  if (share < low) return [];
  return [share > high ? `It lies below ${comesTo}.` : `The interval holds ${comesTo}: it cannot be told from that.`];
}
