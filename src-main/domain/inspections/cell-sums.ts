/**
 * The sums of a square grid's values over square cells; cells at its right and lower edge may reach over it.
 * @param values row by row, gridSide × gridSide
 * @param cell side of a cell, in values
 */
export function cellSums(
  values: ArrayLike<number>,
  gridSide: number,
  cell: number,
): { readonly side: number; readonly values: readonly number[] } {
  const side = Math.ceil(gridSide / cell);
  const sums = new Array<number>(side * side).fill(0);
  for (let y = 0; y < gridSide; y++)
    for (let x = 0; x < gridSide; x++)
      sums[Math.floor(y / cell) * side + Math.floor(x / cell)]! += values[y * gridSide + x]!;
  return { side, values: sums };
}
