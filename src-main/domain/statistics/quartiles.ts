/** What repeated measurements of one thing say: their median, and between which values the middle half of them lies. */

export interface Quartiles {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

export function quartilesOf(values: readonly number[]): Quartiles {
  const at = quantilesOf(values);
  return { median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75) };
}

/** The value below which a share of them lies. Between two values it lies on the line between them, as NumPy has it unless told otherwise. */
export function quantilesOf(values: ArrayLike<number>): (share: number) => number {
  if (values.length === 0) throw new Error("Nothing was measured");
  const sorted = Float64Array.from(values).sort();
  return (share) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
  };
}
