/** Whether the validation pictures still gain: what early stopping and the schedule on a plateau hang on. Pure functions of the looks so far. */

/**
 * Looks since the loss last fell below its lowest by more than `minDelta`.
 * @param losses of the validation pictures, in nats, one an epoch
 */
export function looksWithoutGain(losses: readonly number[], minDelta: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (const loss of losses) {
    waited = loss < lowest - minDelta ? 0 : waited + 1;
    if (waited === 0) lowest = loss;
  }
  return waited;
}

/**
 * Times that the loss did not fall below its lowest for `patienceEpochs` looks in a row; each such stretch counts once, and the next begins after it
 * (as Keras' ReduceLROnPlateau does).
 */
export function plateaus(losses: readonly number[], patienceEpochs: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  let waited = 0;
  let count = 0;
  for (const loss of losses) {
    if (loss < lowest) {
      lowest = loss;
      waited = 0;
    } else if (++waited === patienceEpochs) {
      count++;
      waited = 0;
    }
  }
  return count;
}

/** The place of the lowest loss, the earliest of equals; −1 where there is none. */
export function bestLook(losses: readonly number[]): number {
  return losses.indexOf(Math.min(...losses));
}
