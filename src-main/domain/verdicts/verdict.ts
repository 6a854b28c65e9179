/**
 * Which of two runs may be named in a comparison. Only accuracy has an interval, so only accuracy can be told, over these pictures and for these trained
 * networks; losses and calibration are figures to state, not to judge: of equal arms some figure always comes out ahead.
 */
import type { ComparisonView } from "../../contract/run.ts";

/** Null where the interval holds zero, or there is none. */
export function moreAccurate(difference: ComparisonView["top1Difference"]): "first" | "second" | null {
  if (difference === null) return null;
  if (difference.low > 0) return "second";
  return difference.high < 0 ? "first" : null;
}
