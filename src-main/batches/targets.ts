/** What the loss compares with: one-hot or smoothed targets, the value that no network can get below, and labels made wrong on purpose. */
import type { Loss } from "../contract/architecture.ts";
import { createRandom } from "../platform/random.ts";

/**
 * Rows of (1 − ε)·one-hot + ε/K, `[n × K]`; exactly one-hot for ε = 0. Szegedy et al. 2015, section 7.
 * A label outside 0…K−1 is a broken invariant.
 */
export function smoothedTargets(labels: ArrayLike<number>, classes: number, epsilon: number): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(epsilon / classes);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number; // row < length
    if (!(label >= 0 && label < classes)) throw new Error(`label ${label} is none of ${classes} classes`);
    targets[row * classes + label] = 1 - epsilon + epsilon / classes;
  }
  return targets;
}

/** The lowest value of the loss against one such target: in nats for cross-entropy, in margins for the hinge loss. 0 for ε = 0. */
export function targetFloor(loss: Loss, classes: number, epsilon: number): number {
  return loss === "hinge" ? hingeFloor(classes, epsilon) : targetEntropy(classes, epsilon);
}

/**
 * ε·(K − 1), at a margin of 1. The loss is convex and does not tell the K − 1 other classes apart, so that some minimum gives them one score and the true
 * class m more. There it is a·(K − 1)·max(0, 1 − m) + (K − 1)·b·(max(0, 1 + m) + K − 2), with a = 1 − ε + ε/K and b = ε/K: up to m = 1 it falls by
 * (K − 1)·(a − b), from there on it rises by (K − 1)·b, and at m = 1 it is (K − 1)·b·K.
 */
function hingeFloor(classes: number, epsilon: number): number {
  return epsilon * (classes - 1);
}

/** Entropy of one such target in nats: the lowest value of the cross-entropy against it. */
export function targetEntropy(classes: number, epsilon: number): number {
  const wrong = epsilon / classes;
  const right = 1 - epsilon + wrong;
  return surprise(right) + (classes - 1) * surprise(wrong);
}

/** −p·ln p, with its limit 0 at p = 0. */
function surprise(probability: number): number {
  return probability > 0 ? -probability * Math.log(probability) : 0;
}

/**
 * A copy of the labels in which exactly `share` of them (rounded) are wrong, evenly over all other classes. Which ones, and what they become, follows from the
 * seed and the position: a larger share adds to the wrong labels of a smaller one.
 */
export function noisyLabels(labels: ArrayLike<number>, classes: number, share: number, seed: number): Int32Array {
  const noisy = Int32Array.from(labels);
  const offsets = createRandom(seed, "wrong-label");
  const wrong = noisy.map((label) => (label + 1 + offsets.integer(classes - 1)) % classes);
  const order = createRandom(seed, "noisy-pictures").shuffle(Int32Array.from(noisy.keys()));
  for (const position of order.subarray(0, Math.round(share * noisy.length)))
    noisy[position] = wrong[position] as number; // positions of the same array
  return noisy;
}
