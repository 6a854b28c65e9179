import type { Metric } from "./metric.ts";
import { targetLoss } from "./target-loss.ts";

/** Mean over pictures of the loss against the targets, with weight decay; auxiliary heads take no part here. */
export const objective = {
  id: "objective",
  title: "Objective",
  unit: "loss",
  better: null,
  betterWithin: "lower",
  about:
    "What the optimiser minimises: the network's own loss against this arm's targets, weight decay and, while training, auxiliary heads.",
  formula: ({ loss, logits, targets, classes, penalty }) => targetLoss(loss, logits, targets, classes) + penalty,
  isOfBatches: true,
  chartNumber: 2,
  shownSplit: "train",
} as const satisfies Metric;
