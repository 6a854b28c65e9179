/** Every metric says what it is, so that charts, tables and rules have no special cases. "No value yet" is null, never 0 or NaN. */

export const metricIds = [
  "hardLoss",
  "objective",
  "top1",
  "top5",
  "ece",
  "largestLogit",
  "learningRate",
  "imagesPerSecond",
] as const;
export type MetricId = (typeof metricIds)[number];

export interface MetricDescriptor {
  readonly id: MetricId;
  readonly title: string;
  readonly unit: "nats" | "fraction" | "none" | "images/s";
  /** Which way is better; null where neither is. */
  readonly better: "lower" | "higher" | null;
  readonly about: string;
}

export const metrics: Readonly<Record<MetricId, MetricDescriptor>> = {
  hardLoss: {
    id: "hardLoss",
    title: "Hard loss",
    unit: "nats",
    better: "lower",
    about: "Cross-entropy against the true class: the number to compare between arms.",
  },
  objective: {
    id: "objective",
    title: "Objective",
    unit: "nats",
    better: null,
    about:
      "What the optimiser minimises: the network's own loss against this arm's targets, weight decay and, while training, auxiliary heads.",
  },
  top1: {
    id: "top1",
    title: "Top-1",
    unit: "fraction",
    better: "higher",
    about: "Share of pictures whose likeliest class is the true one.",
  },
  top5: {
    id: "top5",
    title: "Top-5",
    unit: "fraction",
    better: "higher",
    about:
      "Share of pictures whose true class is among the five likeliest; left out where there are no more classes than that.",
  },
  ece: {
    id: "ece",
    title: "ECE",
    unit: "fraction",
    better: "lower",
    about: "Expected calibration error: how far confidence and accuracy lie apart, over 15 bins of confidence.",
  },
  largestLogit: {
    id: "largestLogit",
    title: "Logit gap",
    unit: "none",
    better: null,
    about: "Mean over pictures of the largest logit less the mean of the logits.",
  },
  learningRate: { id: "learningRate", title: "Learning rate", unit: "none", better: null, about: "Rate of the step." },
  imagesPerSecond: {
    id: "imagesPerSecond",
    title: "Images a second",
    unit: "images/s",
    better: "higher",
    about: "Training pictures over the time of their steps, evaluation left out; in a pair, each arm's own steps.",
  },
};

/** With five classes or fewer, every picture's class is among the five likeliest: top-5 is then left out, wherever it would be computed or shown. */
export function hasTop5(classes: number): boolean {
  return classes > 5;
}

/** One recorded value. `step` counts optimiser steps from 1; a value of an epoch stands at that epoch's last step. */
export interface MetricPoint {
  readonly metric: MetricId;
  readonly split: "train" | "validation" | "test";
  readonly cadence: "batch" | "epoch";
  readonly step: number;
  readonly epoch: number;
  readonly value: number;
}

/** What one look at one split gave. Fractions in 0–1; losses in nats, but for the objective of a network trained on margins, which has no unit. */
export interface EvaluationResult {
  readonly pictures: number;
  readonly top1: number;
  /** Null where `hasTop5` says so. */
  readonly top5: number | null;
  readonly hardLoss: number;
  readonly objective: number;
  /** Entropy of the targets, or what their margins cannot give: no network's objective can lie below it. */
  readonly objectiveFloor: number;
  readonly ece: number;
  readonly largestLogit: number;
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
