/**
 * What a table holds in memory while it trains, without TensorFlow. A row's output is counted as often as the backward pass wants it kept: bias and
 * ReLU work in place, batch normalisation keeps what came in beside what went out, and so on.
 */
import type { Architecture } from "../contract/architecture.ts";
import { type PlacedRow, placedRows, type Shape } from "../domain/networks/row-walk.ts";
import { shapeRows } from "../domain/networks/shapes.ts";

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
  const { totals } = shapeRows(architecture, classes);
  const side = architecture.inputPixels;
  const placed = placedRows(architecture, { classes, hasHeads });
  const parameters = totals.parameters + (hasHeads ? totals.auxiliaryParameters : 0);
  return {
    parameterBytes: 4 * parameters,
    weightRows: placed.filter(({ row: { kind } }) => kind === "convolution" || kind === "dense").length,
    // The pictures themselves, as numbers, come first.
    keptBytes: placed.reduce((sum, one) => sum + keptBy(one), bytesOf({ height: side, width: side, channels: 3 })),
  };
}

function keptBy({ row, input, output: shape }: PlacedRow): number {
  const output = bytesOf(shape);
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
    case "auxiliary":
      return 0;
    // Those of a module are copied side by side.
    default:
      return output;
  }
}

function bytesOf({ height, width, channels }: Shape): number {
  return 4 * height * width * channels;
}
