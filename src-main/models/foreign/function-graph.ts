/**
 * What the serving function of a TensorFlow SavedModel computes with which variable. Its graph is followed backwards from the answer, through the
 * functions that it calls; nothing of it is run. Field numbers are those of meta_graph.proto, graph.proto, function.proto and node_def.proto.
 */
import {
  bytesIn,
  FieldLimitError,
  messagesIn,
  type ReadField,
  readFields,
  textIn,
  wholeIn,
} from "../../tensorflow/compiled/read-wire.ts";
import type { Bytes } from "../../tensorflow/compiled/wire.ts";
import {
  activatedNode,
  type Border,
  concatenationNode,
  convolutionNode,
  denseNode,
  inputNode,
  type LayerNode,
  otherNode,
  paddingNode,
  poolNode,
} from "./layer-graph.ts";

/** What a tensor hangs on: the picture, or a variable and what is made of it, or neither. */
type Value =
  | { readonly kind: "data"; readonly node: LayerNode }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "constant"; readonly numbers: readonly number[] };

interface Node {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: ReadonlyMap<string, readonly ReadField[]>;
}
interface Body {
  readonly nodes: ReadonlyMap<string, Node>;
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
/** Of a window, a step or a border of a grid; longer lists are others'. */
const mostSides = 16;

/**
 * @param bytes of `saved_model.pb`
 * @returns what is computed with each variable that is a kernel, by its name; empty where the file has no serving function that could be followed,
 *   which costs no weight
 * @throws FieldLimitError
 */
export function functionGraph(bytes: Bytes): ReadonlyMap<string, LayerNode> {
  try {
    return followed(bytes) ?? new Map();
  } catch (thrown) {
    if (thrown instanceof FieldLimitError) throw thrown;
    return new Map();
  }
}

function followed(bytes: Bytes): ReadonlyMap<string, LayerNode> | null {
  const [metaGraph] = messagesIn(readFields(bytes), 2);
  if (metaGraph === undefined) return null;
  const output = servingOutput(metaGraph);
  if (output === null) return null;
  const graph = readFields(bytesIn(metaGraph, 2));
  const functions = new Map(
    messagesIn(readFields(bytesIn(graph, 2)), 1).map((one) => {
      const signature = readFields(bytesIn(one, 1));
      return [textIn(signature, 1), () => functionBody(one, signature)] as const;
    }),
  );
  const nodes = nodesIn(messagesIn(graph, 1));
  const layers = new Map<string, LayerNode>();
  const isFollowed = follow({ nodes, parameters: [], results: [output] }, functions, layers);
  return isFollowed ? layers : null;
}

/** Tensor of the signature that is served by default. */
function servingOutput(metaGraph: readonly ReadField[]): string | null {
  for (const entry of messagesIn(metaGraph, 5)) {
    if (textIn(entry, 1) !== "serving_default") continue;
    const [output] = messagesIn(readFields(bytesIn(entry, 2)), 2);
    const name = output === undefined ? "" : textIn(readFields(bytesIn(output, 2)), 1);
    if (name !== "") return name;
  }
  return null;
}

function functionBody(one: readonly ReadField[], signature: readonly ReadField[]): Body {
  const namesOf = (field: number) => messagesIn(signature, field).map((argument) => textIn(argument, 1));
  const results = new Map(messagesIn(one, 4).map((entry) => [textIn(entry, 1), textIn(entry, 2)]));
  return {
    nodes: nodesIn(messagesIn(one, 3)),
    parameters: namesOf(2),
    results: namesOf(3).map((name) => results.get(name) ?? ""),
  };
}

function nodesIn(nodes: readonly (readonly ReadField[])[]): ReadonlyMap<string, Node> {
  const text = (value: ReadField["value"]) => (typeof value === "object" ? new TextDecoder().decode(value) : "");
  return new Map(
    nodes.map((fields) => {
      const name = textIn(fields, 1);
      const inputs = fields.filter(({ field }) => field === 3).map(({ value }) => text(value));
      const attributes = new Map(
        messagesIn(fields, 5).map((entry) => [textIn(entry, 1), readFields(bytesIn(entry, 2))]),
      );
      return [name, { name, op: textIn(fields, 2), inputs, attributes }];
    }),
  );
}

/** Fills `layers`. @returns whether the answer could be followed back to the picture */
function follow(main: Body, functions: ReadonlyMap<string, () => Body>, layers: Map<string, LayerNode>): boolean {
  let depth = 0;
  const answer = resultOf({ ...main, given: new Map(), known: new Map() }, 0);
  return answer?.kind === "data";

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
    if (depth >= mostDepth) throw new Error("its graph is deeper than any network's");
    depth++;
    const value = node === undefined ? scope.given.get(name)?.() : computed(scope, node, Number(parts.at(-1)) || 0);
    depth--;
    if (value === undefined) throw new Error(`its graph takes ${name.slice(0, 100)} from nowhere`);
    scope.known.set(reference, value);
    return value;
  }

  function computed(scope: Scope, node: Node, index: number): Value {
    const { name, op, attributes } = node;
    if (op === "Placeholder") return { kind: "data", node: inputNode };
    if (op === "VarHandleOp") return { kind: "variable", name: textIn(attributes.get("shared_name") ?? [], 2) || name };
    if (op === "Const") return { kind: "constant", numbers: wholeNumbers(attributes.get("value")) };
    const inputs = node.inputs.filter((input) => !input.startsWith("^"));
    if (calls.has(op))
      return called(scope, inputs, textIn(readFields(bytesIn(attributes.get("f") ?? [], 10)), 1), index);
    const values = inputs.map((input) => tensorAt(scope, input));
    const data = values.flatMap((value) => (value.kind === "data" ? [value.node] : []));
    const variable = values.find((value) => value.kind === "variable");
    const [input] = data;
    if (input === undefined) return variable ?? { kind: "constant", numbers: [] };
    const made = layerOf(node, input, values);
    if (made !== null) return { kind: "data", node: kept(made) };
    const isScaled = arithmetic.has(op) && data.length === 1 && variable !== undefined;
    if (isScaled || (passing.has(op) && op !== "Rsqrt")) return { kind: "data", node: input };
    return { kind: "data", node: op === "ConcatV2" ? concatenationNode(data, name) : otherNode(op, data, name) };
  }

  function called(scope: Scope, inputs: readonly string[], functionName: string, index: number): Value {
    const body = functions.get(functionName)?.();
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
function layerOf({ name, op, attributes }: Node, input: LayerNode, [, second]: readonly Value[]): LayerNode | null {
  const activation = Object.hasOwn(activations, op) ? activations[op] : undefined;
  if (activation !== undefined) return activatedNode(input, activation, name);
  const kernel = second?.kind === "variable" ? second.name : null;
  const steps = {
    strides: listIn(attributes.get("strides")).slice(1, 3),
    border: borderOf(textIn(attributes.get("padding") ?? [], 2)),
  };
  switch (op) {
    case "Conv2D": {
      if (kernel === null) return null;
      const [, dilation] = listIn(attributes.get("dilations"));
      return convolutionNode(input, kernel, { ...steps, dilation });
    }
    case "MatMul":
      return kernel === null ? null : denseNode(input, kernel);
    case "MaxPool":
    case "AvgPool": {
      const sides = listIn(attributes.get("ksize")).slice(1, 3);
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

/** Whole numbers of a list: packed, where each takes one byte, as those of windows do, or not. */
function listIn(attribute: readonly ReadField[] | undefined): number[] {
  const list = readFields(bytesIn(attribute ?? [], 1)).filter(({ field }) => field === 3);
  const numbers = list.flatMap(({ value }) =>
    typeof value === "object" ? [...value.subarray(0, mostSides)] : [Number(value)],
  );
  return numbers.slice(0, mostSides);
}

/** Of an int32 tensor; what another one has is not asked for. */
function wholeNumbers(attribute: readonly ReadField[] | undefined): number[] {
  const tensor = readFields(bytesIn(attribute ?? [], 8));
  const content = bytesIn(tensor, 4);
  if (wholeIn(tensor, 1) !== 3 || content.length % 4 !== 0 || content.length > 4 * mostSides) return [];
  return [...new Int32Array(content.slice().buffer)];
}
