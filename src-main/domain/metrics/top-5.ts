import type { Metric } from "./metric.ts";
import { topK } from "./top-k.ts";

export const top5 = {
  id: "top5",
  title: "Top-5",
  unit: "fraction",
  better: "higher",
  about:
    "Share of pictures whose true class is among the five likeliest; left out where there are no more classes than that.",
  formula: ({ logits, labels, classes }) => topK(logits, labels, classes, 5),
  // With fewer, every picture's class is among the five likeliest.
  leastClasses: 6,
  isShareOfPictures: true,
} as const satisfies Metric;
