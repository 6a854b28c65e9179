/**
 * A network's rows as nodes of ONNX, from 8-bit pictures to logits and probabilities. Grids are [pictures, channels, height, width] there. Each row is written as what it
 * computes, by its table: neither TensorFlow nor a built network is asked.
 */
import type { Activation, Architecture, BatchNorm, ConvolutionRow, PoolRow } from "../../../contract/architecture.ts";
import type { Preprocessing } from "../../../contract/weights.ts";
import { type PlacedRow, paddingBefore, type Shape, walkRows } from "../../../domain/networks/row-walk.ts";
import { torchvisionShape, toTorchvision } from "../../torchvision.ts";
import { answeringWeights } from "../../weight-list.ts";

/** An attribute is an integer, a float, or a list of integers. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] };

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** float32, asked for when it is written. */
export interface OnnxConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: () => Float32Array;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  /** uint8 [pictures, side, side, 3] */
  readonly input: "pictures";
  /** float32 [pictures, classes] */
  readonly outputs: readonly ["logits", "probabilities"];
}

/** A value's name in the graph. */
type Value = string;
type Write = (op: string, path: string, inputs: readonly Value[], attributes?: OnnxNode["attributes"]) => Value;

/** @param read a weight by its name in our layout */
export function onnxGraph(
  architecture: Architecture,
  classes: number,
  preprocessing: Preprocessing,
  read: (name: string) => Float32Array,
): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const constants: OnnxConstant[] = weightConstants(architecture, classes, read);
  const write: Write = (op, path, inputs, attributes = {}) => {
    const name = `${path}/${op}`;
    nodes.push({ name, op, inputs, output: `${name}:0`, attributes });
    return `${name}:0`;
  };
  const constant = (name: string, shape: readonly number[], values: Float32Array): Value => {
    constants.push({ name, shape, values: () => values });
    return name;
  };
  const scaled = writeScaling(preprocessing, write, constant);
  const { end } = walkRows<Value, Value>(architecture, { classes, hasHeads: false }, scaled, (placed, from, inside) => {
    const { row, path } = placed;
    if (row.kind !== "branches") return writeRow(placed, from, write, constant);
    return write(
      "Concat",
      path,
      inside.map((branch) => branch.end),
      { axis: { int: 1 } },
    );
  });
  nodes.push({ name: "logits", op: "Flatten", inputs: [end], output: "logits", attributes: { axis: { int: 1 } } });
  const attributes = { axis: { int: 1 } };
  nodes.push({ name: "probabilities", op: "Softmax", inputs: ["logits"], output: "probabilities", attributes });
  return { nodes, constants, input: "pictures", outputs: ["logits", "probabilities"] };
}

/** As torchvision has them: a convolution's kernel [outputs, inputs, height, width]; a dense layer's [units, inputs], inputs in the order channel, height, width. */
function weightConstants(
  architecture: Architecture,
  classes: number,
  read: (name: string) => Float32Array,
): OnnxConstant[] {
  return answeringWeights(architecture, classes).map((weight) => ({
    name: weight.name,
    shape: torchvisionShape(weight),
    values: () => toTorchvision(weight, read(weight.name)),
  }));
}

type WriteConstant = (name: string, shape: readonly number[], values: Float32Array) => Value;

/** (value / 255 − mean) / std of each channel, channels first. */
function writeScaling({ mean, std }: Preprocessing, write: Write, constant: WriteConstant): Value {
  const floats = write("Cast", "pictures", ["pictures"], { to: { int: float32 } });
  const channelsFirst = write("Transpose", "pictures", [floats], { perm: { ints: [0, 3, 1, 2] } });
  const perChannel = [1, 3, 1, 1];
  const factors = Float32Array.from(std, (deviation) => 1 / (255 * deviation));
  const shifts = Float32Array.from(mean, (average, channel) => average / std[channel]!);
  const product = write("Mul", "pictures", [channelsFirst, constant("pictures/factors", perChannel, factors)]);
  return write("Sub", "pictures", [product, constant("pictures/shifts", perChannel, shifts)]);
}

/** TensorProto's number for it. */
export const float32 = 1;

function writeRow({ row, path, input }: PlacedRow, from: Value, write: Write, constant: WriteConstant): Value {
  switch (row.kind) {
    case "convolution": {
      const inputs = [from, `${path}/kernel`, ...(row.batchNorm ? [] : [`${path}/bias`])];
      const [height, width] = row.kernel;
      const output = write("Conv", path, inputs, {
        ...{ kernel_shape: { ints: [height, width] }, strides: { ints: [row.stride, row.stride] } },
        ...{ pads: { ints: padsOf(row, row.kernel, input) }, group: { int: row.groups } },
      });
      return finished(row, path, output, write);
    }
    case "dense": {
      const flat = write("Flatten", path, [from], { axis: { int: 1 } });
      const inputs = [flat, `${path}/kernel`, ...(row.batchNorm ? [] : [`${path}/bias`])];
      return finished(row, path, write("Gemm", path, inputs, { transB: { int: 1 } }), write);
    }
    case "pool":
      return writePool(row, path, input, from, write);
    case "adaptive-pool": {
      // Averages over rows, then over columns, each a product with a matrix of shares.
      const down = constant(`${path}/rows`, [row.cells, input.height], sharesOf(row.cells, input.height));
      const across = transposed(sharesOf(row.cells, input.width), row.cells, input.width);
      const rows = write("MatMul", `${path}/rows`, [down, from]);
      return write("MatMul", `${path}/columns`, [rows, constant(`${path}/columns`, [input.width, row.cells], across)]);
    }
    case "local-response-norm":
      // ONNX divides α by the number of neighbours, the paper does not.
      return write("LRN", path, [from], {
        ...{ size: { int: row.neighbours }, bias: { float: row.k } },
        ...{ alpha: { float: row.alpha * row.neighbours }, beta: { float: row.beta } },
      });
    case "flatten":
      return write("Flatten", path, [from], { axis: { int: 1 } });
    // Outside training it passes on what it is given.
    case "dropout":
    case "auxiliary":
    case "branches":
      return from;
  }
}

/** Batch normalisation, where there is any, and the activation. */
function finished(
  { batchNorm, activation }: { readonly batchNorm: BatchNorm | null; readonly activation: Activation },
  path: string,
  output: Value,
  write: Write,
): Value {
  const statistics = ["gamma", "beta", "moving-mean", "moving-variance"].map((part) => `${path}/${part}`);
  const shifted = batchNorm
    ? write("BatchNormalization", path, [output, ...statistics], { epsilon: { float: batchNorm.epsilon } })
    : output;
  if (activation === "none") return shifted;
  return write(activation === "relu" ? "Relu" : "Tanh", path, [shifted]);
}

function writePool(row: PoolRow, path: string, input: Shape, from: Value, write: Write): Value {
  const { kernel, stride, padding, operation } = row;
  if (kernel === "all") return write(operation === "max" ? "GlobalMaxPool" : "GlobalAveragePool", path, [from]);
  const window = {
    ...{ kernel_shape: { ints: [kernel, kernel] }, strides: { ints: [stride, stride] } },
    pads: { ints: padsOf(row, [kernel, kernel], input) },
  };
  if (operation === "max") return write("MaxPool", path, [from], window);
  // With `same`, an average leaves the padding out; with padding by number it counts the zeros.
  const countsZeros = typeof padding === "number" ? 1 : 0;
  return write("AveragePool", path, [from], { ...window, count_include_pad: { int: countsZeros } });
}

/** Rows before, columns before, rows behind, columns behind. */
function padsOf(
  { stride, padding }: Pick<ConvolutionRow, "stride" | "padding">,
  [height, width]: readonly [number, number],
  input: Shape,
): readonly number[] {
  const before = (side: number, kernel: number) => paddingBefore(side, kernel, stride, padding);
  const behind = (side: number, kernel: number): number => {
    if (padding !== "same") return before(side, kernel);
    return Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side) - before(side, kernel);
  };
  return [
    ...[before(input.height, height), before(input.width, width)],
    ...[behind(input.height, height), behind(input.width, width)],
  ];
}

/** Of each of `cells` the share that each of `side` places has: see `AdaptivePoolRow`. @returns [cells, side] */
function sharesOf(cells: number, side: number): Float32Array {
  const shares = new Float32Array(cells * side);
  for (let cell = 0; cell < cells; cell++) {
    const [from, to] = [Math.floor((cell * side) / cells), Math.ceil(((cell + 1) * side) / cells)];
    shares.fill(1 / (to - from), cell * side + from, cell * side + to);
  }
  return shares;
}

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!);
}
