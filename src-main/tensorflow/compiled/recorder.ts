/**
 * Writes down what a function does while it runs once on real tensors: each op that reaches the backend becomes a node of a graph. Where a
 * value comes from is told by its data id, which tfjs's clones share and which is never given out twice.
 */
import type { DataId, Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { backend, type NodeBackend, type OpAttribute, tf } from "../runtime.ts";
import { attributeValue, type GraphNode, shapeValue, tensorValue, typeValue } from "./graph-def.ts";
import type { Bytes } from "./wire.ts";

export type NamedTensors = Readonly<Record<string, Tensor>>;

export interface Recording {
  readonly nodes: readonly GraphNode[];
  /** Node to feed, by input. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Node to fetch, by output; each of them waits for every update. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** One of TensorFlow's ops that moves variables in place. */
export interface VariableUpdate {
  readonly op: string;
  /** Their handles are the op's first inputs. */
  readonly variables: readonly Variable[];
  readonly inputs: readonly Tensor[];
  readonly attributes: readonly OpAttribute[];
}

/** The function does something that a graph of its ops would not do again. Run it op by op instead. */
export class NotRecordableError extends Error {
  override readonly name = "NotRecordableError";
}

interface Value {
  /** As a node's input names it. */
  readonly reference: string;
  readonly shape: readonly number[];
  /** Position among the variables, if this is one's value at the beginning. */
  readonly variable?: number;
}

interface Recorder {
  op(name: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[], outputs: readonly Tensor[]): void;
  read(id: DataId): void;
  update(update: VariableUpdate): void;
}

let active: Recorder | null = null;

/** @returns false where nothing is being recorded, and the caller has to move the variables itself */
export function recordUpdate(update: () => VariableUpdate): boolean {
  active?.update(update());
  return active !== null;
}

export function variableNode(index: number): string {
  return `variable/${index}`;
}

/**
 * Runs `body` once and returns its graph. Variables keep their values: updates are written down and not done.
 * @param name begins the name of each node; unlike any other function's in the same graph
 * @param variables whatever `body` reads or moves, in the order of `variableNode`
 * @throws NotRecordableError, and whatever `body` throws
 */
export function record<I extends NamedTensors>(
  name: string,
  body: (inputs: I) => NamedTensors,
  inputs: I,
  variables: readonly Variable[],
): Recording {
  if (active) throw new Error("A recorded function cannot record another");
  const graph = createGraph(name, inputs, variables);
  const before = variables.map((variable) => variable.dataId);
  const recording = listenedTo(graph.recorder, () => {
    tf.engine().startScope();
    try {
      const outputs = body(inputs);
      const finished = graph.finish(outputs);
      tf.dispose(outputs);
      return finished;
    } finally {
      tf.engine().endScope();
    }
  });
  if (variables.some((variable, index) => variable.dataId !== before[index]))
    throw new NotRecordableError("it assigned to a variable past the recorder");
  return recording;
}

const listened = ["executeSingleOutput", "executeMultipleOutputs", "readSync", "read"] as const;

/** Types that tfjs-node leaves to eager execution to infer, as the position of the input that has them; a graph must name them. */
const inferredTypes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
};

/** Puts the recorder between tfjs and the backend while `run` runs. */
function listenedTo<T>(recorder: Recorder, run: () => T): T {
  const through: Pick<NodeBackend, (typeof listened)[number]> = {
    executeSingleOutput(name, attributes, inputs) {
      const output = plain.executeSingleOutput(name, attributes, inputs);
      recorder.op(name, attributes, inputs, [output]);
      return output;
    },
    executeMultipleOutputs(name, attributes, inputs, count) {
      const outputs = plain.executeMultipleOutputs(name, attributes, inputs, count);
      recorder.op(name, attributes, inputs, outputs);
      return outputs;
    },
    readSync(id) {
      recorder.read(id);
      return plain.readSync(id);
    },
    read(id) {
      recorder.read(id);
      return plain.read(id);
    },
  };
  const plain = {
    executeSingleOutput: backend.executeSingleOutput.bind(backend),
    executeMultipleOutputs: backend.executeMultipleOutputs.bind(backend),
    readSync: backend.readSync.bind(backend),
    read: backend.read.bind(backend),
  };
  active = recorder;
  Object.assign(backend, through);
  try {
    return run();
  } finally {
    active = null;
    // Uncovers the methods of the backend's class.
    for (const method of listened) Reflect.deleteProperty(backend, method);
  }
}

function createGraph(name: string, inputs: NamedTensors, variables: readonly Variable[]) {
  const nodes: GraphNode[] = [];
  const values = new Map<DataId, Value>();
  const constants = new Set<DataId>();
  const updates: VariableUpdate[] = [];
  /** References of each update's inputs. */
  const moving: string[][] = [];
  const strangers = new Set(Object.values(tf.engine().state.registeredVariables).map((variable) => variable.dataId));
  /** By variable: the nodes that take its value. */
  const readers = variables.map(() => new Set<string>());

  const add = (
    label: string,
    op: string,
    references: readonly string[],
    attributes: Readonly<Record<string, Bytes>>,
  ) => {
    const node = `${name}/${label}`;
    nodes.push({ name: node, op, inputs: references, attributes });
    return node;
  };
  const numbered = (op: string) => `${nodes.length}_${op}`;
  const dtypeOf = (tensor: Tensor) => backend.tensorMap.get(tensor.dataId).dtype;

  const inputNodes = Object.entries(inputs).map(([input, tensor]) => {
    const dtype = dtypeOf(tensor);
    const node = add(`input_${input}`, "Placeholder", [], { dtype: typeValue(dtype), shape: shapeValue(tensor.shape) });
    values.set(tensor.dataId, { reference: node, shape: tensor.shape });
    return [input, node] as const;
  });
  variables.forEach((variable, index) => {
    if (values.has(variable.dataId)) throw new NotRecordableError("two of its variables or inputs share their values");
    const node = add(`read_${index}`, "ReadVariableOp", [variableNode(index)], { dtype: typeValue(dtypeOf(variable)) });
    values.set(variable.dataId, { reference: node, shape: variable.shape, variable: index });
    strangers.delete(variable.dataId);
  });

  /** Reads the value at once: it may be gone when the function ends. */
  const constant = (tensor: Tensor): Value => {
    if (strangers.has(tensor.dataId)) throw new NotRecordableError("it uses a variable that it did not name");
    if (tensor.dtype === "string" || tensor.dtype === "complex64")
      throw new NotRecordableError(`it uses a constant of type ${tensor.dtype}`);
    constants.add(tensor.dataId);
    const dtype = dtypeOf(tensor);
    const content = tensorValue(dtype, tensor.shape, tensor.dataSync());
    const node = add(numbered("Const"), "Const", [], { dtype: typeValue(dtype), value: content });
    const value = { reference: node, shape: tensor.shape };
    values.set(tensor.dataId, value);
    return value;
  };

  /** A clone under another shape shares the data id of its origin: the graph needs the reshape that tfjs left out. */
  const referenceOf = (tensor: Tensor): string => {
    const value = values.get(tensor.dataId) ?? constant(tensor);
    if (value.shape.length === tensor.shape.length && value.shape.every((size, i) => size === tensor.shape[i]))
      return value.reference;
    const shape = tensorValue(backend.binding.TF_INT32, [tensor.shape.length], Int32Array.from(tensor.shape));
    const types = { T: typeValue(dtypeOf(tensor)), Tshape: typeValue(backend.binding.TF_INT32) };
    const target = add(numbered("Const"), "Const", [], { dtype: types.Tshape, value: shape });
    const node = add(numbered("Reshape"), "Reshape", [value.reference, target], types);
    noteReader(tensor, node);
    return node;
  };
  const noteReader = (tensor: Tensor, node: string) => {
    const variable = values.get(tensor.dataId)?.variable;
    if (variable === undefined) return;
    if (updates.some((update) => update.variables.some((moved) => moved === variables[variable])))
      throw new NotRecordableError("it reads a variable after it moved it");
    readers[variable]?.add(node);
  };

  const recorder: Recorder = {
    op(op, attributes, opInputs, outputs) {
      const references = opInputs.map(referenceOf);
      const named: Record<string, Bytes> = {};
      for (const [attribute, input] of Object.entries(inferredTypes[op] ?? {}))
        named[attribute] = typeValue(dtypeOf(opInputs[input]!));
      for (const attribute of attributes) named[attribute.name] = attributeValue(attribute);
      const node = add(numbered(op), op, references, named);
      for (const input of opInputs) noteReader(input, node);
      outputs.forEach((output, i) => {
        values.set(output.dataId, { reference: i === 0 ? node : `${node}:${i}`, shape: output.shape });
      });
    },
    read(id) {
      if (values.has(id) && !constants.has(id)) throw new NotRecordableError("it looks at a value on its way");
    },
    update(update) {
      for (const variable of update.variables)
        if (!variables.includes(variable)) throw new NotRecordableError("it moves a variable that it did not name");
      updates.push(update);
      // Named at once, while the tensors are alive.
      moving.push(update.inputs.map(referenceOf));
    },
  };
  /** An update waits for whatever takes the variable's old value: it may then move it in place, with no copy. */
  const addUpdates = (): string[] =>
    updates.map((update, i) => {
      const moved = update.variables.map((variable) => variables.indexOf(variable));
      const waits = moved.flatMap((variable) => [`${name}/read_${variable}`, ...(readers[variable] ?? [])]);
      const references = [...moved.map(variableNode), ...(moving[i] ?? []), ...waits.map((node) => `^${node}`)];
      const named = update.attributes.map((attribute) => [attribute.name, attributeValue(attribute)]);
      return add(numbered(update.op), update.op, references, Object.fromEntries(named));
    });

  return {
    recorder,
    finish(outputs: NamedTensors): Recording {
      const results = Object.entries(outputs).map(([output, tensor]) => [output, tensor, referenceOf(tensor)] as const);
      const done = add(
        "done",
        "NoOp",
        addUpdates().map((node) => `^${node}`),
        {},
      );
      const outputNodes = results.map(([output, tensor, reference]) => {
        const type = { T: typeValue(dtypeOf(tensor)) };
        return [output, add(`output_${output}`, "Identity", [reference, `^${done}`], type)] as const;
      });
      return { nodes, inputs: Object.fromEntries(inputNodes), outputs: Object.fromEntries(outputNodes) };
    },
  };
}
