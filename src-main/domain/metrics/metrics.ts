/** Every metric, one file each, in the order in which they are shown. Nothing else lists them. */
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { MetricId } from "../../contract/metric.ts";
import { ece } from "./ece.ts";
import { hardLoss } from "./hard-loss.ts";
import { imagesPerSecond } from "./images-per-second.ts";
import { largestLogit } from "./largest-logit.ts";
import { learningRate } from "./learning-rate.ts";
import { lossScale } from "./loss-scale.ts";
import type { Metric } from "./metric.ts";
import { cleanTop1, flippedGivenTop1, flippedTrueTop1 } from "./noise-metrics.ts";
import { objective } from "./objective.ts";
import { objectiveFloor } from "./objective-floor.ts";
import { stepsSkipped } from "./steps-skipped.ts";
import { top1 } from "./top-1.ts";
import { top5 } from "./top-5.ts";

export const metrics: readonly Metric[] = [
  top1,
  top5,
  hardLoss,
  objective,
  objectiveFloor,
  ece,
  largestLogit,
  learningRate,
  lossScale,
  stepsSkipped,
  imagesPerSecond,
  cleanTop1,
  flippedTrueTop1,
  flippedGivenTop1,
];

/** The metric of this id; undefined for none. */
export function metricOf(id: MetricId, all: readonly Metric[] = metrics): Metric | undefined {
  return all.find((metric) => metric.id === id);
}

/** What an evaluation gives, floors among it. @param classes leaves out what says nothing of so few */
export function evaluatedMetrics(
  classes = Number.POSITIVE_INFINITY,
  all: readonly Metric[] = metrics,
): readonly Metric[] {
  return all.filter(({ formula, leastClasses = 0 }) => formula !== null && classes >= leastClasses);
}

/** What has a column and a curve of its own. */
export function shownMetrics(classes = Number.POSITIVE_INFINITY, all: readonly Metric[] = metrics): readonly Metric[] {
  return evaluatedMetrics(classes, all).filter(({ floorOf }) => floorOf === undefined);
}

/** What pictures and answers alone say, whatever the network was trained on: no objective. */
export function answeredMetrics(classes: number): readonly Metric[] {
  return evaluatedMetrics(classes, [top1, top5, hardLoss, ece, largestLogit]);
}

/** What stands in tables before anyone asked. */
export function mainMetrics(all: readonly Metric[] = metrics): readonly Metric[] {
  return shownMetrics(undefined, all).filter(({ isMain }) => isMain);
}

/** What pages draw of runs, in order. */
export function chartedMetrics(
  runs: readonly { readonly configuration: Pick<RunConfiguration, "training"> }[],
  all: readonly Metric[] = metrics,
): readonly Metric[] {
  const place = ({ chartNumber = Number.POSITIVE_INFINITY }: Metric) => chartNumber;
  const hasNoise = runs.some(({ configuration }) => configuration.training.labelNoise > 0);
  return all
    .filter(({ chartNumber, isOfLabelNoise = false }) => chartNumber !== undefined && (hasNoise || !isOfLabelNoise))
    .sort((a, b) => place(a) - place(b));
}
