import type { Metric } from "./metric.ts";
import { topK } from "./top-k.ts";

export const top1 = {
  id: "top1",
  title: "Top-1",
  longTitle: "Top-1 accuracy",
  unit: "fraction",
  better: "higher",
  about: "Share of pictures whose likeliest class is the true one.",
  also: ["accuracy", "acc"],
  formula: ({ logits, labels, classes }) => topK(logits, labels, classes, 1),
  isShareOfPictures: true,
  isMain: true,
  chartNumber: 3,
} as const satisfies Metric;
