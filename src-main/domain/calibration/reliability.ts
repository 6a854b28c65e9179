/** Answers in bins of confidence: what a reliability diagram draws, and the calibration error that is read off it. */
import type { ReliabilityBin } from "../../contract/calibration.ts";
import { equalBinOf } from "../metrics/ece.ts";

export const reliabilityBinCount = 15;

/** How sure a network was of each answer, and whether it was right: arrays with one entry a picture. */
export interface GradedAnswers {
  /** Probability of the answer. */
  readonly confidences: ArrayLike<number>;
  readonly isRight: ArrayLike<boolean>;
}

/** How pictures fall into bins; an edge belongs to the bin below it. */
export interface Binning {
  /** The lower end of the first bin, then every bin's upper end. */
  readonly edges: readonly number[];
  readonly binOf: (confidence: number) => number;
}

/** Bins of equal width, (i/n, (i+1)/n], as the ECE has them. */
export function equalWidthBinning(bins = reliabilityBinCount): Binning {
  return {
    edges: Array.from({ length: bins + 1 }, (_, edge) => edge / bins),
    binOf: (confidence) => equalBinOf(confidence, bins),
  };
}

/**
 * Bins of about as many pictures each: bin i ends at the confidence at place ⌈(i + 1)·n/bins⌉ in order. Equal confidences stay together, so that there
 * are fewer bins where many pictures have the same.
 */
export function equalMassBinning(confidences: ArrayLike<number>, bins = reliabilityBinCount): Binning {
  const inOrder = Float64Array.from(confidences).sort();
  const ends = Array.from({ length: bins }, (_, bin) => inOrder[Math.ceil(((bin + 1) * inOrder.length) / bins) - 1]!);
  const upper = [...new Set(inOrder.length === 0 ? [] : ends)];
  return {
    edges: [0, ...upper],
    binOf: (confidence) => {
      let bin = 0;
      while (bin < upper.length - 1 && confidence > upper[bin]!) bin++;
      return bin;
    },
  };
}

export function reliabilityBins({ confidences, isRight }: GradedAnswers, { edges, binOf }: Binning): ReliabilityBin[] {
  const sums = edges.slice(1).map(() => ({ pictures: 0, confidence: 0, right: 0 }));
  for (let picture = 0; picture < confidences.length; picture++) {
    const sum = sums[binOf(confidences[picture]!)]!;
    sum.pictures++;
    sum.confidence += confidences[picture]!;
    if (isRight[picture]) sum.right++;
  }
  return sums.map(({ pictures, confidence, right }, bin) => ({
    above: edges[bin]!,
    upTo: edges[bin + 1]!,
    pictures,
    confidence: pictures === 0 ? null : confidence / pictures,
    accuracy: pictures === 0 ? null : right / pictures,
  }));
}

/** Mean over pictures of |accuracy − mean confidence| of their bin: with bins of equal width, the ECE. */
export function binnedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const pictures = bins.reduce((sum, bin) => sum + bin.pictures, 0);
  return (
    bins.reduce((sum, bin) => sum + bin.pictures * Math.abs((bin.accuracy ?? 0) - (bin.confidence ?? 0)), 0) / pictures
  );
}
