/**
 * What a perfectly calibrated network with the same confidences would show on so many pictures, by chance alone: right answers are drawn with the
 * probability that each answer has (consistency resampling: Bröcker & Smith 2007). Its ECE is above 0, and the more so on fewer pictures.
 */
import type { InPieces } from "../in-pieces.ts";
import { quantilesOf } from "../statistics/quartiles.ts";
import type { Binning } from "./reliability.ts";

export interface ChanceCalibration {
  /** Mean of its calibration error. */
  readonly mean: number;
  /** 97.5th percentile of its calibration error. */
  readonly high: number;
  /** In each bin, where 95 % of its shares of right answers lie; null where no picture fell. */
  readonly bands: readonly ({ readonly low: number; readonly high: number } | null)[];
  readonly draws: number;
}

/** Answers that are drawn in all: a second of work at most. */
const mostDrawn = 5_000_000;

/** @param uniform in [0, 1), seeded, so that a figure is the same each time it is asked for */
export function* chanceCalibration(
  confidences: ArrayLike<number>,
  { edges, binOf }: Binning,
  uniform: () => number,
): InPieces<ChanceCalibration> {
  const pictures = confidences.length;
  const draws = Math.max(200, Math.min(1_000, Math.floor(mostDrawn / Math.max(1, pictures))));
  const bins = edges.length - 1;
  const binOfPicture = Int32Array.from({ length: pictures }, (_, picture) => binOf(confidences[picture]!));
  const counts = new Int32Array(bins);
  const confidenceSums = new Float64Array(bins);
  binOfPicture.forEach((bin, picture) => {
    counts[bin]!++;
    confidenceSums[bin]! += confidences[picture]!;
  });
  const errors = new Float64Array(draws);
  const shares = Array.from({ length: bins }, () => new Float64Array(draws));
  const right = new Int32Array(bins);
  for (let draw = 0; draw < draws; draw++) {
    right.fill(0);
    for (let picture = 0; picture < pictures; picture++)
      if (uniform() < confidences[picture]!) right[binOfPicture[picture]!]!++;
    yield;
    for (let bin = 0; bin < bins; bin++) {
      errors[draw]! += Math.abs(right[bin]! - confidenceSums[bin]!) / pictures;
      shares[bin]![draw] = right[bin]! / counts[bin]!;
    }
  }
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / draws,
    high: quantilesOf(errors)(0.975),
    bands: shares.map((ofBin, bin) => {
      if (counts[bin] === 0) return null;
      const at = quantilesOf(ofBin);
      return { low: at(0.025), high: at(0.975) };
    }),
    draws,
  };
}
