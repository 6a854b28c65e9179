/**
 * An interval for a calibration error over bins. A percentile bootstrap does not cover, since the error is a sum of absolute values and so biased upwards. This
 * one follows from the triangle inequality. With gaps g_b = μ_b + e_b, of which μ_b is the true one and e_b chance:
 *
 * - Σ|μ_b| − Σ|g_b| ≤ −Σ sign(μ_b)·e_b, a normal mean whose variance is Σ var(e_b): the upper end is 1.96 standard deviations above what was seen.
 * - Σ|g_b| − Σ|μ_b| ≤ Σ|e_b|: the lower end is the 97.5th percentile of that below what was seen, and 0 at least.
 *
 * So it holds the error that more and more pictures would show, in these bins, at least 95 times of 100, and mostly oftener, as far as means are normal:
 * `test/bench/calibration-coverage.ts` tells how often. Of 2 to 20 pictures in one bin it is 88 times or more.
 */
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { quantilesOf } from "../statistics/quartiles.ts";
import { binGaps } from "./bin-gaps.ts";
import type { Binning, GradedAnswers } from "./reliability.ts";

const draws = 2_000;

/** @param normal standard normal, seeded. Null for no pictures. */
export function calibrationErrorInterval(
  answers: GradedAnswers,
  binning: Binning,
  normal: () => number,
): { readonly low: number; readonly high: number } | null {
  if (answers.confidences.length === 0) return null;
  const gaps = binGaps(answers, binning);
  const error = gaps.reduce((sum, { gap }) => sum + Math.abs(gap), 0);
  const chance = Float64Array.from({ length: draws }, () =>
    gaps.reduce((sum, { deviation }) => sum + (deviation === 0 ? 0 : deviation * Math.abs(normal())), 0),
  );
  const deviation = Math.sqrt(gaps.reduce((sum, one) => sum + one.deviation ** 2, 0));
  return {
    low: Math.max(0, error - quantilesOf(chance)(0.975)),
    high: Math.min(1, error + normalQuantile * deviation),
  };
}
