/** How sure a mean over a few runs is. */

/** 97.5th percentiles of Student's t distribution with 1 to 30 degrees of freedom. */
const quantiles = [
  12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139, 2.200985,
  2.178813, 2.160369, 2.144787, 2.13145, 2.119905, 2.109816, 2.100922, 2.093024, 2.085963, 2.079614, 2.073873, 2.068658,
  2.063899, 2.059539, 2.055529, 2.05183, 2.048407, 2.04523, 2.042272,
] as const;
/** Of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * The 95 % interval of a mean by Student's t: what other seeds would have given, as far as these few tell, with values spread normally. Null for fewer than two
 * values, which say nothing of their spread.
 */
export function meanInterval(values: readonly number[]): { readonly low: number; readonly high: number } | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const halfWidth = quantileOf(values.length - 1) * Math.sqrt(variance / values.length);
  return { low: mean - halfWidth, high: mean + halfWidth };
}

/** Beyond the table by the first two terms of Cornish and Fisher's expansion, which is right to a hundred-thousandth of the share there. */
function quantileOf(degrees: number): number {
  return (
    quantiles[degrees - 1] ??
    z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
  );
}
