/** What is told of one node of a network's map: each figure with its unit and where it is from. Pure. */
import type { ArchitectureTotals } from "../../../../src-main/contract/architecture.ts";
import type { RowTimes } from "../../../../src-main/contract/machine.ts";
import type { NetworkNode } from "../../../../src-main/domain/networks/network-tree.ts";
import { millisOfRows, millisWithin } from "../../../../src-main/domain/networks/time-within.ts";
import { shapeText } from "../../../entities/network/network-texts.ts";
import { bytes, count, counted, magnitude, percent, pixels, plain } from "../../../lib/format.ts";
import { millisText, spreadText } from "../times/times-texts.ts";

/** Calculated from the network's rows, measured on this machine, or printed by a source that is named. */
export type Origin = "calculated" | "measured" | "cited";

export interface RowFigure {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
  /** What the figure counts. */
  readonly about: string;
}

/**
 * @param batchSize of the activations' memory
 * @param times null where nothing was measured
 */
export function rowFigures(
  node: NetworkNode,
  totals: ArchitectureTotals,
  batchSize: number,
  times: RowTimes | null,
): readonly RowFigure[] {
  const { row, parameters, multiplyAdds, activationBytes } = node;
  const calculated = (name: string, value: string, about: string): RowFigure => ({
    ...{ name, value, about },
    origin: "calculated",
  });
  return [
    calculated("Output", shapeText(row.output), "Height × width × channels; behind the last grid the channels alone."),
    calculated(
      "Parameters",
      withShare(parameters, totals.parameters),
      "Trainable weights, and their share of the network without auxiliary heads.",
    ),
    calculated(
      "Multiply-adds",
      withShare(multiplyAdds, totals.multiplyAdds),
      "Of one picture's forward pass, and their share of the network's.",
    ),
    calculated(
      "Activations",
      `${bytes(activationBytes * batchSize)} for ${counted(batchSize, "picture")}`,
      "Memory of the values that it puts out, four bytes each.",
    ),
    ...fieldFigures(node),
    calculated(
      "Layers to here",
      count(row.weightLayers),
      "Layers with weights on the longest path to here, with its own.",
    ),
    calculated(
      "Paths",
      row.paths < 10_000 ? count(row.paths) : magnitude(row.paths),
      "From the input to here: branches add, what stands one behind the other multiplies.",
    ),
    ...timeFigures(node, times),
  ];
}

function fieldFigures({ row }: NetworkNode): readonly RowFigure[] {
  const about = "The part of the input that one value sees. It may be larger than the picture.";
  const { receptiveField, receptiveFieldStridePixels, receptiveFieldOffsetPixels } = row;
  if (receptiveField === null)
    return [{ name: "Receptive field", value: "the whole picture", origin: "calculated", about }];
  const { height, width } = receptiveField;
  const sides = height.pixels === width.pixels ? pixels(width.pixels) : `${width.pixels} × ${pixels(height.pixels)}`;
  return [
    { name: "Receptive field", value: sides, origin: "calculated", about },
    {
      name: "Stride",
      value: pixels(receptiveFieldStridePixels ?? 0),
      origin: "calculated",
      about: "How far apart the fields of neighbouring values are.",
    },
    {
      name: "First field's middle",
      value: `${plain(receptiveFieldOffsetPixels ?? 0)}\u00a0px`,
      origin: "calculated",
      about: "From the middle of the first pixel to the middle of the first value's field.",
    },
  ];
}

/** None of a head, which runs in training alone. */
function timeFigures(node: NetworkNode, times: RowTimes | null): readonly RowFigure[] {
  const within = times && millisWithin(node, times);
  const all = times && millisOfRows(times);
  if (within === null || all === null) return [];
  return [
    {
      name: "Time",
      value: `${millisText(within.median)}, ${percent(within.median / all.median)}`,
      origin: "measured",
      about: `${spreadText(within)}; and its share of all rows' time.`,
    },
  ];
}

function withShare(value: number, total: number): string {
  return value === 0 || total === 0 ? count(value) : `${magnitude(value)}, ${percent(value / total)}`;
}
