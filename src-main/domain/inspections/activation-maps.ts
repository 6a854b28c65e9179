/** The maps of one row's activations, told by how strongly they answer. */
import type { FieldSide, ShapedRow } from "../../contract/architecture.ts";
import type { Activations } from "../../contract/inference.ts";
import type { PictureBox } from "./central-field.ts";

export interface ActivationMap {
  /** Counted from 0, as in the row's kernel. */
  readonly channel: number;
  /** Over the grid. */
  readonly mean: number;
  /** The largest value, and where it stands. */
  readonly peak: { readonly value: number; readonly x: number; readonly y: number };
}

/** By the mean over the grid, the strongest first; of equal ones the lower channel. */
export function strongestMaps({ height, width, channels, values }: Activations): readonly ActivationMap[] {
  const maps = Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    let peak = { value: Number.NEGATIVE_INFINITY, x: 0, y: 0 };
    for (let at = 0; at < height * width; at++) {
      const value = values[at * channels + channel]!;
      sum += value;
      if (value > peak.value) peak = { value, x: at % width, y: Math.floor(at / width) };
    }
    return { channel, mean: sum / (height * width), peak };
  });
  return maps.sort((a, b) => b.mean - a.mean || a.channel - b.channel);
}

/** What a value of the row's grid sees of the picture, in pixels of the input; null where every value sees all. */
export function fieldOf(
  { receptiveField }: Pick<ShapedRow, "receptiveField">,
  { x, y }: { readonly x: number; readonly y: number },
): PictureBox | null {
  if (receptiveField === null) return null;
  const { width, height } = receptiveField;
  const from = ({ fromPixel, stridePixels }: FieldSide, place: number) => fromPixel + place * stridePixels;
  return { x: from(width, x), y: from(height, y), width: width.pixels, height: height.pixels };
}
