/** Words of the Calibration page. */
import type { SplitName } from "../../../src-main/contract/dataset.ts";
import { ece } from "../../../src-main/domain/metrics/ece.ts";
import { titleWithScale } from "../../../src-main/domain/metrics/metric-unit.ts";
import { splitTexts } from "../../entities/run/run-texts.ts";
import { counted, decimal, percent } from "../../lib/format.ts";

export const calibrationTexts = {
  page: "Can its confidence be trusted?",
  over: "Calibration",
  loading: "Working out the calibration",
  none: "Calibration opens from the page of a run, and from Compare for several side by side.",
  figures: "Figures",
  meanConfidence: "Confidence",
  aboutConfidence: "Mean probability of the answer.",
  interval: "ECE, 95 % interval",
  aboutInterval:
    "Holds the ECE of many more pictures in some 95 of 100 cases or more, in these 15 bins; on 20 pictures or fewer in 88 at worst. It is wide: a percentile bootstrap is narrower, and wrong.",
  byChance: "ECE by chance",
  aboutByChance:
    "ECE of a perfectly calibrated network with these confidences on as many pictures: mean of simulated draws.",
  equalMass: "ECE, equal mass",
  aboutEqualMass: "The same over 15 bins of about as many pictures each.",
  brier: "Brier score",
  aboutBrier: "Mean of the squared distance of all probabilities from one-hot: 0 is best, 2 is worst.",
  between: ({ low, high }: { readonly low: number; readonly high: number }) =>
    `${decimal(low, 3)} to ${decimal(high, 3)}`,
  diagram: "Reliability",
  diagramOf: (name: string) => `Reliability of ${name}`,
  binsLabel: "Bins",
  equalWidth: "Equal width",
  equalMassBins: "Equal mass",
  accuracyAxis: "accuracy",
  confidenceAxis: "confidence",
  picturesAxis: "pictures",
  legend:
    "Dots: accuracy of the pictures of one bin, with Wilson’s 95 % interval. Band: where 95 % of perfectly calibrated networks with these confidences would be. Below: how many pictures each bin holds.",
  describe: (name: string, split: SplitName, pictures: number, error: number) =>
    `Reliability diagram of ${name}, ${splitTexts[split]}, ${counted(pictures, "picture")}: ${titleWithScale(ece)} ${decimal(error, 3)}`,
  bin: (above: number, upTo: number) => `${percent(above, 1)} to ${percent(upTo, 1)}`,
  inBin: (pictures: number, accuracy: number, confidence: number) =>
    `${counted(pictures, "picture")}: accuracy ${percent(accuracy)}, confidence ${percent(confidence)}`,
  table: "The bins as a table",
  binHead: "Confidence",
  pictures: "Pictures",
  meanInBin: "Mean confidence",
  accuracy: "Accuracy",
  chanceBand: "If calibrated",
  decomposition: "Scores of the answer, taken apart",
  decompositionTable: "Scores and their parts",
  decompositionAbout:
    "Of the probability that the answer is right, over 15 bins of equal width (Murphy 1973): score = reliability − resolution + uncertainty + rest. Reliability is what calibration costs; resolution is what telling sure from unsure answers gains.",
  run: "Run",
  scoreNames: { brier: "Brier score of the answer (0 to 1)", log: "Log score of the answer (nats)" },
  parts: {
    score: "Score",
    reliability: "Reliability",
    resolution: "Resolution",
    uncertainty: "Uncertainty",
    rest: "Rest",
  },
  infinite: "infinite: an answer had all the probability and was wrong",
  temperature: "Temperature scaling",
  temperatureAbout:
    "All logits are divided by one number, fitted on the validation pictures alone (Guo 2017). Which class is likeliest stays, so accuracy does too.",
  fitted: (temperature: number, pictures: number, isAtEnd: boolean) =>
    `T = ${decimal(temperature, 3)}${isAtEnd ? ", the end of what is tried" : ""}, fitted on ${counted(pictures, "validation picture")}`,
  before: "As trained",
  after: "With T",
  /** Rows of scores, with what each is in. */
  rows: {
    hardLoss: "Hard loss (nats)",
    brier: "Brier score (0 to 2)",
    ece: titleWithScale(ece),
    interval: `${titleWithScale(ece)}, 95 % interval`,
    byChance: `${titleWithScale(ece)} by chance`,
  },
  gap: "Logit gap",
  gapAbout:
    "Mean over validation pictures of the largest logit less the mean of all. Against one-hot targets it grows without end; against smoothed ones the loss is least at (1\u00a0−\u00a01/K)·ln((1\u00a0−\u00a0ε)·K/ε\u00a0+\u00a01).",
  optimumLine: "optimum",
  optimum: (name: string) => `Optimum, ${name}`,
} as const;
