/** What a calibration error is the sum of, bin by bin, and how sure that is. */
import type { Binning, GradedAnswers } from "./reliability.ts";

export interface BinGap {
  /** The bin's share of the pictures × (accuracy − mean confidence): the calibration error is the sum of these gaps' sizes. */
  readonly gap: number;
  /** Standard deviation of the gap by which pictures they are. */
  readonly deviation: number;
}

/** A gap of each bin; 0 where no picture fell. */
export function binGaps({ confidences, isRight }: GradedAnswers, { edges, binOf }: Binning): readonly BinGap[] {
  const all = confidences.length;
  const sums = edges.slice(1).map(() => ({ pictures: 0, confidence: 0, squares: 0, right: 0 }));
  for (let picture = 0; picture < all; picture++) {
    const confidence = confidences[picture]!;
    const sum = sums[binOf(confidence)]!;
    sum.pictures++;
    sum.confidence += confidence;
    sum.squares += confidence * confidence;
    if (isRight[picture]) sum.right++;
  }
  return sums.map((bin) => ({
    gap: bin.pictures === 0 ? 0 : (bin.right - bin.confidence) / all,
    deviation: gapDeviation(bin, all),
  }));
}

/** One right and one wrong answer are added, so that a bin with one kind alone has some. */
function gapDeviation(
  bin: { readonly pictures: number; readonly confidence: number; readonly squares: number; readonly right: number },
  all: number,
): number {
  if (bin.pictures === 0) return 0;
  const share = (bin.right + 1) / (bin.pictures + 2);
  const mean = bin.confidence / bin.pictures;
  const spread = share * (1 - share) + (bin.squares / bin.pictures - mean * mean) + (share - mean) ** 2;
  // With the same two answers: the gap that was seen is the whole spread where a bin is all right, and would leave nothing.
  const gap = (bin.pictures * (share - mean)) / all;
  return Math.sqrt(Math.max(0, (bin.pictures * spread) / (all * all) - (gap * gap) / all));
}
