/** Pictures' values with mean 0 and deviation 1 a channel over the pictures that are learned from; others by the same two. */

/**
 * @param learned [pictures, channels]; a channel that is the same for all becomes 0
 * @param others what else is made by the same mean and deviation
 */
export function standardised(
  learned: Float32Array,
  channels: number,
  others: readonly Float32Array[],
): readonly [Float32Array, ...Float32Array[]] {
  const pictures = learned.length / channels;
  const means = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let at = 0; at < learned.length; at++) means[at % channels]! += learned[at]! / pictures;
  for (let at = 0; at < learned.length; at++)
    squares[at % channels]! += (learned[at]! - means[at % channels]!) ** 2 / pictures;
  // Of a channel that rounding alone moves there is nothing to be learned.
  const scales = squares.map((square, at) => (square > 1e-12 * (means[at]! ** 2 + 1e-12) ? 1 / Math.sqrt(square) : 0));
  const made = (values: Float32Array) =>
    values.map((value, at) => (value - means[at % channels]!) * scales[at % channels]!);
  return [made(learned), ...others.map(made)];
}
