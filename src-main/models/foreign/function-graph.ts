/**
 * What the serving function of a TensorFlow SavedModel computes with which variable. Its graph is followed backwards from the prediction, through the
 * functions that it calls; nothing of it is run.
 */
import {
  type AttrValue,
  DataType,
  type FunctionDef,
  type MetaGraphDef,
  type NodeDef,
  SavedModelSchema,
} from "../../tensorflow/protobuf/generated/tensorflow_pb.js";
import { type Bytes, readMessage, ValueLimitError } from "../../tensorflow/protobuf/read-message.ts";
import {
  activatedNode,
  type Border,
  concatenationNode,
  convolutionNode,
  denseNode,
  inputNode,
  type LayerNode,
  normalisedNode,
  otherNode,
  paddingNode,
  poolNode,
} from "./layer-graph.ts";

/** What a tensor hangs on: the picture, or a variable and what is made of it, or neither. */
type Value =
  | { readonly kind: "data"; readonly node: LayerNode }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "constant"; readonly numbers: readonly number[] };

interface Body {
  readonly nodes: ReadonlyMap<string, NodeDef>;
  /** Of a function: names of its arguments, and where each of its results comes from, in order. */
  readonly parameters: readonly string[];
  readonly results: readonly string[];
}
interface Scope extends Body {
  readonly given: ReadonlyMap<string, () => Value>;
  readonly known: Map<string, Value>;
}

const activations: Readonly<Record<string, string>> = {
  ...{ Relu: "relu", Relu6: "relu up to 6", Tanh: "tanh", Sigmoid: "sigmoid", Softmax: "softmax", Elu: "elu" },
  ...{ Selu: "selu", LeakyRelu: "leaky relu", Softplus: "softplus", Softsign: "softsign" },
};
/** Of one input, whose values or order in memory they change at most as a flatten does. */
const passing = new Set(
  "Identity ReadVariableOp Cast Reshape Squeeze ExpandDims StopGradient PreventGradient CheckNumerics Rsqrt".split(" "),
);
const arithmetic = new Set("Add AddV2 BiasAdd Sub Mul RealDiv FusedBatchNormV3 FusedBatchNorm".split(" "));
const calls = new Set(["StatefulPartitionedCall", "PartitionedCall"]);
/** Deeper ones are no networks, and would end the program. */
const mostDepth = 1_000;
/** Functions that call others twice and again would take for ever; Keras' export of Inception-v3 takes a hundredth of these. */
const mostTensors = 200_000;
/** Of a window, a step or a border of a grid; longer lists are others'. */
const mostSides = 16;

/**
 * @param bytes of `saved_model.pb`
 * @returns what is computed with each variable that is a kernel, by its name; empty where the file has no serving function that could be followed,
 *   which costs no weight
 * @throws ValueLimitError
 */
export function functionGraph(bytes: Bytes): ReadonlyMap<string, LayerNode> {
  try {
    return followed(bytes) ?? new Map();
  } catch (thrown) {
    if (thrown instanceof ValueLimitError) throw thrown;
    return new Map();
  }
}

function followed(bytes: Bytes): ReadonlyMap<string, LayerNode> | null {
  const [metaGraph] = readMessage(SavedModelSchema, bytes).metaGraphs;
  const graph = metaGraph?.graphDef;
  const output = metaGraph && servingOutput(metaGraph);
  if (graph === undefined || output === undefined) return null;
  const functions = new Map(
    (graph.library?.function ?? []).map((one) => [one.signature?.name ?? "", functionBody(one)]),
  );
  const layers = new Map<string, LayerNode>();
  const isFollowed = follow({ nodes: byName(graph.node), parameters: [], results: [output] }, functions, layers);
  return isFollowed ? layers : null;
}

/** Tensor of the signature that is served by default. */
function servingOutput({ signatureDef }: MetaGraphDef): string | undefined {
  const [output] = Object.values(signatureDef.serving_default?.outputs ?? {});
  return output?.encoding.case === "name" && output.encoding.value !== "" ? output.encoding.value : undefined;
}

function functionBody({ signature, nodeDef, ret }: FunctionDef): Body {
  return {
    nodes: byName(nodeDef),
    parameters: (signature?.inputArg ?? []).map(({ name }) => name),
    results: (signature?.outputArg ?? []).map(({ name }) => (Object.hasOwn(ret, name) ? ret[name]! : "")),
  };
}

function byName(nodes: readonly NodeDef[]): ReadonlyMap<string, NodeDef> {
  return new Map(nodes.map((node) => [node.name, node]));
}

/** Fills `layers`. @returns whether the prediction could be followed back to the picture */
function follow(main: Body, functions: ReadonlyMap<string, Body>, layers: Map<string, LayerNode>): boolean {
  let depth = 0;
  let tensors = 0;
  const prediction = resultOf({ ...main, given: new Map(), known: new Map() }, 0);
  return prediction?.kind === "data";

  function resultOf(scope: Scope, index: number): Value | null {
    const reference = scope.results[index];
    return reference === undefined ? null : tensorAt(scope, reference);
  }

  /** @param reference `node`, `node:index`, `node:output:index`, or a function's argument */
  function tensorAt(scope: Scope, reference: string): Value {
    const known = scope.known.get(reference);
    if (known !== undefined) return known;
    const parts = reference.split(":");
    const [name = ""] = parts;
    const node = scope.nodes.get(name);
    if (++tensors > mostTensors) throw new ValueLimitError("Its functions call each other more often than any model's");
    if (depth >= mostDepth) throw new Error("its graph is deeper than any network's");
    depth++;
    const value = node === undefined ? scope.given.get(name)?.() : computed(scope, node, Number(parts.at(-1)) || 0);
    depth--;
    if (value === undefined) throw new Error(`its graph takes ${name.slice(0, 100)} from nowhere`);
    scope.known.set(reference, value);
    return value;
  }

  function computed(scope: Scope, node: NodeDef, index: number): Value {
    const { name, op, attr } = node;
    if (op === "Placeholder") return { kind: "data", node: inputNode };
    if (op === "VarHandleOp") return { kind: "variable", name: textOf(attr.shared_name) || name };
    if (op === "Const") return { kind: "constant", numbers: wholeNumbers(attr.value) };
    const inputs = node.input.filter((input) => !input.startsWith("^"));
    if (calls.has(op)) {
      const called = attr.f?.value;
      return resultOfCall(scope, inputs, called?.case === "func" ? called.value.name : "", index);
    }
    const values = inputs.map((input) => tensorAt(scope, input));
    const data = values.flatMap((value) => (value.kind === "data" ? [value.node] : []));
    const variable = values.find((value) => value.kind === "variable");
    const [input] = data;
    if (input === undefined) return variable ?? { kind: "constant", numbers: [] };
    const made = layerOf(node, input, values);
    if (made !== null) return { kind: "data", node: kept(made) };
    const isScaled = arithmetic.has(op) && data.length === 1 && variable !== undefined;
    if (isScaled && op.startsWith("FusedBatchNorm"))
      return { kind: "data", node: kept(normalisedNode(input, epsilonOf(attr.epsilon))) };
    if (isScaled || (passing.has(op) && op !== "Rsqrt")) return { kind: "data", node: input };
    return { kind: "data", node: op === "ConcatV2" ? concatenationNode(data, name) : otherNode(op, data, name) };
  }

  function resultOfCall(scope: Scope, inputs: readonly string[], functionName: string, index: number): Value {
    const body = functions.get(functionName);
    if (body === undefined) throw new Error(`its graph calls ${functionName.slice(0, 100)}, which is not there`);
    const given = new Map(
      body.parameters.map((parameter, at) => [parameter, () => tensorAt(scope, inputs[at] ?? "")] as const),
    );
    return resultOf({ ...body, given, known: new Map() }, index) ?? { kind: "constant", numbers: [] };
  }

  /** With its activation, which is found later. */
  function kept(node: LayerNode): LayerNode {
    if (node.weights !== null) layers.set(node.weights, node);
    return node;
  }
}

/** Null for what is no layer of ours. */
function layerOf({ name, op, attr }: NodeDef, input: LayerNode, [, second]: readonly Value[]): LayerNode | null {
  const activation = Object.hasOwn(activations, op) ? activations[op] : undefined;
  if (activation !== undefined) return activatedNode(input, activation, name);
  const kernel = second?.kind === "variable" ? second.name : null;
  const steps = {
    strides: listIn(attr.strides).slice(1, 3),
    border: borderOf(textOf(attr.padding)),
  };
  switch (op) {
    case "Conv2D": {
      if (kernel === null) return null;
      const [, dilation] = listIn(attr.dilations);
      return convolutionNode(input, kernel, { ...steps, dilation });
    }
    case "MatMul":
      return kernel === null ? null : denseNode(input, kernel);
    case "MaxPool":
    case "AvgPool": {
      const sides = listIn(attr.ksize).slice(1, 3);
      return poolNode(input, name, op === "MaxPool" ? "max" : "average", { ...steps, kernel: sides });
    }
    case "Mean":
    case "Max":
      return poolNode(input, name, op === "Max" ? "max" : "average", null);
    case "Pad":
      // Before and behind each dimension: pictures, height, width, channels.
      return paddingNode(input, second?.kind === "constant" ? second.numbers.slice(2, 6) : [], name);
    default:
      return null;
  }
}

function borderOf(padding: string): Border {
  return padding === "SAME" ? "same" : "valid";
}

function textOf(attribute: AttrValue | undefined): string {
  return attribute?.value.case === "s" ? new TextDecoder().decode(attribute.value.value) : "";
}

function epsilonOf(attribute: AttrValue | undefined): number | null {
  return attribute?.value.case === "f" ? attribute.value.value : null;
}

/** Whole numbers of a list. */
function listIn(attribute: AttrValue | undefined): number[] {
  return attribute?.value.case === "list" ? attribute.value.value.i.slice(0, mostSides).map(Number) : [];
}

/** Of an int32 tensor; what another one has is not asked for. */
function wholeNumbers(attribute: AttrValue | undefined): number[] {
  if (attribute?.value.case !== "tensor") return [];
  const { dtype, tensorContent } = attribute.value.value;
  const isShort = tensorContent.length % 4 === 0 && tensorContent.length <= 4 * mostSides;
  return dtype === DataType.DT_INT32 && isShort ? [...new Int32Array(tensorContent.slice().buffer)] : [];
}
