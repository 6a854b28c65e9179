/** A LeNet-5 as other programs describe it, with one thing or another changed: as layers of Keras, and as a serving function of TensorFlow. */
import type { Bytes } from "../../../src-main/tensorflow/protobuf/read-message.ts";
import { bytesField, integerField, mapField, message, textField } from "./wire-fields.ts";

export interface LenetChoices {
  readonly activation?: "tanh" | "relu";
  readonly pool?: "average" | "max";
  /** Of the first convolution. */
  readonly stride?: 1 | 2;
  readonly border?: "valid" | "same";
  readonly last?: "linear" | "softmax";
  /** Pictures are scaled by a layer of the model's own. */
  readonly isScaled?: boolean;
  /** Around the picture, by a layer of its own; of Keras alone. */
  readonly zeros?: number;
}
const usual = {
  activation: "tanh",
  pool: "average",
  stride: 1,
  border: "valid",
  last: "linear",
  isScaled: false,
} as const;

/** `modelTopology` as TensorFlow.js keeps it: a list of layers in Keras 2, a graph of them in Keras 3, whose activations here are layers of their own. */
export function kerasLenet(version: 2 | 3, choices: LenetChoices): object {
  const { activation, pool, stride, border, last, isScaled, zeros = 0 } = { ...usual, ...choices };
  const pooling = pool === "max" ? "MaxPooling2D" : "AveragePooling2D";
  const layers: { class_name: string; config: Record<string, unknown> }[] = [
    { class_name: "InputLayer", config: { name: "input" } },
  ];
  const add = (kind: string, name: string, config: object = {}) =>
    layers.push({ class_name: kind, config: { name, ...config } });
  const weighted = (kind: string, name: string, config: object, act: string) => {
    add(kind, name, { ...config, activation: version === 2 ? act : "linear" });
    if (version === 3 && act !== "linear") add("Activation", `${name}_${act}`, { activation: act });
  };
  const [kernel, window] = [{ kernel_size: [5, 5] }, { pool_size: [2, 2], strides: [2, 2], padding: "valid" }];
  if (isScaled) add("Rescaling", "rescaling", { scale: 1 / 255 });
  if (zeros > 0)
    add("ZeroPadding2D", "zeros", {
      padding: [
        [zeros, zeros],
        [zeros, zeros],
      ],
    });
  weighted("Conv2D", "conv2d", { ...kernel, strides: [stride, stride], padding: border }, activation);
  add(pooling, "pool", window);
  weighted("Conv2D", "conv2d_1", { ...kernel, strides: [1, 1], padding: "valid" }, activation);
  add(pooling, "pool_1", window);
  add("Flatten", "flatten");
  weighted("Dense", "dense", {}, activation);
  weighted("Dense", "dense_1", {}, activation);
  weighted("Dense", "dense_2", {}, last);
  if (version === 2) return { model_config: { class_name: "Sequential", config: { layers } } };
  const history = (name: unknown) => ({ class_name: "__keras_tensor__", config: { keras_history: [name, 0, 0] } });
  const linked = layers.map((layer, index) => ({
    ...layer,
    name: layer.config.name,
    inbound_nodes: index === 0 ? [] : [{ args: [history(layers[index - 1]!.config.name)], kwargs: {} }],
  }));
  return { model_config: { class_name: "Functional", config: { layers: linked } } };
}

const list = (numbers: readonly number[]) => bytesField(1, bytesField(3, Uint8Array.from(numbers)));
export const node = (
  name: string,
  op: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Bytes>> = {},
) =>
  message(
    ...[textField(1, name), textField(2, op), ...inputs.map((input) => textField(3, input))],
    mapField(5, attributes),
  );

/** `saved_model.pb`, whose signature calls a function that calls the network, as Keras exports one. */
export function lenetFunction(choices: LenetChoices): Bytes {
  const { activation, pool, stride, border, last, isScaled } = { ...usual, ...choices };
  const nodes: Bytes[] = [];
  const resources: string[] = [];
  let at = "picture";
  const then = (name: string, op: string, others: readonly string[] = [], attributes = {}, output = "output") => {
    nodes.push(node(name, op, [at, ...others], attributes));
    at = `${name}:${output}:0`;
  };
  const read = (variable: string) => {
    resources.push(variable);
    nodes.push(node(`${variable}/Read`, "ReadVariableOp", [`resource_${resources.length - 1}`]));
    return `${variable}/Read:value:0`;
  };
  const step = (strides: number, padding: string) => ({
    ...{ strides: list([1, strides, strides, 1]), padding: textField(2, padding), dilations: list([1, 1, 1, 1]) },
  });
  const layer = (name: string, op: string, act: string, attributes = {}) => {
    then(name, op, [read(`${name}/kernel`)], attributes);
    then(`${name}/BiasAdd`, "BiasAdd", [read(`${name}/bias`)]);
    if (act !== "linear") then(`${name}/act`, { tanh: "Tanh", relu: "Relu", softmax: "Softmax" }[act]!);
  };
  const pooled = (name: string) =>
    then(name, pool === "max" ? "MaxPool" : "AvgPool", [], { ...step(2, "VALID"), ksize: list([1, 2, 2, 1]) });
  nodes.push(node("scale", "Const", []), node("shape", "Const", []));
  if (isScaled) then("rescaling", "Mul", ["scale:output:0"]);
  layer("conv2d", "Conv2D", activation, step(stride, border.toUpperCase()));
  pooled("pool");
  layer("conv2d_1", "Conv2D", activation, step(1, "VALID"));
  pooled("pool_1");
  then("flatten", "Reshape", ["shape:output:0"]);
  layer("dense", "MatMul", activation);
  layer("dense_1", "MatMul", activation);
  layer("dense_2", "MatMul", last);
  const parameters = ["picture", ...resources.map((_, index) => `resource_${index}`)];
  const call = (f: string, inputs: readonly string[]) => callNode("call", f, inputs);
  const library = message(
    ...[
      functionOf("network", parameters, nodes, at),
      functionOf("wrapper", parameters, [call("network", parameters)], "call:output:0"),
    ],
  );
  const graph = message(
    ...resources.map((name) => bytesField(1, node(name, "VarHandleOp", [], { shared_name: textField(2, name) }))),
    bytesField(1, node("serving_picture", "Placeholder", [])),
    bytesField(1, call("wrapper", ["serving_picture", ...resources])),
    bytesField(2, library),
  );
  return savedModel(graph, "call:0");
}

export function callNode(name: string, f: string, inputs: readonly string[]): Bytes {
  return node(name, "StatefulPartitionedCall", inputs, { f: bytesField(10, textField(1, f)) });
}

/** @param output tensor that is served */
export function savedModel(graph: Bytes, output: string): Bytes {
  const signature = mapField(2, { output_0: textField(1, output) });
  const metaGraph = message(bytesField(2, graph), mapField(5, { serving_default: signature }));
  return message(integerField(1, 1), bytesField(2, metaGraph));
}

/** A graph's function of one result. */
export function functionOf(
  name: string,
  parameters: readonly string[],
  nodes: readonly Bytes[],
  result: string,
): Bytes {
  const argument = (field: number, text: string) => bytesField(field, textField(1, text));
  const signature = message(textField(1, name), ...parameters.map((one) => argument(2, one)), argument(3, "identity"));
  const returned = bytesField(4, message(textField(1, "identity"), textField(2, result)));
  return bytesField(1, message(bytesField(1, signature), ...nodes.map((one) => bytesField(3, one)), returned));
}
