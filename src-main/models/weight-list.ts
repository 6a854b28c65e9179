/** Every weight that a network built from a table has, in the order in which it is built, without TensorFlow. */
import type { Architecture, ConvolutionRow, DenseRow } from "../contract/architecture.ts";
import { type Shape, walkRows } from "../domain/networks/row-walk.ts";

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

/** A dense layer that stands behind a flatten row has a kernel over the grid that was flattened. */
const noGrid: Shape = { height: 1, width: 1, channels: 0 };

export function listWeights(architecture: Architecture, classes: number): ListedWeight[] {
  const rows: WeightRow[] = [];
  walkRows(architecture, { classes, hasHeads: true }, noGrid, ({ row, path, input, output }, grid) => {
    if (row.kind === "convolution") rows.push(convolutionRow(row, path, input, output));
    if (row.kind === "flatten") return input;
    if (row.kind !== "dense") return grid;
    const isBehindFlatten = grid.height * grid.width * grid.channels === input.channels;
    rows.push(denseRow(row, path, isBehindFlatten ? grid : input, output));
    return noGrid;
  });
  return rows.flatMap(weightsOf);
}

/** Those that an answer takes: heads have no part in it, and a network that was trained without them has none. */
export function answeringWeights(architecture: Architecture, classes: number): ListedWeight[] {
  const rows = architecture.rows.filter(({ kind }) => kind !== "auxiliary");
  return listWeights({ ...architecture, rows }, classes);
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

function convolutionRow(row: ConvolutionRow, path: string, input: Shape, output: Shape): WeightRow {
  const kernel = [...row.kernel, input.channels / row.groups, output.channels] as const;
  return { path, kind: "convolution", batchNorm: row.batchNorm !== null, kernel };
}

function denseRow(row: DenseRow, path: string, grid: Shape, output: Shape): WeightRow {
  const kernel = [grid.height, grid.width, grid.channels, output.channels] as const;
  return { path, kind: "dense", batchNorm: row.batchNorm !== null, kernel };
}
