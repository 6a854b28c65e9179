/** Whether the monitored metric still improves: what early stopping and the schedule on a plateau hang on. Pure functions of its costs so far, the lower the better. */

/**
 * Epochs since the cost last fell below its lowest by more than `minDelta`.
 * @param costs one an epoch
 */
export function epochsWithoutImprovement(costs: readonly number[], minDelta: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (const cost of costs) {
    waited = cost < lowest - minDelta ? 0 : waited + 1;
    if (waited === 0) lowest = cost;
  }
  return waited;
}

/**
 * Times that the cost did not fall below its lowest for `patienceEpochs` epochs in a row; each such wait counts once, and the next begins after it
 * (as Keras' ReduceLROnPlateau does).
 */
export function plateaus(costs: readonly number[], patienceEpochs: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  let waited = 0;
  let count = 0;
  for (const cost of costs) {
    if (cost < lowest) {
      lowest = cost;
      waited = 0;
    } else if (++waited === patienceEpochs) {
      count++;
      waited = 0;
    }
  }
  return count;
}

/** The place of the lowest cost, the earliest of equals; −1 where there is none. */
export function bestEvaluation(costs: readonly number[]): number {
  return costs.indexOf(Math.min(...costs));
}
