/** How sure the mean of differences is, picture by picture. */
import type { DifferenceWithInterval } from "../../contract/run.ts";
import { meanInterval } from "../statistics/mean-interval.ts";
import { studentQuantile, studentTails } from "../statistics/students-t.ts";

/** With a 95 % interval and p by Student's t over the pictures. Null for fewer than two, and where one is no number. */
export function pictureDifference(
  differences: readonly number[],
): (DifferenceWithInterval & { readonly p: number }) | null {
  const interval = differences.every(Number.isFinite) ? meanInterval(differences) : null;
  if (interval === null) return null;
  const { low, high } = interval;
  const value = (low + high) / 2;
  const degrees = differences.length - 1;
  if (low === high) return { value, low, high, p: value === 0 ? 1 : 0 };
  return { value, low, high, p: studentTails((value / (high - low)) * 2 * studentQuantile(degrees), degrees) };
}
