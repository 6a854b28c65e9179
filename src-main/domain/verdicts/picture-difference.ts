/** How sure the mean of differences is, picture by picture. */
import type { DifferenceWithInterval } from "../../contract/comparison.ts";
import { meanInterval } from "../statistics/mean-interval.ts";
import { studentQuantile, studentTails } from "../statistics/students-t.ts";
import { type BiasBounds, nearestToZero, unbiased } from "./bias-bounds.ts";

/**
 * With a 95 % interval and p by Student's t over the pictures. Null for fewer than two, and where one is no number.
 * @param bias of the mean as an estimate; what it may be widens the interval
 */
export function pictureDifference(
  differences: readonly number[],
  bias: BiasBounds = unbiased,
): (DifferenceWithInterval & { readonly p: number }) | null {
  const interval = differences.every(Number.isFinite) ? meanInterval(differences) : null;
  if (interval === null) return null;
  const value = (interval.low + interval.high) / 2;
  const half = (interval.high - interval.low) / 2;
  const degrees = differences.length - 1;
  const beyondBias = nearestToZero(value, bias);
  return {
    value,
    low: interval.low - bias.upward,
    high: interval.high + bias.downward,
    p: beyondBias === 0 ? 1 : half === 0 ? 0 : studentTails((beyondBias / half) * studentQuantile(degrees), degrees),
  };
}
