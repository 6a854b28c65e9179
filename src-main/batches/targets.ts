/** What the loss compares with: one-hot or smoothed targets, and labels made wrong on purpose. */
import type { LabelNoiseKind } from "../contract/configuration.ts";
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

/**
 * A copy of the labels in which exactly `share` of them (rounded) are wrong: evenly over all other classes, or of kind `pair` as the class behind the true one, the
 * first behind the last. Which ones, and what they become, follows from the seed and the position: a larger share adds to the wrong labels of a smaller one, and
 * the same pictures have one in both kinds.
 */
export function noisyLabels(
  labels: ArrayLike<number>,
  classes: number,
  { share, kind, seed }: { readonly share: number; readonly kind: LabelNoiseKind; readonly seed: number },
): Int32Array {
  const noisy = Int32Array.from(labels);
  const offsets = createRandom(seed, "wrong-label");
  const offset = kind === "pair" ? () => 0 : () => offsets.integer(classes - 1);
  const wrong = noisy.map((label) => (label + 1 + offset()) % classes);
  const order = createRandom(seed, "noisy-pictures").shuffle(Int32Array.from(noisy.keys()));
  for (const position of order.subarray(0, Math.round(share * noisy.length)))
    noisy[position] = wrong[position] as number; // positions of the same array
  return noisy;
}
