/** How sure a mean is, of a few runs or of many pictures. */
import { studentQuantile } from "./students-t.ts";

/**
 * The 95 % interval of a mean by Student's t: what others would have given, as far as these tell, with values spread normally or many. Null for fewer than two
 * values, which say nothing of their spread.
 */
export function meanInterval(values: readonly number[]): { readonly low: number; readonly high: number } | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const halfWidth = studentQuantile(values.length - 1) * Math.sqrt(variance / values.length);
  return { low: mean - halfWidth, high: mean + halfWidth };
}
