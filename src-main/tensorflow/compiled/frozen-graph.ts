/** A function's graph to be used elsewhere: its variables are constants, and one of its dimensions, the batch, is open. */
import { equals } from "@bufbuild/protobuf";
import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { type AttrValue, AttrValueSchema } from "../protobuf/generated/tensorflow_pb.js";
import { backend } from "../runtime.ts";
import { type GraphConstant, type GraphNode, shapeValue } from "./graph-def.ts";
import { tensorOf } from "./read-graph-def.ts";
import { type NamedTensors, type Recording, variableNode } from "./recorded-graph.ts";
import { record } from "./recorder.ts";

export interface FrozenGraph {
  /** All but constants, each behind what it takes. Nothing waits for anything, and there are no variables. */
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, GraphConstant>;
  /** The one node that is fed. */
  readonly input: string;
  readonly exampleShape: readonly number[];
  readonly outputs: Recording["outputs"];
}

/** A variable of the function, and the constant that it becomes. */
export interface FrozenVariable {
  readonly variable: Variable;
  /** One that TensorFlow takes for a node. */
  readonly name: string;
  /** Asked for when the graph is written: what the variable holds while it is recorded does not matter. */
  readonly values: () => Float32Array;
}

/**
 * Records `body` for two sizes of batch. Constants that differ between the two are shapes with the batch in them, which is left open there.
 * @param input of so many examples, its first dimension; disposed of here
 * @throws Error where `body` does something else for one size than for the other; NotRecordableError
 */
export function freezeGraph(
  body: (input: Tensor) => NamedTensors,
  input: (batch: number) => Tensor,
  variables: readonly FrozenVariable[],
): FrozenGraph {
  let exampleShape: readonly number[] = [];
  const [first, second] = [2, 3].map((batch) => {
    const tensor = input(batch);
    exampleShape = tensor.shape.slice(1);
    try {
      return record(
        "serve",
        ({ input: given }) => body(given!),
        { input: tensor },
        variables.map(({ variable }) => variable),
      );
    } finally {
      tensor.dispose();
    }
  }) as [Recording, Recording];
  const wanted = neededBy(first, Object.values(first.outputs));
  const constants = new Map<string, GraphConstant>();
  const nodes: GraphNode[] = [];
  const renamed = new Map<string, string>();
  first.nodes.forEach((node, index) => {
    const other = second.nodes[index];
    if (!other || other.name !== node.name || other.inputs.join() !== node.inputs.join())
      throw new Error(`${node.name} is not the same for every batch`);
    if (!wanted.has(node.name)) return;
    const constant = constantOf(node, other, variables);
    const frozen = variableOf(node, variables);
    if (frozen) renamed.set(node.name, frozen.name);
    if (constant) constants.set(renamed.get(node.name) ?? node.name, constant);
    else nodes.push(openNode(node, other, shapeValue([-1, ...exampleShape])));
  });
  const inputsOf = ({ inputs }: GraphNode) => inputs.map((input) => renamed.get(input.replace(/:0$/, "")) ?? input);
  return {
    nodes: nodes.map((node) => ({ ...node, inputs: inputsOf(node) })),
    constants,
    input: first.inputs.input!,
    exampleShape,
    outputs: first.outputs,
  };
}

/** Names of nodes that a value of these comes from. */
function neededBy(recording: Recording, outputs: readonly string[]): ReadonlySet<string> {
  const byName = new Map(recording.nodes.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const open = [...outputs];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = byName.get(name);
    if (!node || needed.has(name)) continue;
    needed.add(name);
    open.push(...valueInputs(node).map((input) => input.split(":")[0]!));
  }
  return needed;
}

function valueInputs({ inputs, op }: GraphNode): string[] {
  return op === "ReadVariableOp" ? [] : inputs.filter((input) => !input.startsWith("^"));
}

/** The one that a node reads; undefined where it reads none. */
function variableOf({ op, inputs }: GraphNode, variables: readonly FrozenVariable[]): FrozenVariable | undefined {
  if (op !== "ReadVariableOp") return undefined;
  return variables.find((_, position) => variableNode(position) === inputs[0]);
}

function constantOf(node: GraphNode, other: GraphNode, variables: readonly FrozenVariable[]): GraphConstant | null {
  const frozen = variableOf(node, variables);
  // Variables are float32 throughout.
  if (frozen) return { dtype: backend.binding.TF_FLOAT, shape: frozen.variable.shape, values: frozen.values };
  if (node.op !== "Const") return null;
  const value = tensorOf(node.attributes.value!);
  const otherValue = tensorOf(other.attributes.value!);
  const differing = [...value.values.keys()].filter((at) => value.values[at] !== otherValue.values[at]);
  const { dtype, shape, values } = value;
  if (differing.length === 0) return { dtype, shape, values: () => values };
  if (differing.length > 1 || !(values instanceof Int32Array))
    throw new Error(`${node.name} depends on the batch by more than a shape`);
  return { dtype, shape, values: () => values.map((one, at) => (at === differing[0] ? -1 : one)) };
}

function openNode(node: GraphNode, other: GraphNode, openShape: AttrValue): GraphNode {
  if (node.op === "Placeholder") return { ...node, attributes: { ...node.attributes, shape: openShape } };
  for (const [name, value] of Object.entries(node.attributes))
    if (!equals(AttrValueSchema, value, other.attributes[name]!)) throw new Error(`${node.name} depends on the batch`);
  // A snapshot only stands in the way of an optimiser of graphs, and other readers do not know it.
  const op = node.op === "Snapshot" ? "Identity" : node.op;
  return { ...node, op, inputs: valueInputs(node) };
}
