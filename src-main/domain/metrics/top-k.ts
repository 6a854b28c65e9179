/**
 * Share of pictures whose true class is among the k largest logits. Of equal logits the lower class comes first, so that top-1 agrees with
 * `answerOf`. With k classes or fewer every picture counts: the value is 1.
 */
export function topK(logits: Float32Array, labels: Int32Array, classes: number, k: number): number {
  if (labels.length === 0) throw new Error("Top-k of no pictures");
  let hits = 0;
  labels.forEach((label, picture) => {
    if (rankOf(label, logits.subarray(picture * classes, (picture + 1) * classes)) < k) hits++;
  });
  return hits / labels.length;
}

/** The class with the largest logit in one picture's row. */
export function answerOf(row: Float32Array): number {
  let answer = 0;
  for (let other = 1; other < row.length; other++) if (row[other]! > row[answer]!) answer = other;
  return answer;
}

/** How many classes come before this one, 0 for the likeliest. */
function rankOf(label: number, row: Float32Array): number {
  const own = row[label]!;
  let before = 0;
  row.forEach((logit, other) => {
    if (logit > own || (logit === own && other < label)) before++;
  });
  return before;
}
