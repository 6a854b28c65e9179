/** What a picture counts by its class, so that each class counts alike. */

/**
 * n/(K·n_c) for a class with n_c of the n pictures and K classes that have any: 1 on average over the pictures. As scikit-learn's `balanced` has it (King & Zeng 2001).
 *
 * @param labels the class that each picture is trained as
 * @returns one a class; 0 for a class without pictures, which no picture asks for
 */
export function balancedClassWeights(labels: ArrayLike<number>, classes: number): Float32Array {
  const counts = new Float64Array(classes);
  for (let picture = 0; picture < labels.length; picture++) counts[labels[picture]!]!++;
  const there = counts.filter((count) => count > 0).length;
  return Float32Array.from(counts, (count) => (count === 0 ? 0 : labels.length / (there * count)));
}
