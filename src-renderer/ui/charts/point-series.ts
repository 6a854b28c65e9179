/** Points of a chart that are one kind, told from others by their shape and fill. */

export type MarkShape = "diamond" | "circle" | "square" | "triangle";

export interface ChartPoint {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Beside it. */
  readonly label: string;
  /** In words, for who points at it. */
  readonly title: string;
}

export interface PointSeries {
  readonly label: string;
  readonly shape: MarkShape;
  readonly isFilled: boolean;
  /** A colour of the tokens. */
  readonly stroke: string;
  readonly points: readonly ChartPoint[];
  /** Those that a stair joins, from left to right; none where there is none. */
  readonly front: readonly Pick<ChartPoint, "x" | "y">[];
}

const marks: Readonly<Record<MarkShape, readonly [hollow: string, filled: string]>> = {
  diamond: ["◇", "◆"],
  circle: ["○", "●"],
  square: ["□", "■"],
  triangle: ["△", "▲"],
};

/** Which mark is of what, where a saved chart has no legend: `◇ Published; ● Yours`. */
export function seriesInWords(series: readonly PointSeries[]): string {
  return series
    .filter(({ points }) => points.length > 0)
    .map(({ label, shape, isFilled }) => `${marks[shape][isFilled ? 1 : 0]} ${label}`)
    .join("; ");
}
