/** Words of the lesson on the steps to Inception-v3. */

import type { TrainingSettings } from "../../../../src-main/contract/configuration.ts";
import type { ExperimentView } from "../../../../src-main/contract/experiment.ts";
import { optimizerInWords } from "../../../../src-main/domain/optimizer-words.ts";
import { roundedDecimal, roundedPoints } from "../../../../src-main/domain/rounding.ts";
import { counted, percent } from "../../../lib/format.ts";
import { isolated } from "../../../lib/names.ts";
import type { Measured } from "../own-error.ts";
import type { LadderRow } from "./ladder-rows.ts";

const interval = ({ interval: told }: Measured, format: (value: number) => string): string =>
  told === null ? "" : ` (${format(told.low)} to ${format(told.high)})`;
const inPercent = (share: number) => roundedDecimal(100 * share, 1);
const points = (share: number) => roundedPoints(share);
/** A step whose interval holds 0 may be none. */
const isTold = (step: Measured | null): step is Measured & { readonly interval: { low: number; high: number } } =>
  step !== null && step.interval !== null && (step.interval.low > 0 || step.interval.high < 0);

/** `validation, 500 pictures`; without their number where it is not known, or not the same for all. */
const ofSplit = (split: string, pictures: number | null): string =>
  pictures === null ? split : `${split}, ${counted(pictures, "picture")}`;

export const ladderTexts = {
  sheet: "Table 3, and yours",
  run: "Run Table 3 on my pictures",
  which: "Experiment",
  experiment: ({ id, finished, runIds }: ExperimentView) =>
    `Experiment ${id}, ${finished} of ${counted(runIds.length, "run")} finished`,
  rungAxis: "steps, each with all before it",
  errorAxis: "top-1 error: hollow the paper’s, filled yours",
  oneAxis: "top-1 error",
  rungTick: (place: number) => String(place),
  percentTick: (share: number) => percent(share, 0),
  paperLegend: "Table 3, ImageNet, validation, one look",
  ownLegend: (dataset: string, pictures: number | null) =>
    `Yours, ${isolated(dataset)}, ${ofSplit("validation", pictures)}`,
  differs: (dataset: string) =>
    `Two data sets on one axis: the paper’s errors are of ImageNet’s 1,000 classes at 299 px, yours of ${isolated(dataset)} with compact networks. Compare the steps, not the heights.`,
  paperSaid:
    "Szegedy et al. (2016) found the largest step to be “+ factorised 7×7”: 1.2 points of top-1 error for a quarter more multiply-adds, where the others are 0.3 to 0.4 points each.",
  ownSaid: (rows: readonly LadderRow[]) => {
    const steps = rows.flatMap(({ rung, step }) => (step ? [{ name: rung.name, step }] : []));
    if (steps.length === 0) return "Your ladder has no step yet of which both rungs have finished.";
    const told = steps.filter(({ step }) => isTold(step));
    const untold = steps.length - told.length;
    const sure = told.map(({ name, step }) => `${name} ${points(step.mean)}${interval(step, points)} points`);
    return [
      told.length === 0
        ? `None of your ${counted(steps.length, "step")} stands out from chance: ${ladderTexts.untold(steps)}.`
        : `Of your steps ${sure.length === 1 ? "one stands" : `${sure.length} stand`} out from chance: ${sure.join("; ")}.`,
      told.length > 0 && untold > 0 ? `The other ${counted(untold, "step")} may be chance.` : "",
    ]
      .filter((sentence) => sentence !== "")
      .join(" ");
  },
  /** Why none is told: two seeds make an interval. */
  untold: (steps: readonly { readonly step: Measured }[]) =>
    steps.every(({ step }) => step.interval === null)
      ? "one seed shows no interval, so that it cannot be told"
      : "each interval holds 0, so that the step may be none",
  sentence: (said: readonly string[]) => `Top-1 error by the steps to Inception-v3. ${said.join(" ")}`,
  pointTitle: (name: string, error: string, whose: string) => `${name}: ${error}, ${whose}`,
  table: "Step by step",
  tableScroll: "The paper’s column beside yours, step by step",
  step: "Step",
  network: "Network here",
  paper: "Table 3, top-1",
  paperStep: "its step",
  paperTop5: "top-5",
  billions: "multiply-adds",
  own: (pictures: number | null) => `Yours, ${ofSplit("validation", pictures)}`,
  ownStep: "your step",
  ownTest: (pictures: number | null) => ofSplit("test", pictures),
  runs: "Runs",
  none: "–",
  percentValue: (value: number | undefined) => (value === undefined ? "–" : `${value.toFixed(1)} %`),
  billionsValue: (value: number) => `${value.toFixed(1)} G`,
  pointsValue: (value: number | null) => (value === null ? "" : roundedPoints(value / 100)),
  errorValue: (error: Measured | null) =>
    error === null ? "–" : `${percent(error.mean)}${interval(error, inPercent)}`,
  meanError: ({ mean }: Measured) => percent(mean),
  meanStep: ({ mean }: Measured) => points(mean),
  /** Alone, below its mean: `(1.0 to 2.0)`. */
  errorRange: (error: Measured) => interval(error, inPercent).trim(),
  stepRange: (step: Measured) => interval(step, points).trim(),
  noOwn: "No ladder is on record yet.",
  caveat:
    "What stands for each rung is the table that the paper prints, whose widths inside modules are not printed: here Inception-v2 costs 5.9 and 6.4 billion multiply-adds at 299 px where the paper’s cost 3.8 and 4.8. Intervals are 95 %, by Student’s t over seeds; a step is the difference of runs of the same seed.",

  dialog: "Run Table 3 on my pictures",
  dialogText: "Five named arms, each with all steps before it, with three seeds.",
  recipe: ({ epochs, batchSize, optimizer, learningRate }: TrainingSettings, after: TrainingSettings, pixels: number) =>
    `Compact networks at ${pixels} px, ${counted(epochs, "epoch")} of batches of ${batchSize}, with the compact preset’s schedule, clipping and augmentation: the paper’s 100 epochs on 50 replicas do not fit here. Of the paper’s are ${optimizerInWords(optimizer)}, then ${optimizerInWords(after.optimizer)}, their rate of ${learningRate}, and ε = ${after.smoothing}.`,
} as const;
