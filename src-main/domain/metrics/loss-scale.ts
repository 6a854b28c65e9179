import type { Metric } from "./metric.ts";

export const lossScale = {
  id: "lossScale",
  title: "Loss scale",
  unit: "none",
  better: null,
  about: "What a float16 step multiplies its loss by on the way back; halved after a step that was skipped.",
  formula: null,
  isOfBatches: true,
} as const satisfies Metric;
