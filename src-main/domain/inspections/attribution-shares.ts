/** How strongly each cell of an attribution map is drawn. */

/** So few outliers do not darken the rest. */
const drawnAlikeShare = 0.01;

/** −1 to 1, by the 99th percentile of the sizes; what is beyond it is drawn as strongly. All 0 where all values are. */
export function attributionShares(values: readonly number[]): readonly number[] {
  const sizes = values.map(Math.abs).sort((a, b) => a - b);
  const percentile = sizes[Math.ceil((1 - drawnAlikeShare) * sizes.length) - 1] ?? 0;
  const most = percentile > 0 ? percentile : (sizes.at(-1) ?? 0);
  return values.map((value) => (most > 0 ? Math.max(-1, Math.min(1, value / most)) : 0));
}
