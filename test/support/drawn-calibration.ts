/** Networks that are drawn, whose calibration is known: how sure they are of each picture, and how often they are right when they are so sure. */
import { equalWidthBinning, type GradedAnswers } from "../../src-main/domain/calibration/reliability.ts";
import type { JudgedAnswers } from "../../src-main/domain/verdicts/measured-difference.ts";
import { createRandom, type Random } from "../../src-main/platform/random.ts";

const clamped = (share: number) => Math.min(1, Math.max(0, share));

/** From a uniform number, how sure a network is. */
export const sureness = {
  "near chance": (uniform: number) => 0.1 + 0.15 * uniform ** 1.5,
  anywhere: (uniform: number) => 0.1 + 0.9 * uniform,
  "mostly sure": (uniform: number) => 0.1 + 0.9 * uniform ** 0.2,
  "very sure": (uniform: number) => 1 - 0.3 * uniform ** 12,
};
/** From how sure it is, how often it is right. */
export const truths = {
  calibrated: (confidence: number) => confidence,
  "2 points too sure": (confidence: number) => clamped(confidence - 0.02),
  "10 points too sure": (confidence: number) => clamped(confidence - 0.1),
  "right with its square": (confidence: number) => confidence ** 2,
  "now too sure, now too little": (confidence: number) => clamped(confidence + 0.05 * Math.sin(12 * confidence)),
  "3 points too little": (confidence: number) => clamped(confidence + 0.03),
};

export interface DrawnNetwork {
  readonly sureness: keyof typeof sureness;
  readonly truth: keyof typeof truths;
  /** By how much seeds make it too sure or too little, standard deviation as a fraction; 0 without. */
  readonly seedSpread?: number;
}

/** In bins of equal width, in the mean over seeds and all pictures there are. */
export function trueError({ sureness: sure, truth, seedSpread = 0 }: DrawnNetwork): number {
  const binning = equalWidthBinning();
  const random = createRandom(1, "true-error", sure, truth);
  const seeds = seedSpread === 0 ? 1 : 200;
  const pictures = 10_000;
  let mean = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const gaps = new Float64Array(binning.edges.length - 1);
    const tooSure = seedSpread * random.normal();
    for (let picture = 0; picture < pictures; picture++) {
      const confidence = sureness[sure]((picture + 0.5) / pictures);
      gaps[binning.binOf(confidence)]! += (clamped(truths[truth](confidence) - tooSure) - confidence) / pictures;
    }
    mean += gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / seeds;
  }
  return mean;
}

/** What all networks share of each picture: uniform numbers of how hard and how lucky it is. */
export interface DrawnPictures {
  readonly hardness: Float64Array;
  readonly luck: Float64Array;
}

export function drawnPictures(count: number, random: Random): DrawnPictures {
  const uniforms = () => Float64Array.from({ length: count }, () => random.uniform());
  return { hardness: uniforms(), luck: uniforms() };
}

/** Of one seed's network: half of the pictures are as sure to it as to the others, and of 6 in 10 it has their luck. */
export function drawnAnswers(
  { sureness: sure, truth, seedSpread = 0 }: DrawnNetwork,
  { hardness, luck }: DrawnPictures,
  random: Random,
): GradedAnswers & { readonly confidences: Float64Array; readonly isRight: readonly boolean[] } {
  const tooSure = seedSpread * random.normal();
  const own = (shared: number, share: number) => (random.uniform() < share ? shared : random.uniform());
  const confidences = hardness.map((shared) => sureness[sure](own(shared, 0.5)));
  const isRight = Array.from(
    confidences,
    (confidence, picture) => own(luck[picture]!, 0.6) < clamped(truths[truth](confidence) - tooSure),
  );
  return { confidences, isRight };
}

export function drawnJudged(network: DrawnNetwork, pictures: DrawnPictures, random: Random): JudgedAnswers {
  const { confidences, isRight } = drawnAnswers(network, pictures, random);
  const top1 = Float64Array.from(isRight, Number);
  const none = new Float64Array(confidences.length);
  return {
    examples: Int32Array.from(confidences, (_, picture) => picture),
    labels: Int32Array.from(none),
    confidences,
    values: { top1, hardLoss: none, answerBrier: none },
  };
}
