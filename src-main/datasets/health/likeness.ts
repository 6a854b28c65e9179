/** How alike two pictures of near hashes are: unrelated ones can have those, and are told apart by their brightness on the grid. */
import { cutOf, gridSide, thumbLength } from "./sketch.ts";

export function bitsApart(aLow: number, aHigh: number, bLow: number, bHigh: number): number {
  return ones(aLow ^ bLow) + ones(aHigh ^ bHigh);
}

function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The thumb of a picture's cut, or of its mirror, from that of the whole: between the middles of cells it is as straight as can be. */
export function thumbOfVariant(thumb: Uint8Array, variant: number, isMirrored: boolean): Float64Array {
  const { left, top, side } = cutOf(variant);
  const made = new Float64Array(thumbLength);
  const placeOf = (from: number, cell: number) =>
    Math.min(gridSide - 1, Math.max(0, gridSide * from + side * (cell + 0.5) - 0.5));
  for (let row = 0; row < gridSide; row++)
    for (let column = 0; column < gridSide; column++) {
      const [x, y] = [placeOf(left, column), placeOf(top, row)];
      const [x0, y0] = [Math.min(gridSide - 2, Math.floor(x)), Math.min(gridSide - 2, Math.floor(y))];
      const at = y0 * gridSide + x0;
      const upper = thumb[at]! + (x - x0) * (thumb[at + 1]! - thumb[at]!);
      const lower = thumb[at + gridSide]! + (x - x0) * (thumb[at + gridSide + 1]! - thumb[at + gridSide]!);
      made[row * gridSide + (isMirrored ? gridSide - 1 - column : column)] = upper + (y - y0) * (lower - upper);
    }
  return made;
}
