/** The distribution of |x|, where x is normal (Leone, Nelson & Nottingham 1961). */

/**
 * By how much the mean of |x| lies above the size of x's own mean, in standard deviations: √(2/π)·e^(−m²/2) − m·(1 − erf(m/√2)), with erf by its series
 * (Abramowitz & Stegun 1964, 7.1.6).
 * @param mean of x, in its standard deviations; 0 or more
 */
export function foldedNormalBias(mean: number): number {
  // Below 1e-17 from here on.
  if (mean > 8) return 0;
  let series = 0;
  let term = mean;
  for (let odd = 3; term > 1e-17 * series; odd += 2) {
    series += term;
    term *= (mean * mean) / odd;
  }
  const scale = Math.sqrt(2 / Math.PI) * Math.exp(-(mean * mean) / 2);
  return Math.max(0, scale * (1 + mean * series) - mean);
}
