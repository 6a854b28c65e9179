import type { Metric } from "./metric.ts";

/** Adding a constant to all logits leaves it as it is, as it leaves softmax. */
export const largestLogit = {
  id: "largestLogit",
  title: "Logit gap",
  unit: "none",
  decimals: 1,
  better: null,
  about: "Mean over pictures of the largest logit less the mean of the logits.",
  formula({ logits, classes }) {
    const pictures = logits.length / classes;
    let sum = 0;
    for (let picture = 0; picture < pictures; picture++) {
      const row = logits.subarray(picture * classes, (picture + 1) * classes);
      let largest = Number.NEGATIVE_INFINITY;
      let total = 0;
      for (const logit of row) {
        largest = Math.max(largest, logit);
        total += logit;
      }
      sum += largest - total / classes;
    }
    return sum / pictures;
  },
} as const satisfies Metric;
