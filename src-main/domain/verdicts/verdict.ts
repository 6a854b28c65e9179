/**
 * Which of two runs may be named in a comparison, over these pictures and for these trained networks. Differences of losses and of calibration have intervals over
 * pictures, too, and are stated and not judged: what another seed does to them one run each does not show, and of equal arms some figure always comes out ahead.
 */
import type { ComparisonView } from "../../contract/comparison.ts";

/** Null where the interval holds zero, or there is none. */
export function moreAccurate(difference: ComparisonView["top1Difference"]): "first" | "second" | null {
  if (difference === null) return null;
  if (difference.low > 0) return "second";
  return difference.high < 0 ? "first" : null;
}
