/**
 * A picture → the few numbers that it is compared by. It is squashed to a square, so that a copy of another size is the same square; of that, brightness on a
 * grid of 16 × 16 gives a perceptual hash: the signs of the 63 lowest waves of its cosine transform (Zauner 2010, with zero for the median). A mirrored
 * picture has the same waves with every odd one across turned round, so that its hash is that of the picture with some bits changed. A copy that was cut at its
 * edges is found by the hashes of the picture's own cuts.
 */

/** Squares are looked at in this size. */
export const squarePixels = 128;
export const gridSide = 16;
const waves = 8;
/** A cut leaves so much of each side, at one of three places along it. */
const cutSide = 0.95;
const cutPlaces = 3;

export const thumbLength = gridSide * gridSide;
/** The picture as it is, then its cuts. */
export const hashesPerPicture = 1 + cutPlaces ** 2;
/** Numbers of 32 bits. */
export const hashWords = 2;

export interface Sketch {
  /** `hashesPerPicture` hashes of two words. */
  readonly hashes: Uint32Array;
  /** Brightness on the grid, row by row. */
  readonly thumb: Uint8Array;
  /** Sums over all pixels of red, green and blue, and of their squares, 0 to 255. */
  readonly sums: readonly number[];
  readonly squares: readonly number[];
  /** Standard deviation of brightness, 0 to 255. */
  readonly contrast: number;
  /** Of differences to neighbours, relative to the contrast. */
  readonly detail: number;
  /** Mean distance between the largest and the smallest of red, green and blue. */
  readonly colour: number;
}

const cosines = Array.from({ length: waves }, (_, wave) =>
  Float64Array.from({ length: gridSide }, (_unused, at) => Math.cos(((2 * at + 1) * wave * Math.PI) / (2 * gridSide))),
);

/** Bits of waves that turn round in a mirror: the odd ones across, which are the odd bits. */
const mirrorBits = 0xaaaaaaaa;

export function mirrored(word: number): number {
  return (word ^ mirrorBits) >>> 0;
}

/** @param pixels RGB, `squarePixels`² × 3 bytes */
export function sketchOf(pixels: Uint8Array): Sketch {
  const brightness = new Float64Array(squarePixels ** 2);
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  let colour = 0;
  for (let at = 0; at < brightness.length; at++) {
    const [red, green, blue] = [pixels[3 * at]!, pixels[3 * at + 1]!, pixels[3 * at + 2]!];
    sums[0]! += red;
    sums[1]! += green;
    sums[2]! += blue;
    squares[0]! += red * red;
    squares[1]! += green * green;
    squares[2]! += blue * blue;
    colour += Math.max(red, green, blue) - Math.min(red, green, blue);
    brightness[at] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  const contrast = contrastOf(brightness);
  const cells = integralOf(brightness);
  const whole = onGrid(cells, 0, 0, squarePixels);
  const hashes = new Uint32Array(hashesPerPicture * hashWords);
  hashes.set(hashOf(whole), 0);
  for (let variant = 1; variant < hashesPerPicture; variant++) {
    const { left, top, side } = cutOf(variant);
    const means = onGrid(cells, left * squarePixels, top * squarePixels, side * squarePixels);
    hashes.set(hashOf(means), hashWords * variant);
  }
  return {
    ...{ hashes, thumb: Uint8Array.from(whole, Math.round), sums, squares, contrast },
    detail: contrast === 0 ? 0 : detailOf(brightness) / contrast,
    colour: colour / brightness.length,
  };
}

/** Where a variant lies in the whole, in shares of its side. The first one is the whole. */
export function cutOf(variant: number): { readonly left: number; readonly top: number; readonly side: number } {
  if (variant === 0) return { left: 0, top: 0, side: 1 };
  const step = (1 - cutSide) / (cutPlaces - 1);
  const place = variant - 1;
  return { left: (place % cutPlaces) * step, top: Math.floor(place / cutPlaces) * step, side: cutSide };
}

function contrastOf(brightness: Float64Array): number {
  let sum = 0;
  let square = 0;
  for (const value of brightness) {
    sum += value;
    square += value * value;
  }
  const mean = sum / brightness.length;
  return Math.sqrt(Math.max(0, square / brightness.length - mean * mean));
}

/** Root mean square of the second difference. */
function detailOf(brightness: Float64Array): number {
  let sum = 0;
  for (let y = 1; y < squarePixels - 1; y++)
    for (let x = 1; x < squarePixels - 1; x++) {
      const at = y * squarePixels + x;
      const around =
        brightness[at - 1]! + brightness[at + 1]! + brightness[at - squarePixels]! + brightness[at + squarePixels]!;
      sum += (4 * brightness[at]! - around) ** 2;
    }
  return Math.sqrt(sum / (squarePixels - 2) ** 2);
}

/** Sums of all that stands above and to the left, with a row and a column of zeros before. */
function integralOf(brightness: Float64Array): Float64Array {
  const width = squarePixels + 1;
  const cells = new Float64Array(width * width);
  for (let y = 0; y < squarePixels; y++) {
    let row = 0;
    for (let x = 0; x < squarePixels; x++) {
      row += brightness[y * squarePixels + x]!;
      cells[(y + 1) * width + x + 1] = cells[y * width + x + 1]! + row;
    }
  }
  return cells;
}

/** Means over the cells of a grid laid on a square of the picture. */
function onGrid(cells: Float64Array, left: number, top: number, side: number): Float64Array {
  const width = squarePixels + 1;
  const edge = (from: number, index: number) => Math.round(from + (side * index) / gridSide);
  const means = new Float64Array(gridSide * gridSide);
  for (let row = 0; row < gridSide; row++) {
    const [y0, y1] = [edge(top, row), edge(top, row + 1)];
    for (let column = 0; column < gridSide; column++) {
      const [x0, x1] = [edge(left, column), edge(left, column + 1)];
      const sum = cells[y1 * width + x1]! - cells[y0 * width + x1]! - cells[y1 * width + x0]! + cells[y0 * width + x0]!;
      means[row * gridSide + column] = sum / ((x1 - x0) * (y1 - y0));
    }
  }
  return means;
}

function hashOf(means: Float64Array): readonly [number, number] {
  const across = new Float64Array(gridSide * waves);
  for (let row = 0; row < gridSide; row++)
    for (let wave = 0; wave < waves; wave++) {
      let sum = 0;
      for (let at = 0; at < gridSide; at++) sum += means[row * gridSide + at]! * cosines[wave]![at]!;
      across[row * waves + wave] = sum;
    }
  const words: [number, number] = [0, 0];
  for (let bit = 1; bit < waves * waves; bit++) {
    const [down, wave] = [cosines[Math.floor(bit / waves)]!, bit % waves];
    let sum = 0;
    for (let row = 0; row < gridSide; row++) sum += across[row * waves + wave]! * down[row]!;
    if (sum > 0) words[bit < 32 ? 0 : 1]! |= 1 << (bit % 32);
  }
  return [words[0] >>> 0, words[1] >>> 0];
}
