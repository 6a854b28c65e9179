/**
 * What the optimiser minimises, and what arms are compared by.
 *
 * objective = L(target, trunk) + Σ head weight · L(target, head) + ½ · weight decay · Σ w² over kernels
 * hard loss = CE(true class, trunk)
 *
 * L is cross-entropy, or the hinge loss where the architecture says so. The hard loss is cross-entropy for all, so that networks can be compared.
 *
 * The hard loss always takes the true class: where label noise gave a picture a wrong one, only its target is wrong.
 */
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Loss } from "../contract/architecture.ts";
import type { TrainingSettings } from "../contract/configuration.ts";
import type { Outputs, Weight } from "../models/network.ts";
import { halfSquareSum } from "../tensorflow/kernels/half-square-sum.ts";
import { multiClassHinge } from "../tensorflow/kernels/multi-class-hinge.ts";
import { softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "../tensorflow/kernels/softmax-cross-entropy.ts";
import { tf } from "../tensorflow/runtime.ts";

export interface BatchTensors {
  /** float32 [pictures, side, side, 3] in [−1, 1] */
  readonly pixels: Tensor4D;
  /** float32 [pictures, classes]: one-hot or smoothed, with label noise where asked for */
  readonly targets: Tensor2D;
  /** int32 [pictures]: the true classes */
  readonly labels: Tensor1D;
  /** float32 [pictures], of sum 1: what each weighs in means over the batch */
  readonly shares: Tensor1D;
  /** The same in the objective: times the weight of its class where classes have weights */
  readonly targetShares: Tensor1D;
}

const targetLosses: Readonly<Record<Loss, (logits: Tensor2D, targets: Tensor2D) => Tensor1D>> = {
  "cross-entropy": softmaxCrossEntropy,
  hinge: multiClassHinge,
};

/** Mean over the batch, in nats; of the hinge loss, in margins. */
export function batchObjective(
  outputs: Outputs,
  { targets, shares }: Pick<BatchTensors, "targets" | "shares">,
  loss: Loss,
  weights: readonly Weight[],
  weightDecay: number,
): Scalar {
  const targetLoss = targetLosses[loss];
  const heads = outputs.auxiliary
    .filter((head) => head.weight > 0)
    .map((head) => tf.mul(mean(targetLoss(head.logits, targets), shares), head.weight));
  const penalty = weightDecay > 0 ? [tf.mul(squaresPenalty(weights), weightDecay)] : [];
  return [...heads, ...penalty].reduce<Scalar>(
    (sum, part) => tf.add(sum, part),
    mean(targetLoss(outputs.logits, targets), shares),
  );
}

/** Mean over the batch of −ln p(true class), in nats. */
export function batchHardLoss(logits: Tensor2D, { labels, shares }: Pick<BatchTensors, "labels" | "shares">): Scalar {
  return mean(sparseSoftmaxCrossEntropy(logits, labels), shares);
}

function mean(values: Tensor1D, shares: Tensor1D): Scalar {
  return tf.sum(tf.mul(values, shares));
}

/** λ of the ½·λ·Σw² in the objective: none where decay acts beside the optimiser. */
export function objectiveDecay({
  weightDecay,
  weightDecayKind,
}: Pick<TrainingSettings, "weightDecay" | "weightDecayKind">): number {
  return weightDecayKind === "l2" ? weightDecay : 0;
}

/** ½·Σw² over every kernel, those of auxiliary heads among them. */
export function squaresPenalty(weights: readonly Weight[]): Scalar {
  return tf.sum(tf.stack(weights.filter((weight) => weight.isDecayed).map((weight) => halfSquareSum(weight.variable))));
}
