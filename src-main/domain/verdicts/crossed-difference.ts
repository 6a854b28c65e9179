/**
 * How sure a difference of two arms is over pictures and seeds at once. Every seed's pair of networks answered every picture, so that the differences are a
 * table of pictures × seeds, and its mean is unsure by three things: which pictures they are, which seeds, and what one seed does to one picture.
 *
 * The two-way table without repeats is taken apart into mean squares of pictures A, seeds B and what is left E (Searle 1971, chapter 9). The variance of
 * the mean is (A + B − E) / (pictures · seeds): B's part, the spread of the seeds' means, has seeds − 1 degrees of freedom, and what the pictures have in
 * common over all seeds, A − E where that is positive, adds to it. The quantile of Student's t is the mean of both parts' own, weighted by the parts
 * (Cochran & Cox 1957, section 4.14). Other ways were simulated and held less than they say with three seeds: see the document on results.
 */
import { studentQuantile, studentTails } from "../statistics/students-t.ts";
import { type BiasBounds, nearestToZero, unbiased } from "./bias-bounds.ts";

export interface CrossedDifference {
  readonly value: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Of no difference: the share of tables that differ as much or more by chance. */
  readonly p: number;
  readonly parts: VarianceParts;
}

/** The variance of one difference, by where it comes from; none is below 0. */
export interface VarianceParts {
  readonly ofPictures: number;
  readonly ofSeeds: number;
  readonly ofRest: number;
}

/** How likely a difference is to be found that is asked for: 8 of 10. */
const powerQuantile = 0.841_621_233_572_914_2;

/** One part of a mean's variance, and what it is known by. */
interface KnownPart {
  readonly variance: number;
  readonly degrees: number;
}

/**
 * Null for fewer than two pictures or seeds, and where a difference is no number.
 * @param differences a list a seed, of the same pictures in the same order: the second arm's value less the first's
 * @param bias of the mean as an estimate; what it may be widens the interval
 */
export function crossedDifference(
  differences: readonly ArrayLike<number>[],
  bias: BiasBounds = unbiased,
): CrossedDifference | null {
  const seeds = differences.length;
  const pictures = differences[0]?.length ?? 0;
  if (seeds < 2 || pictures < 2) return null;
  const ofPicture = new Float64Array(pictures);
  const ofSeed = new Float64Array(seeds);
  for (const [seed, values] of differences.entries())
    for (let picture = 0; picture < pictures; picture++) {
      ofPicture[picture]! += values[picture]! / seeds;
      ofSeed[seed]! += values[picture]! / pictures;
    }
  const value = ofSeed.reduce((sum, one) => sum + one, 0) / seeds;
  if (!Number.isFinite(value)) return null;
  const squares = (means: Float64Array) => means.reduce((sum, mean) => sum + (mean - value) ** 2, 0);
  let rest = 0;
  for (const [seed, values] of differences.entries())
    for (let picture = 0; picture < pictures; picture++)
      rest += (values[picture]! - ofPicture[picture]! - ofSeed[seed]! + value) ** 2;
  const pictureSquare = (seeds * squares(ofPicture)) / (pictures - 1);
  const seedSquare = (pictures * squares(ofSeed)) / (seeds - 1);
  const restSquare = rest / ((pictures - 1) * (seeds - 1));
  const parts = {
    ofPictures: Math.max(0, pictureSquare - restSquare) / seeds,
    ofSeeds: Math.max(0, seedSquare - restSquare) / pictures,
    ofRest: restSquare,
  };
  const known = [
    { variance: parts.ofPictures / pictures, degrees: pictures - 1 },
    { variance: seedSquare / (pictures * seeds), degrees: seeds - 1 },
  ];
  const half = quantileOf(known) * errorOf(known);
  const p = tailsOf(nearestToZero(value, bias), known);
  return { value, low: value - half - bias.upward, high: value + half + bias.downward, p, parts };
}

const errorOf = (known: readonly KnownPart[]): number =>
  Math.sqrt(known.reduce((sum, { variance }) => sum + variance, 0));

function quantileOf(known: readonly KnownPart[], tails = 0.05): number {
  const whole = known.reduce((sum, { variance }) => sum + variance, 0);
  if (whole === 0) return 0;
  return known.reduce(
    (sum, { variance, degrees }) => sum + (variance === 0 ? 0 : (variance / whole) * studentQuantile(degrees, tails)),
    0,
  );
}

/** The tails whose quantile the difference is, found by halving. */
function tailsOf(value: number, known: readonly KnownPart[]): number {
  const error = errorOf(known);
  if (error === 0) return value === 0 ? 1 : 0;
  const t = Math.abs(value) / error;
  // A mean of quantiles lies between them.
  const [first, second] = known.map(({ degrees }) => studentTails(t, degrees));
  let [low, high] = [Math.min(first!, second!), Math.max(first!, second!)];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (quantileOf(known, middle) > t) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The smallest difference that so many pictures and seeds would show in 8 of 10 tries, with differences that vary as these do. */
export function smallestFound(parts: VarianceParts, pictures: number, seeds: number): number {
  const known = [
    { variance: parts.ofPictures / pictures, degrees: pictures - 1 },
    { variance: parts.ofSeeds / seeds + parts.ofRest / (pictures * seeds), degrees: seeds - 1 },
  ];
  return (quantileOf(known) + powerQuantile) * errorOf(known);
}

/** The least number of seeds, or of pictures, up to `most` that would show a difference of this size in 8 of 10 tries; null where none would. */
export function leastThatFinds(size: number, most: number, smallestWith: (count: number) => number): number | null {
  const finds = (count: number) => smallestWith(count) <= Math.abs(size);
  if (!finds(most)) return null;
  let [low, high] = [1, most];
  // What is found by some is found by more.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (finds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
