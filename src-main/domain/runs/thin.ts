/**
 * Fewer points for drawing. Steps are cut into buckets of 2ᵏ, counted from a series' first step, and the first point of each is kept, and the last of all:
 * a point that is drawn stays where it is while the series grows, and each doubling of the bucket drops some of those that were there and adds none, so
 * that a curve does not flicker. Buckets are of steps and not of positions, so that the record can be walked by its key, whatever its length.
 */

/** Steps in a bucket: the smallest power of two that leaves at most `maxPoints` (2 or more), the last one included, of a series this wide. */
export function strideFor(spanSteps: number, maxPoints: number): number {
  let stride = 1;
  while (Math.floor(spanSteps / stride) + 2 > Math.max(2, maxPoints)) stride *= 2;
  return stride;
}
