/** Counts of pictures: `counts[trueClass][answer]`. */
export function confusionCounts(labels: ArrayLike<number>, answers: ArrayLike<number>, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let picture = 0; picture < labels.length; picture++) counts[labels[picture]!]![answers[picture]!]!++;
  return counts;
}
