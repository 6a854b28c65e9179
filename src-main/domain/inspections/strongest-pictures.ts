/** From what a row's channels give for many pictures: the pictures that each answers strongest to, and the class that it answers to most. */

export interface ChannelPeaks {
  readonly channels: number;
  /** [pictures, channels]: the largest value over the grid, its place counted row by row, and the mean of what is above 0. */
  readonly peaks: ArrayLike<number>;
  readonly places: ArrayLike<number>;
  readonly means: ArrayLike<number>;
}

/** The rows of the pictures with the channel's largest values, the strongest first; of equal ones the earlier. */
export function strongestRows(
  { channels, peaks }: Pick<ChannelPeaks, "channels" | "peaks">,
  channel: number,
  most: number,
): readonly number[] {
  const strongest: number[] = [];
  const peakOf = (row: number): number => peaks[row * channels + channel]!;
  for (let row = 0; row < peaks.length / channels; row++) {
    const before = strongest.findIndex((other) => peakOf(other) < peakOf(row));
    if (before < 0 && strongest.length >= most) continue;
    strongest.splice(before < 0 ? strongest.length : before, 0, row);
    strongest.length = Math.min(strongest.length, most);
  }
  return strongest;
}

/**
 * Morcos 2018: (a − b) / (a + b) of the largest of the classes' means and the mean over all the others' means.
 * @param classOf of each picture by its row; null for one without
 * @returns null where fewer than two classes have a picture, or none is answered to
 */
export function classSelectivity(
  { channels, means }: Pick<ChannelPeaks, "channels" | "means">,
  channel: number,
  classOf: readonly (string | null)[],
): { readonly className: string; readonly index: number } | null {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const [row, className] of classOf.entries()) {
    if (className === null) continue;
    const own = sums.get(className) ?? { sum: 0, count: 0 };
    sums.set(className, { sum: own.sum + means[row * channels + channel]!, count: own.count + 1 });
  }
  const byClass = [...sums].map(([className, { sum, count }]) => ({ className, mean: sum / count }));
  const [first, ...others] = byClass.sort((a, b) => b.mean - a.mean);
  if (first === undefined || others.length === 0 || first.mean === 0) return null;
  const rest = others.reduce((sum, { mean }) => sum + mean, 0) / others.length;
  return { className: first.className, index: (first.mean - rest) / (first.mean + rest) };
}
