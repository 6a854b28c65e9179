/** Multinomial logistic regression with L2, the classifier of a linear probe (Alain and Bengio 2016). */
import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { minimised } from "../domain/statistics/lbfgs.ts";
import { tf } from "../tensorflow/runtime.ts";

/** Rows of `channels` values, each with its class. */
export interface LabelledFeatures {
  readonly channels: number;
  readonly values: Float32Array;
  readonly labels: readonly number[];
}

/** [channels + 1, classes], row by row, the last one the offsets. */
export type LogisticWeights = Float64Array;

const descent = { most: 60, tolerance: 1e-4 };

/**
 * What minimises the mean cross-entropy plus `decay` / 2 times the squared weights; offsets take no decay.
 * @param from where to begin
 */
export function fittedLogistic(
  { channels, values, labels }: LabelledFeatures,
  classes: number,
  decay: number,
  from: LogisticWeights = new Float64Array((channels + 1) * classes),
): LogisticWeights {
  tf.engine().startScope();
  try {
    const features = tf.tensor2d(values, [labels.length, channels]);
    const targets = tf.oneHot(tf.tensor1d([...labels], "int32"), classes).cast<Tensor2D>("float32");
    return minimised((weights) => lossAt(features, targets, weights, decay), from, descent);
  } finally {
    tf.engine().endScope();
  }
}

function lossAt(features: Tensor2D, targets: Tensor2D, all: LogisticWeights, decay: number) {
  return tf.tidy(() => {
    const [pictures, classes] = targets.shape;
    const { weights, offsets } = partsOf(all, features.shape[1], classes);
    const logits = tf.add<Tensor2D>(tf.matMul(features, weights), offsets);
    const logs = tf.logSoftmax(logits);
    const loss = tf.neg(tf.div(tf.sum(tf.mul(logs, targets)), pictures));
    const errors = tf.div<Tensor2D>(tf.sub(tf.exp(logs), targets), pictures);
    const slopes = tf.add(tf.matMul(features, errors, true), tf.mul(weights, decay));
    const gradient = [...slopes.dataSync(), ...tf.sum(errors, 0).dataSync()];
    const squares = all.subarray(0, weights.size).reduce((sum, value) => sum + value * value, 0);
    return { value: loss.dataSync()[0]! + (decay / 2) * squares, gradient };
  });
}

/** How many of the pictures have their own class as the likeliest. */
export function correctOf(
  { channels, values, labels }: LabelledFeatures,
  classes: number,
  all: LogisticWeights,
): number {
  return tf.tidy(() => {
    const { weights, offsets } = partsOf(all, channels, classes);
    const features = tf.tensor2d(values, [labels.length, channels]);
    const likeliest = tf.argMax(tf.add(tf.matMul(features, weights), offsets), 1).dataSync();
    return labels.filter((label, at) => likeliest[at] === label).length;
  });
}

function partsOf(all: LogisticWeights, channels: number, classes: number): { weights: Tensor2D; offsets: Tensor1D } {
  const flat = Float32Array.from(all);
  return {
    weights: tf.tensor2d(flat.subarray(0, channels * classes), [channels, classes]),
    offsets: tf.tensor1d(flat.subarray(channels * classes)),
  };
}
