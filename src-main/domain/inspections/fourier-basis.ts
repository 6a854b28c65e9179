/**
 * The real discrete Fourier transform as a matrix, and how much room a picture's frequencies are given, as in Olah, Mordvintsev & Schubert 2017 (Feature
 * Visualization): steps of one size in this space change coarse and fine structure alike.
 */

/**
 * @returns an orthonormal side × side matrix, row by row: a constant, then the cosine and the sine of each frequency; and the frequency of each row, 0 to ½
 */
export function fourierBasis(side: number): { readonly basis: Float32Array; readonly frequencies: readonly number[] } {
  const basis = new Float32Array(side * side);
  const frequencies: number[] = [];
  for (let row = 0; row < side; row++) {
    const waves = Math.ceil(row / 2);
    frequencies.push(waves / side);
    // Half a wave a value has no sine of its own.
    const isFlat = waves === 0 || 2 * waves === side;
    for (let at = 0; at < side; at++) {
      const angle = (2 * Math.PI * waves * at) / side;
      const wave = row % 2 === 0 && row > 0 ? Math.sin(angle) : Math.cos(angle);
      basis[row * side + at] = wave * Math.sqrt((isFlat ? 1 : 2) / side);
    }
  }
  return { basis, frequencies };
}

/** For each pair of rows of the basis: 1 / its frequency, at most that of one wave, so that coarse structure forms first. Their mean square is `side`². */
export function frequencyScales(frequencies: readonly number[]): Float32Array {
  const side = frequencies.length;
  const scales = frequencies.flatMap((y) => frequencies.map((x) => 1 / Math.max(Math.hypot(x, y), 1 / side)));
  return Float32Array.from(scales);
}
