/** Runs a function once, op by op, and listens between tfjs and its backend to write down what it does. */
import type { Scalar, Tensor } from "@tensorflow/tfjs-node-gpu";
import { backend, type NodeBackend, tf } from "../runtime.ts";
import { isGroup, type Movable, membersOf } from "./flat-variables.ts";
import {
  type NamedTensors,
  NotRecordableError,
  RecordedGraph,
  type Recording,
  type VariableUpdate,
} from "./recorded-graph.ts";
import { openStandIns, type StandIns } from "./stand-ins.ts";

let active: { readonly graph: RecordedGraph; readonly standIns: StandIns } | null = null;

/**
 * Moves variables by one of TensorFlow's own ops where a function is being recorded.
 * @returns false where nothing is being recorded, and the caller has to move them itself
 */
export function recordUpdate(update: () => VariableUpdate): boolean {
  active?.graph.addUpdate(update());
  return active !== null;
}

/**
 * Runs `moves` where a function is being recorded; each run of it makes their updates only where the condition holds.
 * @returns false where nothing is being recorded, and `moves` did not run
 */
export function recordCondition(condition: Scalar, moves: () => void): boolean {
  active?.graph.addCondition(condition, moves);
  return active !== null;
}

/** What a float32 variable holds after the moves so far, [values of all] of a group; null where nothing is being recorded. */
export function recordRead(variable: Movable): Tensor | null {
  if (!active) return null;
  const [first] = membersOf(variable);
  const shape = isGroup(variable) ? [variable.reduce((sum, { size }) => sum + size, 0)] : first!.shape;
  const value = active.standIns.tensorLike(shape);
  active.graph.addRead(variable, value);
  return value;
}

/**
 * Runs `body` and returns its graph. Variables keep their values: updates are written down and not done.
 * @param name begins the name of each node; unlike any other function's in the same graph
 * @param variables whatever `body` reads or moves, in the order of `variableNode`
 * @throws NotRecordableError, and whatever `body` throws
 */
export function record(
  name: string,
  body: (inputs: NamedTensors) => NamedTensors,
  inputs: NamedTensors,
  variables: readonly Movable[],
): Recording {
  if (active) throw new Error("A recorded function cannot record another");
  const graph = new RecordedGraph(name, inputs, variables);
  const all = variables.flatMap(membersOf);
  const before = all.map((variable) => variable.dataId);
  const recording = listenedTo(graph, () => {
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
  if (all.some((variable, index) => variable.dataId !== before[index]))
    throw new NotRecordableError("it assigned to a variable past the recorder");
  return recording;
}

const listened = ["executeSingleOutput", "executeMultipleOutputs", "readSync", "read"] as const;

function listenedTo<T>(graph: RecordedGraph, run: () => T): T {
  const standIns = openStandIns();
  const plain = {
    executeSingleOutput: backend.executeSingleOutput.bind(backend),
    executeMultipleOutputs: backend.executeMultipleOutputs.bind(backend),
    readSync: backend.readSync.bind(backend),
    read: backend.read.bind(backend),
  };
  const listening: Pick<NodeBackend, (typeof listened)[number]> = {
    executeSingleOutput(name, attributes, inputs) {
      const output = plain.executeSingleOutput(name, attributes, inputs);
      graph.addOp(name, attributes, inputs, [output]);
      standIns.replace([output]);
      return output;
    },
    executeMultipleOutputs(name, attributes, inputs, count) {
      const outputs = plain.executeMultipleOutputs(name, attributes, inputs, count);
      graph.addOp(name, attributes, inputs, outputs);
      standIns.replace(outputs);
      return outputs;
    },
    readSync(id) {
      graph.refuseRead(id);
      return plain.readSync(id);
    },
    read(id) {
      graph.refuseRead(id);
      return plain.read(id);
    },
  };
  active = { graph, standIns };
  Object.assign(backend, listening);
  try {
    return run();
  } finally {
    active = null;
    // Uncovers the methods of the backend's class.
    for (const method of listened) Reflect.deleteProperty(backend, method);
    standIns.dispose();
  }
}
