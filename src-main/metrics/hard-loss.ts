import { logSoftmax } from "./softmax.ts";

/** Mean over pictures of −ln p(true class), in nats. */
export function hardLoss(logits: Float32Array, labels: Int32Array, classes: number): number {
  let sum = 0;
  labels.forEach((label, picture) => {
    sum -= logSoftmax(logits, picture, classes)[label]!;
  });
  return sum / labels.length;
}
