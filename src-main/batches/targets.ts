/** What the loss compares with: one-hot or smoothed targets, and labels made wrong on purpose. */
import type { LabelNoiseKind } from "../contract/configuration.ts";
import { inProportion } from "../domain/in-proportion.ts";
import { type NoiseRows, wrongOfRow } from "../domain/pictures/noise-rows.ts";
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

/** How many labels are made wrong, and how; the seed says which. */
export type LabelNoise =
  | { readonly kind: Exclude<LabelNoiseKind, "matrix">; readonly share: number; readonly seed: number }
  | { readonly kind: "matrix"; readonly share: number; readonly seed: number; readonly rows: NoiseRows };

/**
 * A copy of the labels in which exactly `share` of them (rounded) are wrong: evenly over all other classes, or of kind `pair` as the class behind the true one, the
 * first behind the last. Which ones, and what they become, follows from the seed and the position: a larger share adds to the wrong labels of a smaller one, and
 * the same pictures have one in both kinds. By a matrix it is of each class exactly its row's share, times `share` (rounded).
 */
export function noisyLabels(labels: ArrayLike<number>, classes: number, noise: LabelNoise): Int32Array {
  const { share, kind, seed } = noise;
  const order = createRandom(seed, "noisy-pictures").shuffle(Int32Array.from({ length: labels.length }, (_, at) => at));
  if (kind === "matrix") return noisyByRows(labels, order, noise);
  const noisy = Int32Array.from(labels);
  const offsets = createRandom(seed, "wrong-label");
  const offset = kind === "pair" ? () => 0 : () => offsets.integer(classes - 1);
  const wrong = noisy.map((label) => (label + 1 + offset()) % classes);
  for (const position of order.subarray(0, Math.round(share * noisy.length)))
    noisy[position] = wrong[position] as number; // positions of the same array
  return noisy;
}

/** The first pictures of each class in a drawn order become what its row says, in turns that keep its proportions however far one goes. */
function noisyByRows(
  labels: ArrayLike<number>,
  order: Int32Array,
  { share, rows }: { readonly share: number; readonly rows: NoiseRows },
): Int32Array {
  const noisy = Int32Array.from(labels);
  for (const [label, row] of rows) {
    const ofClass = order.filter((position) => labels[position] === label);
    const turns = inProportion(row.cells.map((cell) => cell.share));
    for (const position of ofClass.subarray(0, wrongOfRow(row, ofClass.length, share)))
      noisy[position] = row.cells[turns()]!.to;
  }
  return noisy;
}
