/** Each kind of row as a function from tensor to tensor. */
import type { Rank, Tensor, Tensor2D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import type {
  Activation,
  AdaptivePoolRow,
  BatchNorm,
  ConvolutionRow,
  DenseRow,
  DropoutRow,
  LocalResponseNormRow,
  PoolRow,
  Row,
} from "../contract/architecture.ts";
import { countOf, type Shape } from "../domain/networks/row-walk.ts";
import { biasAdd, relu, tanh } from "../tensorflow/kernels/activation.ts";
import { batchNormInference, batchNormTraining } from "../tensorflow/kernels/batch-norm.ts";
import { dropOut } from "../tensorflow/kernels/dropout.ts";
import { matMul, pointwiseConvolution } from "../tensorflow/kernels/mat-mul.ts";
import { tf } from "../tensorflow/runtime.ts";
import type { ForwardMode, OnRow, Outputs } from "./network.ts";
import type { WeightMaker } from "./weights.ts";

/** What one forward pass gathers on its way. */
export interface Pass {
  readonly mode: ForwardMode;
  readonly movingUpdates: Outputs["movingUpdates"][number][];
  readonly auxiliary: Outputs["auxiliary"][number][];
  readonly onRow: OnRow | null;
}
/** [pictures, height, width, channels] throughout; rows without a grid have height and width 1. */
export type Layer = (input: Tensor4D, pass: Pass) => Tensor4D;

/**
 * An average pool of stride 1 and a 1×1 convolution behind it can change places: both are sums, one over places and the other over channels. The
 * pool then has fewer channels to go over, as in the pool branches of Inception-v3. Offset and activation stay behind both.
 * @returns the pool, where the exchange saves work
 */
export function exchangedPool(pool: Row | undefined, row: Row | undefined, input: Shape): PoolRow | null {
  if (pool?.kind !== "pool" || pool.operation !== "average" || pool.stride !== 1 || pool.kernel === "all") return null;
  const isExchanged = row?.kind === "convolution" && isPointwise(row);
  return isExchanged && row.filters !== "classes" && row.filters < input.channels ? pool : null;
}

/** Where every row is inspected, all run in the table's order. */
export function inspectedLayer(layer: Layer): Layer {
  return (x, pass) => (pass.onRow ? layer(x, pass) : x);
}

/** @param pool the pool before it that runs behind it (see `exchangedPool`) */
export function convolutionLayer(
  row: ConvolutionRow,
  input: Shape,
  classes: number,
  path: string,
  make: WeightMaker,
  pool: PoolRow | null,
): Layer {
  const filters = countOf(row.filters, classes);
  const shape = [row.kernel[0], row.kernel[1], input.channels / row.groups, filters];
  const kernel = make.kernel(path, shape, row.activation);
  const finish = finishLayer(row, filters, path, make);
  const average = pool && poolLayer(pool);
  return (x, pass) => {
    const output = convolve(x, kernel, row);
    return finish(average && !pass.onRow ? average(output, pass) : output, pass);
  };
}

function convolve(x: Tensor4D, kernel: Variable, row: ConvolutionRow): Tensor4D {
  const { padding, stride, groups } = row;
  const padded = padding === "same" || padding === "valid" ? x : padGrid(x, padding, 0);
  const fit = padding === "same" ? "same" : "valid";
  // Made with four dimensions above.
  const whole = kernel as Tensor as Tensor4D;
  if (isPointwise(row)) return pointwiseConvolution(padded, whole);
  if (groups === 1) return tf.conv2d<Tensor4D>(padded, whole, stride, fit);
  if (groups === x.shape[3] && groups === whole.shape[3])
    return tf.depthwiseConv2d<Tensor4D>(padded, tf.transpose(whole, [0, 1, 3, 2]), stride, fit);
  const inputs = tf.split<Tensor4D>(padded, groups, 3);
  const kernels = tf.split<Tensor4D>(whole, groups, 3);
  const outputs = inputs.map((part, i) => tf.conv2d<Tensor4D>(part, kernels[i] ?? whole, stride, fit));
  return tf.concat(outputs, 3);
}

function isPointwise({ kernel, stride, groups, padding }: ConvolutionRow): boolean {
  const isUnpadded = padding === "same" || padding === "valid" || padding === 0;
  return kernel[0] === 1 && kernel[1] === 1 && stride === 1 && groups === 1 && isUnpadded;
}

export function denseLayer(row: DenseRow, input: Shape, classes: number, path: string, make: WeightMaker): Layer {
  const units = countOf(row.units, classes);
  const kernel = make.kernel(path, [input.channels, units], row.activation);
  const finish = finishLayer(row, units, path, make);
  return (x, pass) => {
    const flat = tf.reshape<Rank.R2>(x, [x.shape[0], input.channels]);
    // Made with two dimensions above.
    const product = matMul(flat, kernel as Tensor as Tensor2D);
    return finish(tf.reshape<Rank.R4>(product, [x.shape[0], 1, 1, units]), pass);
  };
}

/** Batch normalisation or bias, then the activation. */
function finishLayer(
  row: { readonly batchNorm: BatchNorm | null; readonly activation: Activation },
  channels: number,
  path: string,
  make: WeightMaker,
): Layer {
  const shift = row.batchNorm ? batchNormLayer(row.batchNorm, channels, path, make) : biasLayer(channels, path, make);
  const activate = activations[row.activation];
  return (x, pass) => activate(shift(x, pass));
}

const activations: Readonly<Record<Activation, (x: Tensor4D) => Tensor4D>> = { relu, tanh, none: (x) => x };

function biasLayer(channels: number, path: string, make: WeightMaker): Layer {
  const bias = make.offset(path, "bias", channels);
  return (x) => biasAdd(x, bias);
}

function batchNormLayer({ epsilon, momentum }: BatchNorm, channels: number, path: string, make: WeightMaker): Layer {
  const weights = {
    gamma: make.scale(path, channels),
    beta: make.offset(path, "beta", channels),
    movingMean: make.movingMean(path, channels),
    movingVariance: make.movingVariance(path, channels),
  };
  return (x, pass) => {
    if (!pass.mode.isTraining) return batchNormInference(x, weights, epsilon);
    const { output, movingMean, movingVariance } = batchNormTraining(x, weights, epsilon, momentum);
    pass.movingUpdates.push(
      { variable: weights.movingMean, value: movingMean },
      { variable: weights.movingVariance, value: movingVariance },
    );
    return output;
  };
}

export function poolLayer(row: PoolRow): Layer {
  const { kernel, stride, padding, operation } = row;
  if (kernel === "all") {
    return (x) => {
      const size: [number, number] = [x.shape[1], x.shape[2]];
      return operation === "max" ? tf.maxPool(x, size, 1, "valid") : tf.mean(x, [1, 2], true);
    };
  }
  const fit = padding === "same" ? "same" : "valid";
  const isPadded = typeof padding === "number";
  // With `same`, an average leaves the padding out, as Google's code does; with padding by number it counts the zeros, as torchvision does.
  if (operation === "average") return (x) => tf.avgPool(isPadded ? padGrid(x, padding, 0) : x, kernel, stride, fit);
  return (x) => tf.maxPool(isPadded ? padGrid(x, padding, lowest) : x, kernel, stride, fit);
}

/** As the windows that `AdaptivePoolRow` states, side by side: first over rows, then over columns. */
export function adaptivePoolLayer({ cells }: AdaptivePoolRow): Layer {
  const averages = (x: Tensor4D, axis: 1 | 2): Tensor4D => {
    const side = x.shape[axis];
    const means = Array.from({ length: cells }, (_, i) => {
      const begin = [0, 0, 0, 0];
      const size = [-1, -1, -1, -1];
      begin[axis] = Math.floor((i * side) / cells);
      size[axis] = Math.ceil(((i + 1) * side) / cells) - begin[axis];
      return tf.mean<Tensor4D>(tf.slice(x, begin, size), axis, true);
    });
    return tf.concat(means, axis);
  };
  return (x) => averages(averages(x, 1), 2);
}

/** Below every activation: a maximum never picks the padding. */
const lowest = -3.4e38;

function padGrid(x: Tensor4D, pixels: number, value: number): Tensor4D {
  if (pixels === 0) return x;
  return tf.pad4d(
    x,
    [
      [0, 0],
      [pixels, pixels],
      [pixels, pixels],
      [0, 0],
    ],
    value,
  );
}

/** TensorFlow multiplies the plain sum by α, as the paper does, with no division by n. */
export function localResponseNormLayer(row: LocalResponseNormRow): Layer {
  const radius = (row.neighbours - 1) / 2;
  return (x) => tf.localResponseNormalization(x, radius, row.k, row.alpha, row.beta);
}

/** @param stream position among the network's dropout rows */
export function dropoutLayer(row: DropoutRow, replacement: number | null, stream: number): Layer {
  const rate = replacement ?? row.rate;
  return (x, { mode }) => (mode.isTraining && rate > 0 ? dropOut(x, rate, mode.dropoutSeed, stream) : x);
}

export const flattenLayer: Layer = (x) => {
  const [pictures, height, width, channels] = x.shape;
  return tf.reshape(x, [pictures, 1, 1, height * width * channels]);
};
