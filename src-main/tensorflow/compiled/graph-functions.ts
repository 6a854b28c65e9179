/** Recorded functions in one session over the variables that they share. */
import type { Variable } from "@tensorflow/tfjs-node-gpu";
import { backend, tf } from "../runtime.ts";
import { assignMembers, currentValue, isGroup, type Movable, membersOf } from "./flat-variables.ts";
import { type GraphNode, shapeValue, tensorValue, textValue, typeValue } from "./graph-def.ts";
import { type LowPrecision, lowerPrecision } from "./precision.ts";
import { type NamedTensors, NotRecordableError, type Recording, variableNode } from "./recorded-graph.ts";
import { record } from "./recorder.ts";
import { type GraphSession, openSession } from "./session.ts";

export interface GraphFunctions {
  /** @throws NotRecordableError before anything ran */
  run(name: string, inputs: NamedTensors): NamedTensors;
  /** @throws NotRecordableError */
  record(name: string, inputs: NamedTensors): Recording;
  readVariables(): void;
  writeVariables(): void;
  dispose(): void;
}

export function createGraphFunctions(
  variables: readonly Movable[],
  functions: Readonly<Record<string, (inputs: NamedTensors) => NamedTensors>>,
  precision: "float32" | LowPrecision,
  keepGraphAs: string | null,
): GraphFunctions {
  const recordings = new Map<string, Recording>();
  let session: GraphSession | null = null;
  /** Whether the tf.Variables have values, be it copies. */
  let areHere = true;

  function dispose(): void {
    session?.close();
    session = null;
  }
  function readVariables(): void {
    if (areHere || !session) return;
    const values = session.run(
      [],
      variables.map((_, index) => stateNode(index, "value")),
    );
    variables.forEach((variable, index) => {
      tf.tidy(() => assignMembers(variable, values[index]!));
    });
    tf.dispose(values);
    areHere = true;
  }
  function writeVariables(): void {
    if (session) loadVariables(session, variables);
  }
  function recordFor(name: string, inputs: NamedTensors): Recording {
    const key = recordingName(name, inputs);
    const known = recordings.get(key);
    if (known) return known;
    // The recorder runs the function, and the session to come takes its values from here.
    readVariables();
    dispose();
    const recorded = record(key, functions[name]!, inputs, variables);
    const recording = precision === "float32" ? recorded : lowerPrecision(recorded, precision);
    recordings.set(key, recording);
    return recording;
  }
  /** The session with the variables in it, and in it alone. */
  function opened(): GraphSession {
    session ??= openWith(variables, [...recordings.values()], keepGraphAs);
    if (areHere) for (const variable of variables.flatMap(membersOf)) emptyVariable(variable);
    areHere = false;
    return session;
  }
  return {
    run(name, inputs) {
      const recording = recordFor(name, inputs);
      const feeds = Object.entries(recording.inputs).map(([input, node]) => ({ node, tensor: inputs[input]! }));
      const outputs = opened().run(feeds, Object.values(recording.outputs));
      return Object.fromEntries(Object.keys(recording.outputs).map((output, index) => [output, outputs[index]!]));
    },
    record: recordFor,
    readVariables,
    writeVariables,
    dispose,
  };
}

/** One a function and combination of shapes, in letters that a node's name may have. */
function recordingName(name: string, inputs: NamedTensors): string {
  return [name, ...Object.values(inputs).map(({ shape }) => shape.join("x") || "scalar")].join(".");
}

function openWith(
  variables: readonly Movable[],
  recordings: readonly Recording[],
  keepGraphAs: string | null,
): GraphSession {
  const nodes = [...variables.flatMap(stateNodes), loadedNode(variables.length)];
  for (const recording of recordings) nodes.push(...recording.nodes);
  let session: GraphSession | null = null;
  try {
    session = openSession(nodes, keepGraphAs);
    // The first run also finds a device for every node, and says so if there is none.
    loadVariables(session, variables);
    return session;
  } catch (thrown) {
    session?.close();
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new NotRecordableError(`TensorFlow does not take the graph: ${problem}`, { cause: thrown });
  }
}

type StateNode = "value" | "new" | "copy" | "load";
function stateNode(index: number, node: StateNode): string {
  return `${variableNode(index)}/${node}`;
}

/**
 * A variable and the ways in and out. What is loaded is copied first: the tensor that is fed may stand in memory of JavaScript's, and must then
 * be let go of by JavaScript's thread, while a variable lets go of its old value wherever its update runs.
 */
function stateNodes(variable: Movable, index: number): GraphNode[] {
  const members = membersOf(variable);
  const dtype = typeValue(backend.tensorMap.get(members[0]!.dataId).dtype);
  const shape = shapeValue(isGroup(variable) ? [members.reduce((sum, { size }) => sum + size, 0)] : variable.shape);
  const handle = variableNode(index);
  const [value, incoming, copy, load] = (["value", "new", "copy", "load"] as const).map((node) =>
    stateNode(index, node),
  ) as [string, string, string, string];
  return [
    { name: handle, op: "VarHandleOp", inputs: [], attributes: { dtype, shape, shared_name: textValue(handle) } },
    { name: value, op: "ReadVariableOp", inputs: [handle], attributes: { dtype } },
    { name: incoming, op: "Placeholder", inputs: [], attributes: { dtype, shape } },
    { name: copy, op: "DeepCopy", inputs: [incoming], attributes: { T: dtype } },
    { name: load, op: "AssignVariableOp", inputs: [handle, copy], attributes: { dtype } },
  ];
}

const loaded = "loaded";

/** Something to fetch that waits for every load. */
function loadedNode(count: number): GraphNode {
  const dtype = backend.binding.TF_INT32;
  const attributes = { dtype: typeValue(dtype), value: tensorValue(dtype, [], Int32Array.of(count)) };
  const inputs = Array.from({ length: count }, (_, index) => `^${stateNode(index, "load")}`);
  return { name: loaded, op: "Const", inputs, attributes };
}

function loadVariables(session: GraphSession, variables: readonly Movable[]): void {
  tf.tidy(() => {
    const feeds = variables.map((variable, index) => ({
      node: stateNode(index, "new"),
      tensor: currentValue(variable),
    }));
    session.run(feeds, [loaded]);
  });
}

/** Frees what a tf.Variable holds and leaves it a handle that no op takes: the session's value would soon be another. */
function emptyVariable(variable: Variable): void {
  const held = backend.tensorMap.get(variable.dataId);
  if (held.id >= 0) backend.binding.deleteTensor(held.id);
  held.values = null;
  held.id = -1;
}
