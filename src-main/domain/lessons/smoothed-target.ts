/**
 * What label smoothing asks of the network (Szegedy 2015, section 7): of K classes the true one gets 1 − ε + ε/K, each other one ε/K. Cross-entropy against
 * such a target is least at finite logits; against a one-hot target it falls for ever as the true class' logit grows.
 */

export interface TargetShares {
  /** Of the true class. */
  readonly right: number;
  /** Of each other class. */
  readonly wrong: number;
}

export function smoothedTarget(classes: number, epsilon: number): TargetShares {
  return { right: 1 - epsilon + epsilon / classes, wrong: epsilon / classes };
}

/**
 * How far the true class' logit stands above the others' where the loss is least: softmax then equals the target, so that the gap is
 * ln(right / wrong) = ln((1 − ε)·K/ε + 1). Infinite for ε = 0.
 */
export function gapAtOptimum(classes: number, epsilon: number): number {
  return Math.log(((1 - epsilon) * classes) / epsilon + 1);
}

/**
 * The same as the logit gap is recorded, the largest logit less the mean of all: the others stand at one height, so that it is 1 − 1/K of the distance.
 */
export function largestLessMeanAtOptimum(classes: number, epsilon: number): number {
  return (1 - 1 / classes) * gapAtOptimum(classes, epsilon);
}

/** The gap at which softmax gives the true class this probability and shares the rest evenly. */
export function gapOfConfidence(classes: number, confidence: number): number {
  return Math.log((confidence * (classes - 1)) / (1 - confidence));
}

/** Cross-entropy in nats against the target, where the true class has this probability and the others share the rest evenly. */
export function lossAt({ right, wrong }: TargetShares, classes: number, confidence: number): number {
  const other = (1 - confidence) / (classes - 1);
  return -right * Math.log(confidence) - (classes - 1) * wrong * Math.log(other);
}

/** The gradient of that loss in each logit: what softmax gives, less what the target asks for. */
export function gradientAt(target: TargetShares, classes: number, confidence: number): TargetShares {
  return { right: confidence - target.right, wrong: (1 - confidence) / (classes - 1) - target.wrong };
}
