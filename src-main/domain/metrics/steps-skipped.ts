import type { Metric } from "./metric.ts";

export const stepsSkipped = {
  id: "stepsSkipped",
  title: "Steps skipped",
  unit: "none",
  better: null,
  about: "Float16 steps so far that moved nothing, since a gradient was not finite.",
  formula: null,
} as const satisfies Metric;
