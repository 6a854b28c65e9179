import { targetFloor } from "../runs/objective-floor.ts";
import type { Metric } from "./metric.ts";

export const objectiveFloor = {
  id: "objectiveFloor",
  title: "Objective floor",
  unit: "loss",
  better: null,
  about: "Entropy of the targets, or what their margins cannot give: no network's objective can lie below it.",
  formula: ({ loss, classes, smoothing }) => targetFloor(loss, classes, smoothing),
  floorOf: "objective",
} as const satisfies Metric;
