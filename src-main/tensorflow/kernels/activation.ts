/** Bias, ReLU and tanh with their native gradients; tfjs's own are three ops and more each. */
import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { stringAttribute, typeAttribute } from "../op-attributes.ts";
import { backend } from "../runtime.ts";
import { defineKernel } from "./kernel.ts";

const floats = typeAttribute("T", "float32");
const biasAttributes = [floats, stringAttribute("data_format", "NHWC")];

const runRelu = defineKernel<"x", object>({
  name: "StrataRelu",
  forward: ({ x }) => [backend.executeSingleOutput("Relu", [floats], [x])],
  savedInputs: [],
  savedOutputs: [true],
  backward: (upstream, saved) => ({ x: backend.executeSingleOutput("ReluGrad", [floats], [...upstream, ...saved]) }),
});

const runTanh = defineKernel<"x", object>({
  name: "StrataTanh",
  forward: ({ x }) => [backend.executeSingleOutput("Tanh", [floats], [x])],
  savedInputs: [],
  savedOutputs: [true],
  // TanhGrad takes the output first: dy · (1 − y²).
  backward: (upstream, saved) => ({ x: backend.executeSingleOutput("TanhGrad", [floats], [...saved, ...upstream]) }),
});

const runBiasAdd = defineKernel<"x" | "bias", object>({
  name: "StrataBiasAdd",
  forward: ({ x, bias }) => [backend.executeSingleOutput("BiasAdd", biasAttributes, [x, bias])],
  savedInputs: [],
  savedOutputs: [],
  // The gradient passes through unchanged; a clone, because the engine disposes of what each input is given on its own.
  backward: ([dy]) => ({
    x: dy?.clone(),
    bias: dy && backend.executeSingleOutput("BiasAddGrad", biasAttributes, [dy]),
  }),
});

/** max(x, 0) of any shape. */
export function relu<T extends Tensor>(x: T): T {
  // One output of the input's own shape.
  return runRelu({ x }, {})[0] as T;
}

/** The hyperbolic tangent of any shape. */
export function tanh<T extends Tensor>(x: T): T {
  // One output of the input's own shape.
  return runTanh({ x }, {})[0] as T;
}

/** Adds `bias` [c] to `x` [n, c] or [n, h, w, c]. */
export function biasAdd<T extends Tensor>(x: T, bias: Tensor): T {
  // One output of the first input's shape.
  return runBiasAdd({ x, bias }, {})[0] as T;
}
