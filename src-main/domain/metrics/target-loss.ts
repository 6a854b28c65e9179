import type { Loss } from "../../contract/architecture.ts";
import { logSoftmax } from "./softmax.ts";

/** Mean over pictures of the part of the objective that has targets. Both arrays hold rows of `classes` values. */
export function targetLoss(loss: Loss, logits: Float32Array, targets: Float32Array, classes: number): number {
  return loss === "hinge" ? multiClassHinge(logits, targets, classes) : crossEntropy(logits, targets, classes);
}

/** −Σ target·ln p, in nats. */
function crossEntropy(logits: Float32Array, targets: Float32Array, classes: number): number {
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

/** Σ_k target_k · Σ_{j≠k} max(0, 1 − score_k + score_j), in margins (Weston & Watkins 1999). */
function multiClassHinge(scores: Float32Array, targets: Float32Array, classes: number): number {
  let sum = 0;
  for (let start = 0; start < scores.length; start += classes) {
    const row = scores.subarray(start, start + classes);
    row.forEach((own, position) => {
      const share = targets[start + position]!;
      if (share === 0) return;
      for (const [other, score] of row.entries()) if (other !== position) sum += share * Math.max(0, 1 - own + score);
    });
  }
  return (sum * classes) / scores.length;
}
