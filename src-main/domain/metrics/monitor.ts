/** What a run's best epoch, early stopping and the schedule on a plateau follow: one metric, after each epoch, on one split. */
import type { Monitor } from "../../contract/configuration.ts";
import { lowerFirst } from "../settings/setting.ts";
import { hardLoss } from "./hard-loss.ts";
import type { Metric } from "./metric.ts";
import { metricOf, metrics, shownMetrics } from "./metrics.ts";

/** Of every run until there was a choice. */
export const usualMonitor: Monitor = { metric: hardLoss.id, split: "validation" };

export const isUsualMonitor = ({ metric, split }: Monitor): boolean =>
  metric === usualMonitor.metric && split === usualMonitor.split;

/** As in "best epoch by hard loss": the validation pictures are what is looked at unless something else is said. */
export function monitorInWords({ metric, split }: Monitor): string {
  const title = lowerFirst(metricOf(metric)?.title ?? metric);
  return split === "validation" ? title : `${title} in training`;
}

/** What tells a better epoch from a worse one. @param split on training pictures only what batches give */
export function monitoredMetrics(
  split: Monitor["split"] = "validation",
  all: readonly Metric[] = metrics,
): readonly Metric[] {
  return shownMetrics(undefined, all).filter(
    (metric) => directionOf(metric) !== null && (split === "validation" || metric.isOfBatches),
  );
}

/** Why it cannot be followed; null where it can. */
export function monitorProblem(
  { metric: id, split }: Monitor,
  classes: number,
  all: readonly Metric[] = metrics,
): string | null {
  const metric = metricOf(id, all);
  const choices = monitoredMetrics(split, all);
  const offered = choices.map((choice) => choice.id).join(", ");
  if (metric === undefined) return `${id} is no metric; there are ${offered}`;
  const pictures = split === "train" ? "training" : split;
  if (!choices.includes(metric)) return `${id} cannot be followed on the ${pictures} pictures; choose of ${offered}`;
  return classes < (metric.leastClasses ?? 0) ? `${id} says nothing of ${classes} classes` : null;
}

/** The value turned so that lower is better. */
export function costOf({ metric }: Monitor, value: number, all: readonly Metric[] = metrics): number {
  return isBetterHigh(metric, all) ? -value : value;
}

/** Of a metric of another version nobody knows; it is taken for a loss. */
export function isBetterHigh(id: string, all: readonly Metric[] = metrics): boolean {
  const metric = metricOf(id, all);
  return metric !== undefined && directionOf(metric) === "higher";
}

function directionOf({ better, betterWithin }: Metric): Metric["better"] {
  return betterWithin ?? better;
}
