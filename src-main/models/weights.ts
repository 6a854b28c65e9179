/**
 * Initial weights from our own seeded generator, one stream a weight name, so that a row added to a table does not shift the others.
 *
 * Kernels are He uniform: ±√(6 / inputs of one value) before a ReLU, ±√(3 / …) where none follows. The papers' fixed deviations (0.01 for
 * AlexNet, 0.1 truncated for Inception) suit their widths alone, and here widths are scaled. Uniform rather than normal: a draw is a few
 * operations, which counts over 61 million weights. Biases and β are 0, γ is 1; AlexNet's biases of 1 belong to its small deviations and are
 * left out with them.
 */
import { createHash, type Hash } from "node:crypto";
import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import type { Activation } from "../contract/architecture.ts";
import { createRandom } from "../platform/random.ts";
import { tf } from "../tensorflow/runtime.ts";
import type { Network, Weight } from "./network.ts";

/** Makes and collects a network's variables. */
export interface WeightMaker {
  kernel(path: string, shape: readonly number[], activation: Activation): Variable;
  /** One value a channel. */
  offset(path: string, name: "bias" | "beta", channels: number): Variable;
  scale(path: string, channels: number): Variable;
  movingMean(path: string, channels: number): Variable;
  movingVariance(path: string, channels: number): Variable;
  /** Makes weights of the same network that are neither trained nor decayed. */
  readonly frozen: WeightMaker;
  readonly weights: readonly Weight[];
}

export function createWeightMaker(seed: number): WeightMaker {
  const weights: Weight[] = [];
  return weightMaker(seed, weights, false);
}

function weightMaker(seed: number, weights: Weight[], isFrozen: boolean): WeightMaker {
  const add = (
    name: string,
    values: Float32Array,
    shape: readonly number[],
    isTrainable: boolean,
    isDecayed: boolean,
  ) => {
    const trains = isTrainable && !isFrozen;
    const variable = tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), trains));
    weights.push({ name, variable, isTrainable: trains, isDecayed: isDecayed && !isFrozen });
    return variable;
  };
  const filled = (name: string, value: number, channels: number, isTrainable: boolean) =>
    add(name, new Float32Array(channels).fill(value), [channels], isTrainable, false);

  return {
    weights,
    get frozen() {
      return weightMaker(seed, weights, true);
    },
    kernel(path, shape, activation) {
      const name = `${path}/kernel`;
      return add(name, heUniform(seed, name, shape, activation), shape, true, true);
    },
    offset: (path, name, channels) => filled(`${path}/${name}`, 0, channels, true),
    scale: (path, channels) => filled(`${path}/gamma`, 1, channels, true),
    movingMean: (path, channels) => filled(`${path}/moving-mean`, 0, channels, false),
    movingVariance: (path, channels) => filled(`${path}/moving-variance`, 1, channels, false),
  };
}

/** `shape` ends in [inputs, outputs], behind the two sides of a convolution's kernel. */
function heUniform(seed: number, name: string, shape: readonly number[], activation: Activation): Float32Array {
  const random = createRandom(seed, "weights", name);
  const inputs = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const bound = Math.sqrt((activation === "relu" ? 6 : 3) / inputs);
  const values = new Float32Array(inputs * (shape.at(-1) ?? 1));
  for (let i = 0; i < values.length; i++) values[i] = (2 * random.uniform() - 1) * bound;
  return values;
}

/** Hex SHA-256 over every weight's name, shape and bytes in order, moving statistics included. */
export function hashWeights(network: Pick<Network, "weights">): string {
  const hash = createHash("sha256");
  for (const { name, variable } of network.weights) {
    hash.update(`${name} ${variable.shape.join("×")}\n`);
    updateWithValues(hash, variable);
  }
  return hash.digest("hex");
}

function updateWithValues(hash: Hash, tensor: Tensor): void {
  const values = tensor.dataSync();
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
