/** Dropout from TensorFlow's stateless random op: the mask follows from two numbers alone, so that a step can be repeated. */
import type { Scalar, Tensor } from "@tensorflow/tfjs-node-gpu";
import { typeAttribute } from "../op-attributes.ts";
import { backend, tf } from "../runtime.ts";

const uniformAttributes = [
  typeAttribute("dtype", "float32"),
  typeAttribute("T", "int32"),
  typeAttribute("Tseed", "int32"),
];

/**
 * Sets a `rate` of values to zero and divides the rest by 1 − rate.
 * @param seed of the step; an int32 scalar where the step is recorded, since a number would be the same in each of its runs
 * @param stream tells apart the places of one network that drop in the same step
 */
export function dropOut<T extends Tensor>(x: T, rate: number, seed: Scalar | number, stream: number): T {
  if (rate === 0) return tf.clone(x);
  return tf.tidy(() => {
    const seeds = [typeof seed === "number" ? tf.scalar(seed, "int32") : seed, tf.scalar(stream, "int32")];
    const inputs = [tf.tensor1d(x.shape, "int32"), tf.stack(seeds)];
    const uniform = backend.executeSingleOutput("StatelessRandomUniform", uniformAttributes, inputs);
    const mask = tf.mul(tf.cast(tf.greaterEqual(uniform, rate), "float32"), 1 / (1 - rate));
    return tf.mul<T>(x, mask);
  });
}
