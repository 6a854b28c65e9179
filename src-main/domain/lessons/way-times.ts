/**
 * What was measured of the ways of a factorisation, set against what their multiply-adds predict. A spread is the range in which 9 of 10 rounds lay; a median
 * that is measured anew varies less than single rounds do, so that it lies in there at least as often while the machine does the same besides.
 */
import type { WayTimes } from "../../contract/machine.ts";
import { quantilesOf } from "../statistics/quartiles.ts";
import { costsOfWays, type Factorisation, type KernelPlace } from "./factorisation.ts";

export interface RoundSpread {
  readonly median: number;
  /** Nine of ten rounds lay from here … */
  readonly low: number;
  /** … to here. */
  readonly high: number;
}

export interface MeasuredPass {
  readonly millis: RoundSpread;
  /** Of the first way's time, round by round. */
  readonly ratio: RoundSpread;
  /** Where the share of multiply-adds lies, set against the ratio's spread; `unclear` in one so wide that it holds almost anything. */
  readonly predicted: "within" | "above" | "below" | "unclear";
}

export interface MeasuredWay {
  readonly title: string;
  /** Of the first way's multiply-adds. */
  readonly predictedRatio: number;
  readonly forward: MeasuredPass;
  readonly training: MeasuredPass;
}

const outside = 0.05;
/** A ratio whose spread ends at so many times of where it begins tells nothing of the ratios in question. */
const tooWide = 2;

export function spreadOf(values: readonly number[]): RoundSpread {
  const at = quantilesOf(values);
  return { median: at(0.5), low: at(outside), high: at(1 - outside) };
}

/** @param times of these ways at this place */
export function measuredWays(
  times: WayTimes,
  factorisation: Factorisation,
  place: KernelPlace,
): readonly MeasuredWay[] {
  const costs = costsOfWays(factorisation, place);
  const [first] = times.ways;
  if (first === undefined) return [];
  return times.ways.map(({ title, forwardMillis, trainingMillis }, way) => {
    const predictedRatio = costs[way]!.multiplyAdds / costs[0]!.multiplyAdds;
    return {
      ...{ title, predictedRatio },
      forward: measuredPass(forwardMillis, first.forwardMillis, predictedRatio),
      training: measuredPass(trainingMillis, first.trainingMillis, predictedRatio),
    };
  });
}

function measuredPass(millis: readonly number[], firsts: readonly number[], predicted: number): MeasuredPass {
  const ratio = spreadOf(millis.map((time, round) => time / firsts[round]!));
  const inside = ratio.high > tooWide * ratio.low ? "unclear" : "within";
  const side = predicted < ratio.low ? "below" : predicted > ratio.high ? "above" : inside;
  return { millis: spreadOf(millis), ratio, predicted: side };
}

const mostPictures = 32;
/** Of the dearest way's forward pass over the batch: some tenths of a second on two cores. */
const enoughMultiplyAdds = 2e9;

/** Pictures to time the ways with: as many as keep a pass short, a power of two up to 32. */
export function timedBatch(factorisation: Factorisation, place: KernelPlace): number {
  const most = Math.max(...costsOfWays(factorisation, place).map(({ multiplyAdds }) => multiplyAdds));
  const fitting = Math.min(mostPictures, Math.max(1, enoughMultiplyAdds / most));
  return 2 ** Math.floor(Math.log2(fitting));
}
