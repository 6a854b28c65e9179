/** Every weight that a network built from a table has, in the order in which it is built, without TensorFlow. */
import type { Architecture, ConvolutionRow, DenseRow, Row } from "../contract/architecture.ts";
import { outputShape, type Shape } from "../domain/shapes.ts";

export interface ListedWeight {
  /** As a built network names it. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly part: "kernel" | "bias" | "gamma" | "beta" | "moving-mean" | "moving-variance";
  readonly row: WeightRow;
}
/** A convolution or dense layer. */
export interface WeightRow {
  readonly path: string;
  readonly kind: "convolution" | "dense";
  readonly batchNorm: boolean;
  /** A dense layer's is a kernel over the grid before its flatten, [height, width, inputs, units]. */
  readonly kernel: readonly [height: number, width: number, inputs: number, outputs: number];
}

export function listWeights(architecture: Architecture, classes: number): ListedWeight[] {
  const side = architecture.inputPixels;
  const rows: WeightRow[] = [];
  walk(architecture.rows, { height: side, width: side, channels: 3 }, "", classes, rows);
  return rows.flatMap(weightsOf);
}

function weightsOf(row: WeightRow): ListedWeight[] {
  const [height, width, inputs, outputs] = row.kernel;
  const shape = row.kind === "dense" ? [height * width * inputs, outputs] : row.kernel;
  const parts = row.batchNorm ? (["gamma", "beta", "moving-mean", "moving-variance"] as const) : (["bias"] as const);
  return [
    { name: `${row.path}/kernel`, shape, part: "kernel", row },
    ...parts.map((part) => ({ name: `${row.path}/${part}`, shape: [outputs], part, row })),
  ];
}

/** Adds to `found`. @returns the shape behind the rows */
function walk(rows: readonly Row[], input: Shape, path: string, classes: number, found: WeightRow[]): Shape {
  let shape = input;
  /** The grid that the next dense layer sees laid out in a row. */
  let grid: Shape = { height: 1, width: 1, channels: 0 };
  for (const row of rows) {
    const rowPath = path ? `${path}/${row.name}` : row.name;
    if (row.kind === "auxiliary") {
      walk(row.rows, shape, rowPath, classes, found);
      continue;
    }
    if (row.kind === "branches") {
      const start = shape;
      const ends = row.branches.map((branch, i) => walk(branch, start, `${rowPath}/Branch_${i}`, classes, found));
      shape = { ...(ends[0] ?? start), channels: ends.reduce((sum, { channels }) => sum + channels, 0) };
      continue;
    }
    const output = outputShape(row, shape, classes);
    if (row.kind === "flatten") grid = shape;
    if (row.kind === "convolution") found.push(convolutionRow(row, rowPath, shape, output));
    if (row.kind === "dense") {
      const isBehindFlatten = grid.height * grid.width * grid.channels === shape.channels;
      found.push(denseRow(row, rowPath, isBehindFlatten ? grid : shape, output));
      grid = { height: 1, width: 1, channels: 0 };
    }
    shape = output;
  }
  return shape;
}

function convolutionRow(row: ConvolutionRow, path: string, input: Shape, output: Shape): WeightRow {
  const kernel = [...row.kernel, input.channels / row.groups, output.channels] as const;
  return { path, kind: "convolution", batchNorm: row.batchNorm, kernel };
}

function denseRow(row: DenseRow, path: string, grid: Shape, output: Shape): WeightRow {
  const kernel = [grid.height, grid.width, grid.channels, output.channels] as const;
  return { path, kind: "dense", batchNorm: row.batchNorm, kernel };
}
