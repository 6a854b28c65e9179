import type { Metric } from "./metric.ts";

export const imagesPerSecond = {
  id: "imagesPerSecond",
  title: "Images a second",
  unit: "images/s",
  better: "higher",
  about: "Training pictures over the time of their steps, evaluation left out; in a pair, each arm's own steps.",
  also: ["speed"],
  formula: null,
} as const satisfies Metric;
