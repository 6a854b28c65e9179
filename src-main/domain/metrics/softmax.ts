/** Probabilities of one picture, in double precision whatever the network computed in. */

/** `logits` holds rows of `classes` values; gives ln p of every class of row `picture`. */
export function logSoftmax(logits: Float32Array, picture: number, classes: number): Float64Array {
  const row = logits.subarray(picture * classes, (picture + 1) * classes);
  let largest = Number.NEGATIVE_INFINITY;
  for (const logit of row) largest = Math.max(largest, logit);
  let sum = 0;
  for (const logit of row) sum += Math.exp(logit - largest);
  const logSum = largest + Math.log(sum);
  return Float64Array.from(row, (logit) => logit - logSum);
}
