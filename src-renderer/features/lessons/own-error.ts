/** The error of one's own runs, as lessons show it beside a paper's. */
import type { Spread } from "../../../src-main/contract/experiment.ts";

/** A mean over runs that differ in their seed alone, with its 95 % interval where there are two or more. */
export type Measured = Pick<Spread, "mean" | "interval">;

/** From the share that was right to the share that was not. */
export function errorOf(right: Spread | null | undefined): Measured | null {
  if (!right) return null;
  const { mean, interval } = right;
  return { mean: 1 - mean, interval: interval && { low: 1 - interval.high, high: 1 - interval.low } };
}
