/** The hinge loss of a support vector machine over several classes, of TensorFlow's own ops. */
import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../runtime.ts";
import { relu } from "./activation.ts";

/**
 * Σ_k target_k · Σ_{j≠k} max(0, 1 − score_k + score_j) of each picture, differentiable in the scores (Weston & Watkins 1999, of which this is the mean
 * over a target's classes). Holds pictures · classes² values on the way.
 * @param scores [pictures, classes]
 * @param targets [pictures, classes], each row sums to 1
 * @returns [pictures]
 */
export function multiClassHinge(scores: Tensor2D, targets: Tensor2D): Tensor1D {
  const own = tf.expandDims<Tensor2D>(scores, 2);
  const others = tf.expandDims<Tensor2D>(scores, 1);
  const shortfalls = relu(tf.add(tf.sub(others, own), 1));
  // Each class falls short of itself by the margin of 1, which is not its loss.
  const losses = tf.sub(tf.sum(shortfalls, 2), 1);
  return tf.sum<Tensor1D>(tf.mul(losses, targets), 1);
}
