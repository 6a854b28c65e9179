/**
 * The least network whose logits can run away: one picture, K classes, and the true class' logit above the others' by the product of a few weights, as
 * behind so many layers. Trained by plain gradient descent, on each step's exact gradient.
 */
import { smoothedTarget } from "./smoothed-target.ts";

export interface GapToy {
  readonly classes: number;
  readonly epsilon: number;
  /** λ: λ/2 times the sum of squared weights is added to the loss, as the Inception papers do. */
  readonly weightDecay: number;
  /** Factors of the gap. */
  readonly layers: number;
  readonly learningRate: number;
  readonly steps: number;
}

export interface GapAtStep {
  readonly step: number;
  readonly gap: number;
}

/** The gap after steps 1, 2, 3, 5, 10, 20, 30, 50, … and the last one. All weights begin at 0.5 and stay equal to each other. */
export function trainGap({ classes, epsilon, weightDecay, layers, learningRate, steps }: GapToy): readonly GapAtStep[] {
  const { right } = smoothedTarget(classes, epsilon);
  const told: GapAtStep[] = [];
  let weight = 0.5;
  for (let step = 1; step <= steps; step++) {
    const confidence = 1 / (1 + (classes - 1) * Math.exp(-(weight ** layers)));
    // dLoss/dGap: with the others equal, it is what softmax gives the true class less what the target asks for.
    const slope = confidence - right;
    weight -= learningRate * (slope * weight ** (layers - 1) + weightDecay * weight);
    if (isTold(step) || step === steps) told.push({ step, gap: weight ** layers });
  }
  return told;
}

function isTold(step: number): boolean {
  const magnitude = 10 ** Math.floor(Math.log10(step) + 1e-9);
  return [1, 2, 3, 5, 7].some((factor) => factor * magnitude === step);
}
