import type { Metric } from "./metric.ts";

export const learningRate = {
  id: "learningRate",
  title: "Learning rate",
  unit: "none",
  better: null,
  about: "Rate of the step.",
  formula: null,
  isOfBatches: true,
} as const satisfies Metric;
