/**
 * Wilson's score interval for a share seen in `pictures` independent trials (Wilson 1927): unlike the textbook ±1.96·s it stays within 0–1 and
 * is right for few pictures and for shares near the ends. Null for no pictures.
 *
 * @param share successes over pictures, 0–1
 * @param z quantile of the normal distribution; 1.959964 gives 95 %
 */
export function wilsonInterval(
  share: number,
  pictures: number,
  z = 1.959964,
): { readonly low: number; readonly high: number } | null {
  if (!Number.isFinite(share) || pictures <= 0) return null;
  const spread = (z * z) / pictures;
  const centre = (share + spread / 2) / (1 + spread);
  const half = Math.sqrt(spread * share * (1 - share) + (spread * spread) / 4) / (1 + spread);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
