/** Words of what was measured of the ways of a factorisation. */
import type { WayTimes } from "../../../../src-main/contract/machine.ts";
import type { WayCost } from "../../../../src-main/domain/lessons/factorisation.ts";
import type { MeasuredPass, MeasuredWay, RoundSpread } from "../../../../src-main/domain/lessons/way-times.ts";
import { bytes, counted, decimal } from "../../../lib/format.ts";

const millisOf = (millis: number) => decimal(millis, millis < 1 ? 3 : millis < 100 ? 2 : 0);
const passText = (pass: MeasuredPass) =>
  `${decimal(pass.ratio.median)} of the time (9 of 10 rounds: ${decimal(pass.ratio.low)} to ${decimal(pass.ratio.high)})`;

export const wayTimesTexts = {
  title: "Time on this machine",
  time: "Time the ways",
  again: "Time them again",
  timing: "Timing the ways",
  about: (batchSize: number) =>
    `Runs each way on ${counted(batchSize, "grid")} of noise, forward, and forward with the gradients, in a process of its own. It takes some seconds, more where grid and channels are large, and nothing may train meanwhile: each would slow the other.`,
  measuredOn: ({ device, threads, rounds, batchSize }: WayTimes) =>
    `${device}, ${counted(threads, "thread")}, ${counted(rounds, "round")}, ${counted(batchSize, "grid")} at once`,
  spreads: (times: WayTimes) =>
    `Medians, and below them the range in which 9 of 10 rounds lay: ${wayTimesTexts.measuredOn(times)}. The ways take turns, and a ratio is of one round. ${
      times.refusal === null ? "Each is one compiled graph." : `Not compiled, but op by op: ${times.refusal}.`
    }`,
  way: "Way",
  forward: "Forward",
  training: "Forward and back",
  ofFirst: "of the first",
  millis: (millis: number) => `${millisOf(millis)}\u00a0ms`,
  millisRange: ({ low, high }: RoundSpread) => `${millisOf(low)} to ${millisOf(high)}`,
  ratio: (ratio: number) => decimal(ratio),
  ratioRange: ({ low, high }: RoundSpread) => `${decimal(low)} to ${decimal(high)}`,
  forwardOf: (way: string) => `${way}, forward, of the first`,
  trainingOf: (way: string) => `${way}, forward and back, of the first`,
  predictedOf: (way: string) => `${way}, predicted`,
  predictedFrom: "multiply-adds, over those of the first",
  /** Where the prediction lies outside of what 9 of 10 rounds took, theory and measurement part. */
  said: ({ title, predictedRatio, forward, training }: MeasuredWay, first: WayCost, own: WayCost) => {
    const took = `${title}: forward ${passText(forward)}, forward and back ${passText(training)}. Its multiply-adds are ${decimal(predictedRatio)} of the first’s`;
    const sides = [forward.predicted, training.predicted];
    const isParted = sides.includes("below") || sides.includes("above");
    if (!isParted)
      return sides.includes("unclear")
        ? `${took}. The ranges are too wide to tell whether theory holds: something else kept this machine busy. Time them again when it is quiet.`
        : `${took}, which both ranges hold: theory and measurement agree.`;
    const written = `A picture’s layers write ${bytes(own.activationBytes)} here and ${bytes(first.activationBytes)} in the first way, which multiply-adds leave out, as they do how well each kernel’s size suits the processor.`;
    if (sides.includes("below"))
      return `${took}: theory and measurement part, and it is slower than they say. ${written}`;
    return `${took}: theory and measurement part, and it is faster than they say. ${written}`;
  },
} as const;
