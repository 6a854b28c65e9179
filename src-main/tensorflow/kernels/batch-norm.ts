/** Batch normalisation by TensorFlow's fused kernels. */
import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { boolAttribute, floatAttribute, stringAttribute, typeAttribute } from "../op-attributes.ts";
import { backend, type OpAttribute, tf } from "../runtime.ts";
import { defineKernel } from "./kernel.ts";

/** One value a channel each. */
export interface BatchNormWeights {
  readonly gamma: Tensor;
  readonly beta: Tensor;
  readonly movingMean: Tensor;
  readonly movingVariance: Tensor;
}
interface Attributes {
  readonly epsilon: number;
  readonly newShare: number;
}

function nativeAttributes(epsilon: number, isTraining: boolean): OpAttribute[] {
  return [
    typeAttribute("T", "float32"),
    typeAttribute("U", "float32"),
    floatAttribute("epsilon", epsilon),
    stringAttribute("data_format", "NHWC"),
    boolAttribute("is_training", isTraining),
  ];
}

const runTraining = defineKernel<"x" | keyof BatchNormWeights, Attributes>({
  name: "StrataBatchNorm",
  forward: ({ x, gamma, beta, movingMean, movingVariance }, { epsilon, newShare }) =>
    backend.executeMultipleOutputs(
      "FusedBatchNormV3",
      [...nativeAttributes(epsilon, true), floatAttribute("exponential_avg_factor", newShare)],
      [x, gamma, beta, movingMean, movingVariance],
      6,
    ),
  savedInputs: ["x", "gamma"],
  savedOutputs: [false, false, false, true, true, true],
  backward(upstream, saved, { epsilon }) {
    const [dy] = upstream;
    const [x, gamma, ...reserved] = saved;
    if (!dy || !x || !gamma) throw new Error("the engine did not keep what batch normalisation saved");
    const [dx, dGamma, dBeta, ...rest] = backend.executeMultipleOutputs(
      "FusedBatchNormGradV3",
      nativeAttributes(epsilon, true),
      [dy, x, gamma, ...reserved],
      5,
    );
    for (const tensor of rest) tensor.dispose();
    return { x: dx, gamma: dGamma, beta: dBeta };
  },
});

export interface BatchNormOutput {
  readonly output: Tensor4D;
  /** The moving statistics with this batch's in them; the variance is the unbiased one (divided by n − 1). */
  readonly movingMean: Tensor1D;
  readonly movingVariance: Tensor1D;
}

/**
 * Normalises `x` [n, h, w, c] by its own mean and variance over n, h and w, then scales by γ and shifts by β.
 * Differentiable in x, γ and β.
 * @param newShare share of this batch in the new moving statistics
 */
export function batchNormTraining(
  x: Tensor4D,
  weights: BatchNormWeights,
  epsilon: number,
  newShare: number,
): BatchNormOutput {
  const [output, movingMean, movingVariance, ...reserved] = runTraining({ x, ...weights }, { epsilon, newShare });
  for (const tensor of reserved) tensor.dispose();
  // The op's first three outputs have these ranks by its definition.
  return { output: output as Tensor4D, movingMean: movingMean as Tensor1D, movingVariance: movingVariance as Tensor1D };
}

const runInference = defineKernel<"x" | keyof BatchNormWeights, { readonly epsilon: number }>({
  name: "StrataBatchNormInference",
  forward({ x, gamma, beta, movingMean, movingVariance }, { epsilon }) {
    const [output, ...rest] = backend.executeMultipleOutputs(
      "FusedBatchNormV3",
      nativeAttributes(epsilon, false),
      [x, gamma, beta, movingMean, movingVariance],
      6,
    );
    for (const tensor of rest) tensor.dispose();
    return output ? [output] : [];
  },
  savedInputs: ["gamma", "movingVariance"],
  savedOutputs: [false],
  backward(upstream, saved, { epsilon }) {
    const [dy] = upstream;
    const [gamma, movingVariance] = saved;
    if (!dy || !gamma || !movingVariance) throw new Error("the engine did not keep what batch normalisation saved");
    // The statistics stand, so that the output is a straight line of x.
    return { x: tf.tidy(() => tf.mul(dy, tf.mul(gamma, tf.rsqrt(tf.add(movingVariance, epsilon))))) };
  },
});

/** Normalises `x` [n, h, w, c] by the moving statistics. Differentiable in x. */
export function batchNormInference(x: Tensor4D, weights: BatchNormWeights, epsilon: number): Tensor4D {
  const [output] = runInference({ x, ...weights }, { epsilon });
  // The op's first output has its input's shape.
  return output as Tensor4D;
}
