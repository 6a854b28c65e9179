import { createRandom, type Random } from "../platform/random.ts";

/** The positions 0…count−1 in the order of one epoch: the same for the same seed and epoch, another for each epoch. */
export function epochOrder(count: number, seed: number, epoch: number): Int32Array {
  return createRandom(seed, "order", epoch).shuffle(Int32Array.from({ length: count }, (_, position) => position));
}

/**
 * As many positions as there are labels, and of each class that has any as many as of any other, but for one: of a class with fewer pictures each comes again once all
 * have come, of one with more a part comes, another in each epoch.
 *
 * @param labels true classes, by position
 */
export function balancedOrder(labels: ArrayLike<number>, seed: number, epoch: number): Int32Array {
  const random = createRandom(seed, "balanced order", epoch);
  const byClass = new Map<number, number[]>();
  for (let position = 0; position < labels.length; position++) {
    const known = byClass.get(labels[position]!);
    if (known) known.push(position);
    else byClass.set(labels[position]!, [position]);
  }
  // What is left over goes to other classes in each epoch.
  const classes = random.shuffle([...byClass.keys()].sort((a, b) => a - b));
  const each = Math.floor(labels.length / Math.max(1, classes.length));
  const left = labels.length - each * classes.length;
  const drawn = classes.flatMap((label, place) => drawnOf(byClass.get(label)!, each + (place < left ? 1 : 0), random));
  return random.shuffle(Int32Array.from(drawn));
}

function drawnOf(positions: readonly number[], count: number, random: Random): readonly number[] {
  const drawn: number[] = [];
  while (drawn.length < count) drawn.push(...random.shuffle([...positions]).slice(0, count - drawn.length));
  return drawn;
}
