/** Temperature scaling (Guo 2017): the one number that logits are divided by so that the hard loss is least. The answers stay as they are. */
import type { LabelledLogits } from "./scores.ts";

export interface FittedTemperature {
  readonly temperature: number;
  /** It would go on beyond what is tried: the loss has no least, as where every answer is right. */
  readonly isAtEnd: boolean;
}

/** Temperatures that are tried. */
export const temperatureRange = { least: 0.05, most: 20 } as const;
const mostSteps = 60;

/**
 * By Newton's method on β = 1/T, in which the loss is convex, kept between the ends by bisection.
 * @returns null for no pictures
 */
export function fittedTemperature(labelled: LabelledLogits): FittedTemperature | null {
  if (labelled.labels.length === 0) return null;
  let [low, high] = [1 / temperatureRange.most, 1 / temperatureRange.least];
  if (slopeAt(labelled, low).slope >= 0) return { temperature: temperatureRange.most, isAtEnd: true };
  if (slopeAt(labelled, high).slope <= 0) return { temperature: temperatureRange.least, isAtEnd: true };
  let beta = 1;
  for (let step = 0; step < mostSteps && high - low > 1e-13 * high; step++) {
    const { slope, curvature } = slopeAt(labelled, beta);
    if (slope === 0) break;
    if (slope < 0) low = beta;
    else high = beta;
    const next = beta - slope / curvature;
    const isInside = next > low && next < high;
    const before = beta;
    beta = isInside ? next : (low + high) / 2;
    if (isInside && Math.abs(beta - before) <= 1e-14 * beta) break;
  }
  return { temperature: 1 / beta, isAtEnd: false };
}

/** First and second derivative in β of the mean of ln Σ exp(β·z) − β·z(true class). */
function slopeAt(
  { logits, labels, classes }: LabelledLogits,
  beta: number,
): { readonly slope: number; readonly curvature: number } {
  let [slope, curvature] = [0, 0];
  for (let picture = 0; picture < labels.length; picture++) {
    const row = logits.subarray(picture * classes, (picture + 1) * classes);
    let largest = Number.NEGATIVE_INFINITY;
    for (const logit of row) largest = Math.max(largest, logit);
    let [sum, first, second] = [0, 0, 0];
    for (const logit of row) {
      const below = logit - largest;
      const power = Math.exp(beta * below);
      sum += power;
      first += power * below;
      second += power * below * below;
    }
    const mean = first / sum;
    slope += mean - (row[labels[picture]!]! - largest);
    curvature += second / sum - mean * mean;
  }
  return { slope: slope / labels.length, curvature: curvature / labels.length };
}
