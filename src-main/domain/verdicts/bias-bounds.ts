/** How far a difference that is seen may lie from the true one in the mean over all draws of pictures; a mean over pictures lies nowhere but there. */
export interface BiasBounds {
  /** At most so far above the true one; 0 or more. */
  readonly upward: number;
  /** At most so far below it; 0 or more. */
  readonly downward: number;
}

export const unbiased: BiasBounds = { upward: 0, downward: 0 };

/** Of what the true difference may be by the bias alone, that nearest to none. */
export function nearestToZero(value: number, { upward, downward }: BiasBounds): number {
  return value > 0 ? Math.max(0, value - upward) : Math.min(0, value + downward);
}
