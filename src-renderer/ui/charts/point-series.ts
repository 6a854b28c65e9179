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
