import type { Metric } from "./metric.ts";
import { logSoftmax } from "./softmax.ts";

/** Mean over pictures of −ln p(true class). */
export const hardLoss = {
  id: "hardLoss",
  title: "Hard loss",
  unit: "nats",
  better: "lower",
  about: "Cross-entropy against the true class: the number to compare between arms.",
  formula({ logits, labels, classes }) {
    let sum = 0;
    labels.forEach((label, picture) => {
      sum -= logSoftmax(logits, picture, classes)[label]!;
    });
    return sum / labels.length;
  },
  isOfBatches: true,
  isMain: true,
  chartNumber: 1,
} as const satisfies Metric;
