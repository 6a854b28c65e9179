/** How sure a mean is, of a few runs or of many pictures. */
import { normalQuantile } from "./normal-quantile.ts";

/** 97.5th percentiles of Student's t distribution with 1 to 30 degrees of freedom. */
const quantiles = [
  12.706204736175, 4.302652729749, 3.182446305284, 2.776445105198, 2.570581835636, 2.446911851145, 2.364624251593,
  2.306004135204, 2.262157162798, 2.228138851986, 2.200985160092, 2.178812829667, 2.160368656463, 2.144786687918,
  2.13144954556, 2.119905299221, 2.109815577833, 2.100922040241, 2.093024054408, 2.085963447266, 2.079613844728,
  2.073873067904, 2.068657610419, 2.063898561628, 2.059538552753, 2.055529438643, 2.05183051648, 2.048407141795,
  2.045229642133, 2.042272456301,
] as const;

const z = normalQuantile;
/** Of Cornish and Fisher's expansion, what stands over the first powers of the degrees of freedom (Abramowitz & Stegun 1964, 26.7.5). */
const expansion = [
  (z ** 3 + z) / 4,
  (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
  (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  (79 * z ** 9 + 776 * z ** 7 + 1_482 * z ** 5 - 1_920 * z ** 3 - 945 * z) / 92_160,
];

/**
 * The 95 % interval of a mean by Student's t: what others would have given, as far as these tell, with values spread normally or many. Null for fewer than two
 * values, which say nothing of their spread.
 */
export function meanInterval(values: readonly number[]): { readonly low: number; readonly high: number } | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const halfWidth = quantileOf(values.length - 1) * Math.sqrt(variance / values.length);
  return { low: mean - halfWidth, high: mean + halfWidth };
}

/** Beyond the table by the expansion, which is right to three hundred-millionths there. */
function quantileOf(degrees: number): number {
  return quantiles[degrees - 1] ?? expansion.reduce((sum, term, power) => sum + term / degrees ** (power + 1), z);
}
