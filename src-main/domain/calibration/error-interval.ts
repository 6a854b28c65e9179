/**
 * An interval for a calibration error over bins. A percentile bootstrap does not cover, since the error is a sum of absolute values and so biased upwards. This
 * one follows from the triangle inequality. With gaps g_b = μ_b + e_b, of which μ_b is the true one and e_b chance:
 *
 * - Σ|μ_b| − Σ|g_b| ≤ −Σ sign(μ_b)·e_b, a normal mean whose variance is Σ var(e_b): the upper end is 1.96 standard deviations above what was seen.
 * - Σ|g_b| − Σ|μ_b| ≤ Σ|e_b|: the lower end is the 97.5th percentile of that below what was seen, and 0 at least.
 *
 * So it holds the error that more and more pictures would show, in these bins, at least 95 times of 100, and mostly oftener:
 * `test/bench/calibration-coverage.ts` tells how often.
 */
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { quantilesOf } from "../statistics/quartiles.ts";
import type { Binning, GradedAnswers } from "./reliability.ts";

const draws = 2_000;

/** @param normal standard normal, seeded. Null for no pictures. */
export function calibrationErrorInterval(
  { confidences, isRight }: GradedAnswers,
  { edges, binOf }: Binning,
  normal: () => number,
): { readonly low: number; readonly high: number } | null {
  const all = confidences.length;
  if (all === 0) return null;
  const sums = edges.slice(1).map(() => ({ pictures: 0, confidence: 0, squares: 0, right: 0 }));
  for (let picture = 0; picture < all; picture++) {
    const confidence = confidences[picture]!;
    const sum = sums[binOf(confidence)]!;
    sum.pictures++;
    sum.confidence += confidence;
    sum.squares += confidence * confidence;
    if (isRight[picture]) sum.right++;
  }
  const error = sums.reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0) / all;
  const deviations = sums.map((sum) => gapDeviation(sum, all));
  const chance = Float64Array.from({ length: draws }, () =>
    deviations.reduce((sum, deviation) => sum + (deviation === 0 ? 0 : deviation * Math.abs(normal())), 0),
  );
  const deviation = Math.sqrt(deviations.reduce((sum, one) => sum + one * one, 0));
  return {
    low: Math.max(0, error - quantilesOf(chance)(0.975)),
    high: Math.min(1, error + normalQuantile * deviation),
  };
}

/** Of a bin's gap, its share of the pictures × (accuracy − confidence). One right and one wrong answer are added, so that a bin with one kind alone has some. */
function gapDeviation(
  bin: { readonly pictures: number; readonly confidence: number; readonly squares: number; readonly right: number },
  all: number,
): number {
  if (bin.pictures === 0) return 0;
  const share = (bin.right + 1) / (bin.pictures + 2);
  const mean = bin.confidence / bin.pictures;
  const spread = share * (1 - share) + (bin.squares / bin.pictures - mean * mean) + (share - mean) ** 2;
  const gap = (bin.right - bin.confidence) / all;
  return Math.sqrt(Math.max(0, (bin.pictures * spread) / (all * all) - (gap * gap) / all));
}
