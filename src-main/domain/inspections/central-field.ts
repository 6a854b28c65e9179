/** Where on the picture the middle value of a row's grid looks. */
import type { FieldSide, ShapedRow } from "../../contract/architecture.ts";

/** In pixels of the input; parts of it lie outside of the picture where the field is larger, or reaches into the padding. */
export interface PictureBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of an even grid the value behind the middle. The whole picture where every value sees all. */
export function centralField(
  { receptiveField, output }: Pick<ShapedRow, "receptiveField" | "output">,
  inputPixels: number,
): PictureBox {
  if (receptiveField === null) return { x: 0, y: 0, width: inputPixels, height: inputPixels };
  const { height, width } = receptiveField;
  const from = ({ fromPixel, stridePixels }: FieldSide, side: number) =>
    fromPixel + Math.floor(side / 2) * stridePixels;
  return {
    x: from(width, output.width),
    y: from(height, output.height),
    width: width.pixels,
    height: height.pixels,
  };
}

/** How much of the picture's area the box covers, from 0 to 1. */
export function shareOfPicture({ x, y, width, height }: PictureBox, inputPixels: number): number {
  const within = (from: number, pixels: number) =>
    Math.max(0, Math.min(inputPixels, from + pixels) - Math.max(0, from)) / inputPixels;
  return within(x, width) * within(y, height);
}
