/** Scores of probabilities, and Murphy's decomposition of those of the answer. */
import type { DecomposedScore, ReliabilityBin } from "../../contract/calibration.ts";
import { answerOf } from "../metrics/top-k.ts";
import type { GradedAnswers } from "./reliability.ts";

/** What a network answered to pictures, from its logits. */
export interface ScoredAnswers {
  readonly confidences: Float64Array;
  readonly isRight: readonly boolean[];
  /** Share of right answers. */
  readonly top1: number;
  /** Mean of −ln p(true class), in nats. */
  readonly hardLoss: number;
  /** Mean of Σ(p − one-hot)² over all classes, 0–2 (Brier 1950). */
  readonly brier: number;
}

/** Logits of pictures: rows of `classes` values, with the true classes. */
export interface LabelledLogits {
  readonly logits: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** @param temperature what logits are divided by; more than 0 */
export function scoredAt({ logits, labels, classes }: LabelledLogits, temperature = 1): ScoredAnswers {
  const pictures = labels.length;
  const confidences = new Float64Array(pictures);
  const isRight: boolean[] = [];
  let [hardLoss, brier] = [0, 0];
  const powers = new Float64Array(classes);
  for (let picture = 0; picture < pictures; picture++) {
    const row = logits.subarray(picture * classes, (picture + 1) * classes);
    const answer = answerOf(row);
    const label = labels[picture]!;
    let sum = 0;
    for (let place = 0; place < classes; place++) {
      powers[place] = Math.exp((row[place]! - row[answer]!) / temperature);
      sum += powers[place]!;
    }
    hardLoss += Math.log(sum) - (row[label]! - row[answer]!) / temperature;
    for (let place = 0; place < classes; place++) brier += (powers[place]! / sum - (place === label ? 1 : 0)) ** 2;
    confidences[picture] = 1 / sum;
    isRight.push(answer === label);
  }
  const right = isRight.filter(Boolean).length;
  return { confidences, isRight, top1: right / pictures, hardLoss: hardLoss / pictures, brier: brier / pictures };
}

/** Brier score of the answer, mean of (confidence − right)², decomposed over bins (Murphy 1973). */
export function decomposedBrier(answers: GradedAnswers, bins: readonly ReliabilityBin[]): DecomposedScore {
  const score = meanOver(answers, (confidence, isRight) => (confidence - (isRight ? 1 : 0)) ** 2);
  const base = meanOver(answers, (_, isRight) => (isRight ? 1 : 0));
  const squared = (a: number, b: number) => (a - b) ** 2;
  return decomposed(score, base, bins, squared, base * (1 - base));
}

/**
 * Log score of the answer, mean of −ln of the probability given to what happened, in nats, decomposed alike by Kullback–Leibler divergence (Weijs, van
 * Nooijen & van de Giesen 2010). Null where a network was so sure and wrong that it is infinite.
 */
export function decomposedLogScore(answers: GradedAnswers, bins: readonly ReliabilityBin[]): DecomposedScore | null {
  const score = meanOver(answers, (confidence, isRight) => -Math.log(isRight ? confidence : 1 - confidence));
  if (!Number.isFinite(score)) return null;
  const base = meanOver(answers, (_, isRight) => (isRight ? 1 : 0));
  const divergence = (forecast: number, share: number) => partOf(share, forecast) + partOf(1 - share, 1 - forecast);
  return decomposed(score, base, bins, divergence, -partOf(base, 1) - partOf(1 - base, 1));
}

/** p·ln(p/q), which is 0 where p is. */
function partOf(p: number, q: number): number {
  return p === 0 ? 0 : p * Math.log(p / q);
}

function meanOver(
  { confidences, isRight }: GradedAnswers,
  of: (confidence: number, isRight: boolean) => number,
): number {
  let sum = 0;
  for (let picture = 0; picture < confidences.length; picture++) sum += of(confidences[picture]!, isRight[picture]!);
  return sum / confidences.length;
}

function decomposed(
  score: number,
  base: number,
  bins: readonly ReliabilityBin[],
  distance: (forecast: number, share: number) => number,
  uncertainty: number,
): DecomposedScore {
  const pictures = bins.reduce((sum, bin) => sum + bin.pictures, 0);
  let [reliability, resolution] = [0, 0];
  for (const { pictures: count, confidence, accuracy } of bins) {
    if (confidence === null || accuracy === null) continue;
    reliability += (count / pictures) * distance(confidence, accuracy);
    resolution += (count / pictures) * distance(base, accuracy);
  }
  return { score, reliability, resolution, uncertainty, rest: score - (reliability - resolution + uncertainty) };
}
