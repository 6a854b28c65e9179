/** Mean over pictures of the largest logit less the mean of the logits: adding a constant to all logits leaves it as it is, as it leaves softmax. */
export function largestLogit(logits: Float32Array, classes: number): number {
  const pictures = logits.length / classes;
  let sum = 0;
  for (let picture = 0; picture < pictures; picture++) {
    const row = logits.subarray(picture * classes, (picture + 1) * classes);
    let largest = Number.NEGATIVE_INFINITY;
    let total = 0;
    for (const logit of row) {
      largest = Math.max(largest, logit);
      total += logit;
    }
    sum += largest - total / classes;
  }
  return sum / pictures;
}
