/**
 * Linear centred kernel alignment (Kornblith et al. 2019): how alike two layers place the same pictures, whatever the turn and the scale. From batches, by the
 * unbiased estimate of the Hilbert–Schmidt independence criterion (HSIC, Song et al. 2012) of each, averaged (Nguyen, Raghu and Kornblith 2021), so that the
 * size of a batch moves nothing.
 */

/** Dot products of a batch's pictures with one another at one layer, [pictures, pictures]. */
export type Gram = ArrayLike<number>;

export interface Cka {
  /**
   * A batch of at least four pictures, the same for both.
   * @param one at each layer of the one network
   * @param other at each of the other
   */
  add(one: readonly Gram[], other: readonly Gram[], pictures: number): void;
  /** [layers of the one][layers of the other]: 1 at most, near 0 for what has nothing in common; null where a layer answers the same to all pictures. */
  values(): readonly (readonly (number | null)[])[];
}

export function createCka(layers: number, otherLayers: number): Cka {
  // What rounding leaves of a layer that answers the same to all is not told from nothing.
  const [still, otherStill] = [new Float64Array(layers), new Float64Array(otherLayers)];
  const between = Array.from({ length: layers }, () => new Float64Array(otherLayers));
  const own = new Float64Array(layers);
  const others = new Float64Array(otherLayers);
  return {
    add(one, other, pictures) {
      const [first, second] = [one, other].map((grams) => grams.map((gram) => summed(gram, pictures)));
      for (const [at, gram] of first!.entries()) {
        own[at]! += hsic(gram, gram);
        still[at]! += rounding(gram);
        for (const [place, against] of second!.entries()) between[at]![place]! += hsic(gram, against);
      }
      for (const [place, gram] of second!.entries()) {
        others[place]! += hsic(gram, gram);
        otherStill[place]! += rounding(gram);
      }
    },
    // The number of batches is the same above and below.
    values: () =>
      between.map((row, at) =>
        Array.from(row, (value, place) => {
          const isTold = own[at]! > still[at]! && others[place]! > otherStill[place]!;
          return isTold ? value / Math.sqrt(own[at]! * others[place]!) : null;
        }),
      ),
  };
}

/** Unbiased, of one batch. @throws RangeError of fewer than four pictures */
export function unbiasedHsic(one: Gram, other: Gram, pictures: number): number {
  return hsic(summed(one, pictures), summed(other, pictures));
}

interface SummedGram {
  readonly pictures: number;
  /** The diagonal is 0. */
  readonly gram: Float64Array;
  readonly sums: Float64Array;
  readonly total: number;
}

function summed(gram: Gram, pictures: number): SummedGram {
  if (pictures < 4) throw new RangeError(`An unbiased estimate takes four pictures, not ${pictures}.`);
  const hollow = Float64Array.from(gram);
  const sums = new Float64Array(pictures);
  for (let row = 0; row < pictures; row++) {
    hollow[row * pictures + row] = 0;
    for (let column = 0; column < pictures; column++) sums[row]! += hollow[row * pictures + column]!;
  }
  return { pictures, gram: hollow, sums, total: sums.reduce((sum, value) => sum + value, 0) };
}

function rounding({ pictures, gram }: SummedGram): number {
  return (1e-12 * gram.reduce((sum, value) => sum + value * value, 0)) / pictures ** 2;
}

/** Song 2012, with 0 on the diagonals: `(tr(KL) + 1ᵀK1 · 1ᵀL1 / ((n − 1)(n − 2)) − 2 · 1ᵀKL1 / (n − 2)) / (n(n − 3))`. */
function hsic({ pictures: n, gram, sums, total }: SummedGram, other: SummedGram): number {
  let trace = 0;
  for (let at = 0; at < gram.length; at++) trace += gram[at]! * other.gram[at]!;
  let joint = 0;
  for (let at = 0; at < n; at++) joint += sums[at]! * other.sums[at]!;
  return (trace + (total * other.total) / ((n - 1) * (n - 2)) - (2 * joint) / (n - 2)) / (n * (n - 3));
}
