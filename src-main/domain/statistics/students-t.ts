/** Student's t distribution: its tails and its quantiles, for any degrees of freedom, whole or not. */

/** The share of the distribution beyond ±t, both tails together: what a test calls p. */
export function studentTails(t: number, degrees: number): number {
  return regularisedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

const quantiles = new Map<number, number>();

/** How far out the two tails together hold `tails` of the distribution: 0.05 gives the 97.5th percentile. */
export function studentQuantile(degrees: number, tails = 0.05): number {
  if (tails >= 1) return 0;
  const known = tails === 0.05 ? quantiles.get(degrees) : undefined;
  if (known !== undefined) return known;
  // The logarithm of the tails falls along that of t, ever steeper: from beyond the quantile Newton's steps only come nearer, and the first step leads there.
  let t = 2;
  for (let step = 0; step < 100; step++) {
    const share = studentTails(t, degrees);
    const next = t * Math.exp((share * Math.log(share / tails)) / (2 * t * density(t, degrees)));
    const isThere = Math.abs(next - t) <= 1e-14 * t;
    t = next;
    if (isThere) break;
  }
  if (tails === 0.05) quantiles.set(degrees, t);
  return t;
}

function density(t: number, degrees: number): number {
  const half = degrees / 2;
  return Math.exp(-logBeta(half, 0.5) - Math.log(degrees) / 2 - (half + 0.5) * Math.log1p((t * t) / degrees));
}

/** The regularised incomplete beta function I_x(a, b), by the continued fraction on the side where it converges fast (Abramowitz & Stegun 1964, 26.5.8). */
function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return Math.min(1, Math.max(0, x));
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  // Lentz's way: a numerator and a denominator that are taken along as ratios, and kept off 0.
  const least = 1e-300;
  const off = (value: number) => (Math.abs(value) < least ? least : value);
  let ratio = 1;
  let upper = 1;
  let lower = 1 / off(1 - ((a + b) * x) / (a + 1));
  ratio = lower;
  for (let term = 1; term < 10_000; term++) {
    const even = (term * (b - term) * x) / ((a + 2 * term - 1) * (a + 2 * term));
    lower = 1 / off(1 + even * lower);
    upper = off(1 + even / upper);
    ratio *= lower * upper;
    const odd = (-(a + term) * (a + b + term) * x) / ((a + 2 * term) * (a + 2 * term + 1));
    lower = 1 / off(1 + odd * lower);
    upper = off(1 + odd / upper);
    ratio *= lower * upper;
    if (Math.abs(lower * upper - 1) < 1e-15) break;
  }
  return front * ratio;
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Of positive numbers, by Stirling's series from 15 on (Abramowitz & Stegun 1964, 6.1.41) and Γ(x + 1) = x·Γ(x) below. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 15; z++) shift += Math.log(z);
  const inverse = 1 / (z * z);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1_260 - inverse * (1 / 1_680 - inverse / 1_188)))) / z;
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - shift;
}
