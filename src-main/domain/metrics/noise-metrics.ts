/**
 * How training pictures whose labels were made wrong, and the others, are answered after each epoch: a network that learns by heart answers the wrong labels
 * (Zhang et al. 2017). Training records them where labels are wrong; no evaluation of a split has them.
 */
import type { Metric } from "./metric.ts";

const ofNoise = {
  unit: "fraction",
  formula: null,
  shownSplit: "train",
  isOfLabelNoise: true,
} as const;

export const cleanTop1 = {
  id: "cleanTop1",
  title: "Clean pictures",
  longTitle: "Clean training pictures, answered right",
  better: "higher",
  about: "Share of training pictures with their true label whose likeliest class is that label.",
  chartNumber: 5,
  ...ofNoise,
} as const satisfies Metric;

export const flippedTrueTop1 = {
  id: "flippedTrueTop1",
  title: "Wrong label, true answer",
  longTitle: "Wrong labels, answered by the true class",
  better: "higher",
  about: "Share of training pictures with a wrong label whose likeliest class is the true one.",
  chartNumber: 6,
  ...ofNoise,
} as const satisfies Metric;

export const flippedGivenTop1 = {
  id: "flippedGivenTop1",
  title: "Wrong label, memorised",
  longTitle: "Wrong labels, memorised",
  better: "lower",
  about: "Share of training pictures with a wrong label whose likeliest class is that label.",
  also: ["memorisation", "flipped labels"],
  chartNumber: 7,
  ...ofNoise,
} as const satisfies Metric;
