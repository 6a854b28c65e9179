/** What a lesson's small pictures are made of: bytes of red, green, blue and opacity. */
import type { Raster } from "../../../../src-main/domain/lessons/kernels/raster.ts";
import type { Pixels } from "../../../ui/pixels.ts";

/** Which values are black and white. */
export interface GreyTone {
  readonly black: number;
  readonly white: number;
}

/** Black to white as in a picture where nothing is below 0; else from the least value to the largest. */
export function toneOf({ values }: Raster): GreyTone {
  const all = Array.from(values);
  const black = Math.min(...all);
  if (black > -1e-9) return { black: 0, white: 1 };
  // A flat answer is no picture of its rounding.
  return { black, white: Math.max(black + 1e-6, ...all) };
}

/** Mid-grey for 0. */
export function evenTone(most: number): GreyTone {
  return { black: -most, white: most };
}

export function greyPixels({ height, width, values }: Raster, { black, white }: GreyTone): Pixels {
  const bytes = new Uint8ClampedArray(4 * height * width);
  for (let at = 0; at < height * width; at++) {
    const grey = (255 * (values[at]! - black)) / (white - black);
    bytes.set([grey, grey, grey, 255], 4 * at);
  }
  return { height, width, bytes };
}
