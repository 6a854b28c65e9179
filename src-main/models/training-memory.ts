/**
 * What a table holds in memory while it trains, without TensorFlow. A row's output is counted as often as the backward pass wants it kept: bias and
 * ReLU work in place, batch normalisation keeps what came in beside what went out, and so on.
 */
import type { Architecture, Row, ShapedRow } from "../contract/architecture.ts";
import type { Shape } from "../domain/shapes.ts";
import { shapeRows } from "../domain/shapes.ts";

export interface TrainingFootprint {
  /** Weights of the trunk and, unless they are left out, of its heads; float32. */
  readonly parameterBytes: number;
  /** Convolutions and dense layers: each keeps what its kernels have set up for themselves. */
  readonly weightRows: number;
  /** Of one picture, from the forward to the backward pass. */
  readonly keptBytes: number;
}

/** @param architecture at the size at which it shall run (see scale.ts) */
export function trainingFootprint(architecture: Architecture, classes: number, hasHeads: boolean): TrainingFootprint {
  const { rows, totals } = shapeRows(architecture, classes);
  const side = architecture.inputPixels;
  const pictures = { height: side, width: side, channels: 3 };
  const held = walk(architecture.rows, rows, pictures, hasHeads);
  const parameters = totals.parameters + (hasHeads ? totals.auxiliaryParameters : 0);
  return {
    parameterBytes: 4 * parameters,
    weightRows: held.weightRows,
    // The pictures themselves, as numbers.
    keptBytes: held.keptBytes + bytesOf(pictures),
  };
}

type Held = Omit<TrainingFootprint, "parameterBytes">;
const nothing: Held = { weightRows: 0, keptBytes: 0 };

function walk(rows: readonly Row[], shaped: readonly ShapedRow[], start: Shape, hasHeads: boolean): Held {
  let input = start;
  return rows.reduce((sum, row, index) => {
    const shape = shaped[index]!; // one a row, in the table's order
    const held = heldBy(row, shape, input, hasHeads);
    if (row.kind !== "auxiliary") input = shape.output;
    return together(sum, held);
  }, nothing);
}

function heldBy(row: Row, shaped: ShapedRow, input: Shape, hasHeads: boolean): Held {
  const output = bytesOf(shaped.output);
  if (row.kind === "branches" || row.kind === "auxiliary") {
    if (row.kind === "auxiliary" && !hasHeads) return nothing;
    const lists = row.kind === "branches" ? row.branches : [row.rows];
    const inside = lists.map((list, index) => walk(list, shaped.branches?.[index] ?? [], input, hasHeads));
    // Branches are copied side by side.
    const joined = { weightRows: 0, keptBytes: row.kind === "branches" ? output : 0 };
    return inside.reduce(together, joined);
  }
  return {
    weightRows: row.kind === "convolution" || row.kind === "dense" ? 1 : 0,
    keptBytes: keptBy(row, input, output),
  };
}

function keptBy(row: Exclude<Row, { kind: "branches" | "auxiliary" }>, input: Shape, output: number): number {
  switch (row.kind) {
    case "convolution": {
      const border = typeof row.padding === "number" ? 2 * row.padding : 0;
      const padded = { ...input, height: input.height + border, width: input.width + border };
      // A border of pixels is put around a copy; groups are copies of their channels.
      const copies = (border > 0 ? bytesOf(padded) : 0) + (row.groups > 1 ? bytesOf(padded) : 0);
      return copies + output * (row.batchNorm ? 2 : 1);
    }
    case "dense":
      return output * (row.batchNorm ? 2 : 1);
    case "dropout":
      return 2 * output;
    case "flatten":
      return 0;
    default:
      return output;
  }
}

function together(one: Held, other: Held): Held {
  return { weightRows: one.weightRows + other.weightRows, keptBytes: one.keptBytes + other.keptBytes };
}

function bytesOf({ height, width, channels }: Shape): number {
  return 4 * height * width * channels;
}
