/**
 * Holm's correction (1979): of several tests at once, p-values such that by chance alone any of them is below 0.05 in 5 of 100 cases at most, however the tests
 * hang together. The smallest is multiplied by how many there are, the next by one less, and none is below one that was smaller.
 */
export function holmAdjusted(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, index) => index).sort((a, b) => ps[a]! - ps[b]!);
  const adjusted = new Array<number>(ps.length);
  let last = 0;
  for (const [rank, index] of order.entries()) {
    last = Math.max(last, Math.min(1, ps[index]! * (ps.length - rank)));
    adjusted[index] = last;
  }
  return adjusted;
}
