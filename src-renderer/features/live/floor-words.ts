/** Why an arm's objective cannot fall below its floor, in words that fit what was trained. */
import { floorTexts } from "../../text/live.ts";
import type { RunFace } from "../runs/run-faces.ts";

/**
 * Entropy in nats of a target smoothed by ε over K classes: −(a ln a + (K − 1) b ln b) with a = 1 − ε + ε/K and b = ε/K (Szegedy 2015, section 7).
 */
export function smoothedEntropy(epsilon: number, classes: number): number {
  if (epsilon <= 0 || classes < 2) return 0;
  const rest = epsilon / classes;
  const top = 1 - epsilon + rest;
  return -(top * Math.log(top) + (classes - 1) * rest * Math.log(rest));
}

/** One sentence for each arm that has a floor; none for one-hot targets, whose floor is zero. */
export function floorSentences(faces: readonly RunFace[]): string[] {
  return faces.flatMap(({ run, name }) => {
    const floor = run.trainingObjectiveFloor ?? 0;
    if (floor <= 0) return [];
    const { smoothing } = run.configuration.training;
    const classes = run.dataset.classes.length;
    if (run.loss === "hinge") return [floorTexts.hinge(name, floor)];
    if (run.loss === null) return [floorTexts.unknown(name, floor)];
    const entropy = smoothedEntropy(smoothing, classes);
    const headShare = entropy > 0 ? floor / entropy - 1 : 0;
    // The floor counts the entropy once for each head by its weight: what goes beyond one is the heads' on the side.
    return [headShare > 0.001 ? floorTexts.withHeads(name, floor, entropy, headShare) : floorTexts.alone(name, floor)];
  });
}
