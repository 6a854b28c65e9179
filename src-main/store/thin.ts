/**
 * Fewer points for drawing. Every 2ᵏ-th of a series is kept, counted from its first, and its last: a point that is drawn stays where it is while the
 * series grows, and each doubling of the stride drops every other one, so that a curve does not flicker.
 */

/** The smallest power of two that leaves at most `maxPoints` of `count`, the last one included. */
export function strideFor(count: number, maxPoints: number): number {
  let stride = 1;
  while (keptCount(count, stride) > maxPoints) stride *= 2;
  return stride;
}

function keptCount(count: number, stride: number): number {
  if (count === 0) return 0;
  const onStride = Math.floor((count - 1) / stride) + 1;
  return onStride + ((count - 1) % stride === 0 ? 0 : 1);
}

/** At most `maxPoints` (2 or more) of the series, in order, its first and last among them. */
export function thin<T>(series: readonly T[], maxPoints: number): readonly T[] {
  const stride = strideFor(series.length, Math.max(2, maxPoints));
  if (stride === 1) return series;
  return series.filter((_, position) => position % stride === 0 || position === series.length - 1);
}
