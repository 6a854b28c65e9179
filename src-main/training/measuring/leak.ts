/** Whether tensors are left behind. A run holds as many after one epoch as after the next; what grows without end ends in no memory. */

/** Growth that comes with the first epochs is no leak: caches fill. So many epochs in a row are a trend. */
const epochsOfGrowth = 4;

/**
 * @param tensors alive at the end of each epoch, in order
 * @returns the least that each of the latest epochs left behind; 0 while there are too few, or one of them left nothing
 */
export function leakedTensorsAnEpoch(tensors: readonly number[]): number {
  const latest = tensors.slice(-(epochsOfGrowth + 1));
  if (latest.length <= epochsOfGrowth) return 0;
  const growth = latest.slice(1).map((count, index) => count - latest[index]!);
  return Math.max(0, Math.min(...growth));
}
