import { createRandom } from "../platform/random.ts";

/** The positions 0…count−1 in the order of one epoch: the same for the same seed and epoch, another for each epoch. */
export function epochOrder(count: number, seed: number, epoch: number): Int32Array {
  return createRandom(seed, "order", epoch).shuffle(Int32Array.from({ length: count }, (_, position) => position));
}
