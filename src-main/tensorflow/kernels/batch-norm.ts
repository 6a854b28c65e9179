/** Batch normalisation by TensorFlow's fused kernels. */
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { boolAttribute, floatAttribute, stringAttribute, typeAttribute } from "../op-attributes.ts";
import { backend, tf } from "../runtime.ts";
import { defineKernel } from "./kernel.ts";

interface Attributes {
  readonly epsilon: number;
}

function nativeAttributes({ epsilon }: Attributes, isTraining: boolean) {
  return [
    typeAttribute("T", "float32"),
    typeAttribute("U", "float32"),
    floatAttribute("epsilon", epsilon),
    stringAttribute("data_format", "NHWC"),
    boolAttribute("is_training", isTraining),
  ];
}

const runTraining = defineKernel<"x" | "gamma" | "beta", Attributes>({
  name: "StrataBatchNorm",
  forward({ x, gamma, beta }, attributes) {
    // In training the op takes no mean and variance, which it is told by two empty tensors.
    const none = tf.tensor1d([], "float32");
    const outputs = backend.executeMultipleOutputs(
      "FusedBatchNormV3",
      nativeAttributes(attributes, true),
      [x, gamma, beta, none, none],
      6,
    );
    none.dispose();
    return outputs;
  },
  savedInputs: ["x", "gamma"],
  savedOutputs: [false, false, false, true, true, true],
  backward(upstream, saved, attributes) {
    const [dy] = upstream;
    const [x, gamma, ...reserved] = saved;
    if (!dy || !x || !gamma) throw new Error("the engine did not keep what batch normalisation saved");
    const [dx, dGamma, dBeta, ...rest] = backend.executeMultipleOutputs(
      "FusedBatchNormGradV3",
      nativeAttributes(attributes, true),
      [dy, x, gamma, ...reserved],
      5,
    );
    for (const tensor of rest) tensor.dispose();
    return { x: dx, gamma: dGamma, beta: dBeta };
  },
});

export interface BatchNormOutput {
  readonly output: Tensor4D;
  readonly mean: Tensor1D;
  /** Unbiased (divided by n − 1), as moving statistics want it. */
  readonly variance: Tensor1D;
}

/** Normalises `x` [n, h, w, c] by its own mean and variance over n, h and w, then scales by γ and shifts by β. */
export function batchNormTraining(x: Tensor4D, gamma: Tensor1D, beta: Tensor1D, epsilon: number): BatchNormOutput {
  const [output, mean, variance, ...reserved] = runTraining({ x, gamma, beta }, { epsilon });
  for (const tensor of reserved) tensor.dispose();
  // The op's first three outputs have these ranks by its definition.
  return { output: output as Tensor4D, mean: mean as Tensor1D, variance: variance as Tensor1D };
}

/** Normalises `x` [n, h, w, c] by given statistics. Has no gradient. */
export function batchNormInference(
  x: Tensor4D,
  gamma: Tensor1D,
  beta: Tensor1D,
  mean: Tensor1D,
  variance: Tensor1D,
  epsilon: number,
): Tensor4D {
  const [output, ...rest] = backend.executeMultipleOutputs(
    "FusedBatchNormV3",
    nativeAttributes({ epsilon }, false),
    [x, gamma, beta, mean, variance],
    6,
  );
  for (const tensor of rest) tensor.dispose();
  // The op's first output has its input's shape.
  return output as Tensor4D;
}
