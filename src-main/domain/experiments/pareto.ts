/** What a choice between cost and error comes down to. */

export interface Weighed {
  /** Less is better, of both. */
  readonly cost: number;
  readonly error: number;
}

/**
 * The Pareto front: those that no other beats, being as good in both and better in one. Equal ones stand in it together.
 * @returns in the order of their cost
 */
export function paretoFront<T extends Weighed>(all: readonly T[]): readonly T[] {
  const inOrder = [...all].sort((a, b) => a.cost - b.cost || a.error - b.error);
  let least = Number.POSITIVE_INFINITY;
  let costOfLeast = Number.NaN;
  return inOrder.filter(({ cost, error }) => {
    const isUnbeaten = error < least || (error === least && cost === costOfLeast);
    if (error < least) [least, costOfLeast] = [error, cost];
    return isUnbeaten;
  });
}
