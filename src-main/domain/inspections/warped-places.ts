/** Where a picture that is turned, scaled and shifted takes its pixels from, by bilinear interpolation. */

export interface Warp {
  readonly degrees: number;
  readonly scale: number;
  /** In pixels. */
  readonly shift: readonly [x: number, y: number];
}

/**
 * Clockwise about the middle of a square; beyond its edge the nearest pixel is taken.
 * @returns for each pixel of the new square four places of the old one, counted row by row, and their weights, which sum to 1
 */
export function warpedPlaces(
  side: number,
  { degrees, scale, shift }: Warp,
): { readonly places: Int32Array; readonly weights: Float32Array } {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) / scale, Math.sin((degrees * Math.PI) / 180) / scale];
  const middle = (side - 1) / 2;
  const clamped = (at: number): number => Math.max(0, Math.min(side - 1, at));
  const places = new Int32Array(4 * side * side);
  const weights = new Float32Array(4 * side * side);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const [dx, dy] = [column - middle - shift[0], row - middle - shift[1]];
      const x = clamped(middle + cos * dx + sin * dy);
      const y = clamped(middle - sin * dx + cos * dy);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [toRight, toBottom] = [x - left, y - top];
      const [right, bottom] = [clamped(left + 1), clamped(top + 1)];
      const at = 4 * (row * side + column);
      places.set([top * side + left, top * side + right, bottom * side + left, bottom * side + right], at);
      weights.set(
        [(1 - toRight) * (1 - toBottom), toRight * (1 - toBottom), (1 - toRight) * toBottom, toRight * toBottom],
        at,
      );
    }
  return { places, weights };
}
