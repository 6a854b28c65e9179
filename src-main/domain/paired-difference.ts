/** How sure a difference in top-1 is, over the pictures that both arms answered. */
import type { ComparisonView } from "../contract/run.ts";

/** 97.5th percentile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * Share of pictures that the second run got right less the first's share, with a 95 % interval: the adjusted Wald interval for paired proportions of
 * Bonett & Price (2012, "Adjusted Wald Confidence Interval for a Difference of Binomial Proportions Based on Paired Data"), which adds one picture to
 * each of the two discordant counts, so that it has a width even where the arms never disagree.
 *
 * It is the uncertainty over pictures, of these two trained networks. It says nothing of what other seeds would have given.
 */
export function pairedDifference(answers: {
  readonly pictures: number;
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
}): ComparisonView["top1Difference"] {
  const { pictures, onlyFirstRight, onlySecondRight } = answers;
  if (pictures === 0) return null;
  const first = (onlyFirstRight + 1) / (pictures + 2);
  const second = (onlySecondRight + 1) / (pictures + 2);
  const centre = second - first;
  const halfWidth = z * Math.sqrt((first + second - centre * centre) / (pictures + 2));
  return {
    value: (onlySecondRight - onlyFirstRight) / pictures,
    low: Math.max(-1, centre - halfWidth),
    high: Math.min(1, centre + halfWidth),
  };
}
