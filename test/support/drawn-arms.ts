/** Arms that are drawn, whose truth is known: every seed trains both, and every network answers every picture. */
import type { JudgedMeasure, MeasureVerdict } from "../../src-main/contract/verdict.ts";
import { atOnce } from "../../src-main/domain/in-pieces.ts";
import { type JudgedArm, type JudgedPair, judgingPairs } from "../../src-main/domain/verdicts/arm-verdicts.ts";
import type { JudgedAnswers } from "../../src-main/domain/verdicts/measured-difference.ts";
import { createRandom, type Random } from "../../src-main/platform/random.ts";

export interface DrawnArms {
  readonly seeds: number;
  readonly pictures: number;
  /** Of the other arms' accuracy less the first's, in the mean over all pictures and seeds. */
  readonly difference: number;
  /** Standard deviation, from seed to seed, of one network's accuracy. */
  readonly seedSpread: number;
  /** Beside the first. */
  readonly others?: number;
  /** Of the second of two classes; all pictures are of one class without it. */
  readonly smallClassShare?: number;
}

const accuracy = 0.6;
/** Of one network's pictures: answered as chance has it, and by what the arm alone does with a picture in all of its networks. */
const shares = { byChance: 0.35, byArm: 0.1 };

/** @param seed of the draws: another gives other pictures, networks and answers */
export function drawnArms(drawn: DrawnArms, seed: number) {
  const { seeds, pictures, difference, seedSpread, others = 1, smallClassShare = 0 } = drawn;
  const labels = Int32Array.from({ length: pictures }, (_, picture) => (picture < smallClassShare * pictures ? 1 : 0));
  const random = createRandom(seed, "drawn-arms");
  const uniforms = () => Float64Array.from({ length: pictures }, () => random.uniform());
  const hardness = uniforms();
  return Array.from({ length: others + 1 }, (_, arm): JudgedArm => {
    const own = uniforms();
    const runs = Array.from({ length: seeds }, (_, run): [number, JudgedAnswers] => {
      const level = accuracy + (arm === 0 ? 0 : difference) + seedSpread * random.normal();
      return [run + 1, answeredAt(level, drawsOf(random, hardness, own), labels)];
    });
    return new Map(runs);
  });
}

/** How hard each picture is for one network: uniform, and shared with other networks for most pictures. */
function drawsOf(random: Random, hardness: Float64Array, own: Float64Array): Float64Array {
  return hardness.map((shared, picture) => {
    const kind = random.uniform();
    if (kind < shares.byChance) return random.uniform();
    return kind < shares.byChance + shares.byArm ? own[picture]! : shared;
  });
}

/** Of the network at this accuracy: right where a picture is easier, and losses as skewed as losses are. */
function answeredAt(level: number, draws: Float64Array, labels: Int32Array): JudgedAnswers {
  const less = accuracy - level;
  return {
    examples: Int32Array.from(draws, (_, picture) => picture),
    labels,
    confidences: draws.map(() => accuracy),
    values: {
      top1: draws.map((one) => (one < level ? 1 : 0)),
      hardLoss: draws.map((one) => -(1 + less) * Math.log(1 - one)),
      answerBrier: draws.map((one) => (one + less) ** 2),
    },
  };
}

/** Of pictures of one class; their calibration is drawn apart, in `drawn-calibration.ts`. */
export const drawnMeasures = ["top1", "hardLoss", "answerBrier"] as const satisfies readonly JudgedMeasure[];

/** Of each, in the mean over all pictures and seeds: the losses are exponential of mean 1 + less, the Brier score has E(u + less)². */
export const trueDifferences = (
  difference: number,
): Readonly<Record<(typeof drawnMeasures)[number] | "balancedAccuracy", number>> => ({
  top1: difference,
  balancedAccuracy: difference,
  hardLoss: -difference,
  answerBrier: difference * difference - difference,
});

/** Each but the first, against the first. */
export function againstFirst([first, ...others]: readonly JudgedArm[]): readonly JudgedPair[] {
  return others.map((second) => [first!, second]);
}

/** What is told of the second arm in each of so many draws. */
export function drawnVerdicts(drawn: DrawnArms, draws: number): readonly (readonly MeasureVerdict[])[] {
  return Array.from({ length: draws }, (_, seed) =>
    atOnce(judgingPairs(againstFirst(drawnArms(drawn, seed)))).flatMap(({ measures }) => measures),
  );
}

/** The share of these verdicts for which it holds. */
export function shareOf(
  verdicts: readonly (readonly MeasureVerdict[])[],
  holds: (all: readonly MeasureVerdict[]) => boolean,
) {
  return verdicts.filter(holds).length / verdicts.length;
}
