/** How the learning rate moves over a run: pure, so that a curve can be drawn and a run resumed from its step number and its evaluations. */
import type { Schedule } from "../contract/configuration.ts";
import { plateaus } from "./plateau.ts";

export interface RunLength {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/**
 * Rate of optimiser step `step`, which counts from 1, for a base rate of `learningRate`.
 * @param costs of the monitored metric so far, one an epoch, the lower the better
 */
export function scheduledRate(
  schedule: Schedule,
  learningRate: number,
  length: RunLength,
  step: number,
  costs: readonly number[] = [],
): number {
  const elapsedEpochs = (step - 1) / length.stepsPerEpoch;
  switch (schedule.kind) {
    case "constant":
      return learningRate;
    case "step":
      return learningRate * schedule.factor ** Math.floor(elapsedEpochs / schedule.everyEpochs);
    case "exponential":
      return learningRate * schedule.factor ** (elapsedEpochs / schedule.everyEpochs);
    case "cosine":
      return learningRate * cosineFactor(schedule.warmupShare, length.epochs * length.stepsPerEpoch, step);
    case "plateau":
      return learningRate * schedule.factor ** plateaus(costs, schedule.patienceEpochs);
  }
}

/** The peak is reached at the last step of the warm-up (at step 1 without one), zero at the last step of the run. */
function cosineFactor(warmupShare: number, steps: number, step: number): number {
  const peak = Math.max(1, Math.round(warmupShare * steps));
  if (step <= peak) return step / peak;
  return (1 + Math.cos((Math.PI * (step - peak)) / (steps - peak))) / 2;
}
