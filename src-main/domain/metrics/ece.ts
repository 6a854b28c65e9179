import type { Metric } from "./metric.ts";

export const ece = {
  id: "ece",
  title: "ECE",
  unit: "fraction",
  decimals: 3,
  better: "lower",
  about: "Expected calibration error: how far confidence and accuracy lie apart, over 15 bins of confidence.",
  also: ["calibration error"],
  formula: ({ predictions }) =>
    expectedCalibrationError(
      predictions.map(({ confidence }) => confidence),
      predictions.map(({ answer, label }) => answer === label),
    ),
} as const satisfies Metric;

/**
 * Expected calibration error (Naeini 2015; Guo 2017): pictures fall into equal bins (i/n, (i+1)/n] of the answer's probability;
 * the value is the mean over pictures of |accuracy − mean confidence| of their bin.
 */
export function expectedCalibrationError(
  confidences: ArrayLike<number>,
  isCorrect: ArrayLike<boolean>,
  bins = 15,
): number {
  const gap = new Float64Array(bins);
  for (let picture = 0; picture < confidences.length; picture++) {
    const confidence = confidences[picture]!;
    const bin = equalBinOf(confidence, bins);
    // |accuracy − confidence| times the bin's count is the distance of two sums, so the counts themselves are not needed.
    gap[bin]! += (isCorrect[picture] ? 1 : 0) - confidence;
  }
  return gap.reduce((sum, one) => sum + Math.abs(one), 0) / confidences.length;
}

/** Of equal bins (i/n, (i+1)/n], that of a probability; 0 falls into the first. */
export function equalBinOf(probability: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.ceil(probability * bins) - 1));
}
