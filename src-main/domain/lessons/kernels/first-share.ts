/** How separable a kernel is: what share of its energy, the sum of its squared values, lies in its best separable approximation. 1: it is an n×1 after a 1×n. */
import { uniformOf } from "../../statistics/uniform-of.ts";
import type { Raster } from "./raster.ts";
import { singularParts } from "./singular-parts.ts";

/** σ₁² over the sum of all σ²; null for a kernel of zeros, which has no energy. */
export function firstShare(kernel: Raster): number | null {
  const squares = singularParts(kernel).map(({ value }) => value * value);
  const sum = squares.reduce((all, square) => all + square, 0);
  return sum === 0 ? null : squares[0]! / sum;
}

/**
 * How far from the mean of all of these the mean of so many drawn from them lies at most, in 95 of 100 draws: 1.96 standard errors, by the normal
 * approximation.
 */
export function chanceOfMean(shares: readonly number[], drawn: number): number {
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1);
  return 1.96 * Math.sqrt(variance / drawn);
}

export const randomKernelCount = 1_000;

/** Of kernels whose values are drawn evenly from −1 to 1, as initial weights are up to a scale, which no share depends on; the same ones every time. */
export function randomShares(height: number, width: number): readonly number[] {
  return Array.from({ length: randomKernelCount }, (_, kernel) => {
    const values = Float64Array.from(
      { length: height * width },
      (_, at) => 2 * uniformOf(`${height} ${width} ${kernel} ${at}`) - 1,
    );
    return firstShare({ height, width, values })!;
  });
}
