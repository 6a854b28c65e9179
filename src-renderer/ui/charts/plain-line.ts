/** A line of few points, drawn straight from one to the next. */
export interface PlainLine {
  /** At its right end; null for one that is there to compare with. */
  readonly label: string | null;
  /** What saved values call one without a label. */
  readonly name?: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** A colour of the tokens. */
  readonly stroke: string;
  readonly isDashed?: boolean;
  readonly isStrong?: boolean;
}
