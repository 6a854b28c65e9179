/**
 * Expected calibration errors as means over pictures, so that their difference has an interval. The ECE is Σ|g| over bins of confidence, where g is a bin's mean over all pictures of right −
 * confidence. So it is a mean over pictures too, of sign(g of its bin)·(right − confidence), and the difference of two networks has the interval of such a mean.
 *
 * That leaves out how chance adds to |g|. Where a bin's true gap is μ, and what is seen is spread around it with standard deviation σ, |g| lies above |μ| by the
 * mean of a folded normal distribution less |μ|: σ·√(2/π) where μ is 0, and next to nothing from 2σ on. True gaps are not known, so this is
 * bounded, with gaps closer to 0 than the seen ones by 1.5σ. One arm's bound is added to the interval below, and the other's
 * above: it holds the true difference at least as often as it says, and oftener where gaps are small. `test/bench/calibration-coverage.ts` tells how often.
 */
import { binGaps } from "../calibration/bin-gaps.ts";
import { equalWidthBinning, type GradedAnswers } from "../calibration/reliability.ts";
import { foldedNormalBias } from "../statistics/folded-normal.ts";
import type { BiasBounds } from "./bias-bounds.ts";

export interface CalibrationDifferences {
  /** Of each seed and picture, the second network's error less the first's: their mean is the difference of ECEs. */
  readonly differences: readonly Float64Array[];
  /** Of that mean. */
  readonly bias: BiasBounds;
}

/** @param pairs two networks a seed, all with answers to the same pictures in the same order */
export function calibrationDifferences(
  pairs: readonly (readonly [first: GradedAnswers, second: GradedAnswers])[],
): CalibrationDifferences {
  const errors = pairs.map(([first, second]) => [calibrationErrors(first), calibrationErrors(second)] as const);
  const mostBias = (arm: 0 | 1) => errors.reduce((sum, pair) => sum + pair[arm].mostBias, 0) / errors.length;
  return {
    differences: errors.map(([first, second]) => second.values.map((value, picture) => value - first.values[picture]!)),
    // What chance may have added to the second's error alone makes the difference too large, and what it added to the first's too small.
    bias: { upward: mostBias(1), downward: mostBias(0) },
  };
}

/** In standard deviations of a bin's gap. */
const gapSlack = 1.5;

interface CalibrationErrors {
  /** The ECE is their mean over the pictures. */
  readonly values: Float64Array;
  /** The ECE lies above the true one by so much at most, in the mean over all draws of as many pictures. */
  readonly mostBias: number;
}

function calibrationErrors(answers: GradedAnswers): CalibrationErrors {
  const binning = equalWidthBinning();
  const gaps = binGaps(answers, binning);
  const values = Float64Array.from(answers.confidences, (confidence, picture) => {
    const { gap } = gaps[binning.binOf(confidence)]!;
    return Math.sign(gap) * ((answers.isRight[picture] ? 1 : 0) - confidence);
  });
  const mostBias = gaps.reduce((sum, { gap, deviation }) => {
    if (deviation === 0) return sum;
    return sum + deviation * foldedNormalBias(Math.max(0, Math.abs(gap) / deviation - gapSlack));
  }, 0);
  return { values, mostBias };
}
