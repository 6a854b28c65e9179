import { logSoftmax } from "./softmax.ts";

/** Mean over pictures of −Σ target·ln p, in nats: the cross-entropy part of the objective. Both arrays hold rows of `classes` values. */
export function targetLoss(logits: Float32Array, targets: Float32Array, classes: number): number {
  const pictures = logits.length / classes;
  let sum = 0;
  for (let picture = 0; picture < pictures; picture++) {
    logSoftmax(logits, picture, classes).forEach((logProbability, position) => {
      const share = targets[picture * classes + position]!;
      // A class without a share adds nothing even where its probability has underflowed.
      if (share > 0) sum -= share * logProbability;
    });
  }
  return sum / pictures;
}
