/**
 * A function's graph while it grows, op by op. Where a value comes from is told by its data id, which tfjs's clones share and which is never
 * given out twice; an id that no op gave is a constant.
 */
import { toBinary } from "@bufbuild/protobuf";
import type { DataId, Tensor, TypedArray, Variable } from "@tensorflow/tfjs-node-gpu";
import { type AttrValue, AttrValueSchema } from "../protobuf/generated/tensorflow_pb.js";
import { backend, type OpAttribute, tf } from "../runtime.ts";
import { isGroup, type Movable, membersOf } from "./flat-variables.ts";
import { attributeValue, type GraphNode, integerValue, shapeValue, tensorValue, typeValue } from "./graph-def.ts";

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
  readonly variables: readonly Movable[];
  readonly inputs: readonly Tensor[];
  readonly attributes: readonly OpAttribute[];
}

/** The function does something that a graph of its ops would not do again, and has to run op by op. */
export class NotRecordableError extends Error {
  override readonly name = "NotRecordableError";
}

/** The handle of a variable, shared by all functions over it. */
export function variableNode(index: number): string {
  return `variable/${index}`;
}

interface Value {
  /** As a node's input names it. */
  readonly reference: string;
  readonly shape: readonly number[];
  readonly kind: "result" | "constant";
  /** Whose value this is, and after how many of its moves. */
  readonly variable: RecordedVariable | null;
  readonly moves: number;
}
interface RecordedVariable {
  readonly handle: string;
  /** Nodes that take the value that it has since its last move. */
  readers: string[];
  moves: number;
  /** The last node that moved it; the next waits for it. */
  mover: string | null;
}

/** Types that tfjs-node leaves to eager execution to infer, as the position of the input that has them; a graph must name them. */
const inferredTypes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
};

const mostKeyBytes = 256;

export class RecordedGraph {
  readonly #name: string;
  readonly #nodes: GraphNode[] = [];
  readonly #values = new Map<DataId, Value>();
  readonly #inputs: Readonly<Record<string, string>>;
  readonly #variables: ReadonlyMap<Movable, RecordedVariable>;
  /** What has to be done before an output is handed out; of updates under a condition, what lives whether they were made or not. */
  #movers: string[] = [];
  /** Dead where the condition does not hold that nodes are being added under; null where there is none. */
  #gate: string | null = null;
  /**
   * Additions. Grappler joins sums of sums into one AddN, which begins with whichever input's memory it may write to, a matter of which op
   * happened to finish first: the last bits would differ from run to run. So a snapshot stands between them.
   */
  readonly #sums = new Set<string>();
  /** Nodes of small constants by their content, which begins with type and shape. */
  readonly #constants = new Map<string, string>();
  /** Values of every other variable there is. */
  readonly #unnamed: ReadonlySet<DataId>;

  constructor(name: string, inputs: NamedTensors, variables: readonly Movable[]) {
    this.#name = name;
    const placeholders = Object.entries(inputs).map(
      ([input, tensor]) => [input, this.#addInput(input, tensor)] as const,
    );
    this.#inputs = Object.fromEntries(placeholders);
    this.#variables = new Map(variables.map((variable, index) => [variable, this.#addVariable(variable, index)]));
    const all: Variable[] = Object.values(tf.engine().state.registeredVariables);
    const named = new Set(variables.flatMap(membersOf));
    this.#unnamed = new Set(all.filter((one) => !named.has(one)).map(({ dataId }) => dataId));
  }

  addOp(op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
    if (op === "AddN") throw new NotRecordableError("it sums by AddN, in whatever order TensorFlow finds handy");
    const values = inputs.map((input) => this.#valueOf(input));
    const named: Record<string, AttrValue> = {};
    for (const [attribute, input] of Object.entries(inferredTypes[op] ?? {}))
      named[attribute] = typeValue(dtypeOf(inputs[input]!));
    for (const attribute of attributes) named[attribute.name] = attributeValue(attribute);
    const isSum = op === "Add" || op === "AddV2";
    const references = values.map(({ reference }, input) =>
      isSum && this.#sums.has(reference) ? this.#snapshot(reference, inputs[input]!) : reference,
    );
    const node = this.#add(op, references, named);
    if (isSum) this.#sums.add(node);
    for (const { variable } of values) variable?.readers.push(node);
    outputs.forEach(({ dataId, shape }, position) => {
      const reference = position === 0 ? node : `${node}:${position}`;
      this.#values.set(dataId, { reference, shape, kind: "result", variable: null, moves: 0 });
    });
  }

  /** An update waits for whatever takes the variable's old value; none holds it then, and TensorFlow moves it in place. */
  addUpdate({ op, variables, inputs, attributes }: VariableUpdate): void {
    const references = inputs.map((input) => this.#valueOf(input).reference);
    const moved = variables.map((variable) => this.#named(variable, "moves"));
    const waits = moved.flatMap(waitsOf);
    const handles = moved.map(({ handle }) => handle);
    const named = attributes.map((attribute) => [attribute.name, attributeValue(attribute)] as const);
    const mover = this.#add(op, [...handles, ...references, ...new Set(waits)], Object.fromEntries(named));
    this.#movers.push(mover);
    for (const variable of moved) {
      variable.readers = [];
      variable.mover = mover;
      variable.moves++;
    }
  }

  /**
   * Whatever `moves` adds is done only where the condition holds: it waits for the side of a switch that is dead where it does not, and what waits for
   * something dead is not run. A merge, which lives by whichever side does, stands for all of it to whatever comes later.
   */
  addCondition(condition: Tensor, moves: () => void): void {
    if (this.#gate !== null) throw new NotRecordableError("it has a condition within a condition");
    const { reference } = this.#valueOf(condition);
    const T = typeValue(dtypeOf(condition));
    const either = this.#add("Switch", [reference, reference], { T });
    const side = (output: string, waits: readonly string[]) =>
      this.#add("Identity", [output, ...new Set(waits)], { T });
    const before = [...this.#variables.values()].map((variable) => ({ variable, waits: waitsOf(variable) }));
    const movers = [...this.#movers];
    this.#gate = side(`${either}:1`, []);
    try {
      moves();
    } finally {
      this.#gate = null;
    }
    const touched = before.filter(({ variable, waits }) => waitsOf(variable).join() !== waits.join());
    // What comes later waits for the readers of before on either side.
    const skipped = side(
      either,
      touched.flatMap(({ waits }) => waits),
    );
    const done = side(
      `${either}:1`,
      touched.flatMap(({ variable }) => waitsOf(variable)),
    );
    const over = this.#add("Merge", [skipped, done], { T, N: integerValue(2) });
    for (const { variable } of touched) {
      variable.readers = [];
      variable.mover = over;
    }
    this.#movers = [...movers, over];
  }

  /** From here on `tensor` stands for what the variable holds after the updates so far. */
  addRead(variable: Movable, tensor: Tensor): void {
    const recorded = this.#named(variable, "reads");
    const { handle, mover } = recorded;
    const node = this.#add("ReadVariableOp", mover ? [handle, waitingFor(mover)] : [handle], {
      dtype: typeValue(dtypeOf(tensor)),
    });
    recorded.readers.push(node);
    this.#addSource(tensor, node, recorded);
  }

  /** A value that the function reads would steer it once, and not each time that the graph runs. */
  refuseRead(id: DataId): void {
    if (this.#values.get(id)?.kind === "result") throw new NotRecordableError("it reads a value on its way");
  }

  finish(outputs: NamedTensors): Recording {
    if (Object.keys(outputs).length === 0)
      throw new NotRecordableError("it has no outputs, and what is not fetched is not run");
    const results = Object.entries(outputs).map(([output, tensor]) => ({
      output,
      label: `output_${output}`,
      reference: this.#valueOf(tensor).reference,
      type: typeValue(dtypeOf(tensor)),
    }));
    const done = this.#add("NoOp", this.#movers.map(waitingFor), {}, "done");
    const fetched = results.map(({ output, label, reference, type }) => {
      return [output, this.#add("Identity", [reference, waitingFor(done)], { T: type }, label)] as const;
    });
    return { nodes: this.#nodes, inputs: this.#inputs, outputs: Object.fromEntries(fetched) };
  }

  #named(variable: Movable, does: "moves" | "reads"): RecordedVariable {
    const recorded = this.#variables.get(variable);
    if (!recorded) throw new NotRecordableError(`it ${does} a variable that it did not name`);
    return recorded;
  }

  #add(
    op: string,
    references: readonly string[],
    attributes: Readonly<Record<string, AttrValue>>,
    label = `${this.#nodes.length}_${op}`,
  ): string {
    const name = `${this.#name}/${label}`;
    // A constant may be taken outside the condition, too.
    const gates = this.#gate === null || op === "Const" ? [] : [waitingFor(this.#gate)];
    this.#nodes.push({ name, op, inputs: [...references, ...gates], attributes });
    return name;
  }

  /** Hands a value's memory on, and stands in the way of whoever would join what comes before it with what comes after. */
  #snapshot(reference: string, tensor: Tensor): string {
    return this.#add("Snapshot", [reference], { T: typeValue(dtypeOf(tensor)) });
  }

  #addInput(input: string, tensor: Tensor): string {
    const attributes = { dtype: typeValue(dtypeOf(tensor)), shape: shapeValue(tensor.shape) };
    return this.#addSource(tensor, this.#add("Placeholder", [], attributes, `input_${input}`), null);
  }

  #addVariable(variable: Movable, index: number): RecordedVariable {
    const handle = variableNode(index);
    const [first] = membersOf(variable);
    if (!first) throw new Error("A group of no variables");
    const node = this.#add("ReadVariableOp", [handle], { dtype: typeValue(dtypeOf(first)) }, `read_${index}`);
    const recorded: RecordedVariable = { handle, readers: [node], moves: 0, mover: null };
    if (isGroup(variable)) this.#addMembers(variable, node, recorded);
    else this.#addSource(variable, node, recorded);
    return recorded;
  }

  /** Each member's own value, taken from the group's. */
  #addMembers(group: readonly Variable[], read: string, recorded: RecordedVariable): void {
    const { TF_INT32 } = backend.binding;
    const T = typeValue(dtypeOf(group[0]!));
    const sizes = this.#constantNode(
      TF_INT32,
      [group.length],
      Int32Array.from(group, ({ size }) => size),
    );
    const axis = this.#constantNode(TF_INT32, [], Int32Array.of(0));
    const attributes = { T, Tlen: typeValue(TF_INT32), num_split: integerValue(group.length) };
    const parts = this.#add("SplitV", [read, sizes, axis], attributes);
    recorded.readers.push(parts);
    group.forEach((member, position) => {
      const shape = this.#constantNode(TF_INT32, [member.rank], Int32Array.from(member.shape));
      const part = position === 0 ? parts : `${parts}:${position}`;
      const reshaped = this.#add("Reshape", [part, shape], { T, Tshape: typeValue(TF_INT32) });
      recorded.readers.push(reshaped);
      this.#addSource(member, reshaped, recorded);
    });
  }

  #addSource({ dataId, shape }: Tensor, reference: string, variable: RecordedVariable | null): string {
    if (this.#values.has(dataId)) throw new NotRecordableError("two of its inputs and variables share their values");
    this.#values.set(dataId, { reference, shape, kind: "result", variable, moves: variable?.moves ?? 0 });
    return reference;
  }

  #valueOf(tensor: Tensor): Value {
    const value = this.#values.get(tensor.dataId) ?? this.#addConstant(tensor);
    // This backend reshapes by an op of its own, so that a data id has one shape.
    if (value.shape.join() !== tensor.shape.join()) throw new NotRecordableError("two shapes share their values");
    if (value.variable && value.variable.moves > value.moves)
      throw new NotRecordableError("it reads a variable after it moved it");
    return value;
  }

  /** Reads the value at once: it may be gone when the function ends. */
  #addConstant(tensor: Tensor): Value {
    const { dataId, dtype, shape } = tensor;
    if (this.#unnamed.has(dataId)) throw new NotRecordableError("it reads a variable that it did not name");
    if (dtype === "string" || dtype === "complex64") throw new NotRecordableError(`it has a constant of type ${dtype}`);
    const reference = this.#constantNode(dtypeOf(tensor), shape, tensor.dataSync());
    const value: Value = { reference, shape, kind: "constant", variable: null, moves: 0 };
    this.#values.set(dataId, value);
    return value;
  }

  /** Equal small constants are one node: an optimiser has the same few numbers for every weight, and loading takes time by the node. */
  #constantNode(dtype: number, shape: readonly number[], values: TypedArray): string {
    const value = tensorValue(dtype, shape, values);
    const attributes = { dtype: typeValue(dtype), value };
    const key = smallKeyOf(value);
    if (key === null) return this.#add("Const", [], attributes);
    const node = this.#constants.get(key) ?? this.#add("Const", [], attributes);
    this.#constants.set(key, node);
    return node;
  }
}

/** The same for equal constants; null for one that is too large to be compared. */
function smallKeyOf(constant: AttrValue): string | null {
  const isLarge = constant.value.case === "tensor" && constant.value.value.tensorContent.length > mostKeyBytes;
  return isLarge ? null : toBinary(AttrValueSchema, constant).join();
}

/** Whoever moves the variable next has to wait for these. */
function waitsOf({ readers, mover }: RecordedVariable): readonly string[] {
  return (mover ? [...readers, mover] : readers).map(waitingFor);
}

function waitingFor(node: string): string {
  return `^${node}`;
}

/** TensorFlow's own number. */
function dtypeOf(tensor: Tensor): number {
  return backend.tensorMap.get(tensor.dataId).dtype;
}
