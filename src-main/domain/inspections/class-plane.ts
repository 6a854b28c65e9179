/**
 * The plane through three classes' templates, and how close the pictures of a class lie together in front of it (Müller, Kornblith and Hinton 2019, "When
 * does label smoothing help?"). A template is a class's column of the last layer's kernel.
 */
import { normalQuantile } from "../statistics/normal-quantile.ts";

export type Vector = ArrayLike<number>;

/** The last layer's kernel, [inputs, classes], row by row. */
export interface Templates {
  readonly inputs: number;
  readonly classes: number;
  readonly kernel: Vector;
}

export interface Plane {
  readonly origin: Vector;
  /** Of length 1, and at right angles. */
  readonly across: Vector;
  readonly up: Vector;
}

export function templateOf({ inputs, classes, kernel }: Templates, place: number): Float64Array {
  return Float64Array.from({ length: inputs }, (_, input) => kernel[input * classes + place]!);
}

/** Through all three, by Gram and Schmidt: the first is the origin, the second lies across from it, the third above. Null where they lie on one line. */
export function planeThrough(first: Vector, second: Vector, third: Vector): Plane | null {
  const across = asUnit(minus(second, first));
  if (across === null) return null;
  const rest = minus(third, first);
  const along = dot(rest, across);
  const up = asUnit(
    Float64Array.from(rest, (value, at) => value - along * across[at]!),
    1e-9 * Math.sqrt(dot(rest, rest)),
  );
  return up && { origin: first, across, up };
}

/** Where a point's foot on the plane lies. */
export function onPlane({ origin, across, up }: Plane, point: Vector): readonly [x: number, y: number] {
  const from = minus(point, origin);
  return [dot(from, across), dot(from, up)];
}

/**
 * Two classes that the network holds for alike, and one that is like neither: the pair whose templates, each less the mean over all, have the greatest
 * cosine, and the class whose greater cosine with the two is least. Of equal ones the lower.
 * @returns null of fewer than three classes
 */
export function suggestedClasses(templates: Templates): readonly [number, number, number] | null {
  const { inputs, classes, kernel } = templates;
  if (classes < 3) return null;
  const places = Array.from({ length: classes }, (_, place) => place);
  const means = Float64Array.from({ length: inputs }, (_, input) => {
    return places.reduce((sum, place) => sum + kernel[input * classes + place]!, 0) / classes;
  });
  const units = places.map((place) => asUnit(minus(templateOf(templates, place), means)) ?? new Float64Array(inputs));
  let alike: { pair: readonly [number, number]; cosine: number } = { pair: [0, 1], cosine: Number.NEGATIVE_INFINITY };
  for (const one of places)
    for (const other of places.slice(one + 1)) {
      const cosine = dot(units[one]!, units[other]!);
      if (cosine > alike.cosine) alike = { pair: [one, other], cosine };
    }
  const [one, other] = alike.pair;
  const nearness = (place: number) => Math.max(dot(units[place]!, units[one]!), dot(units[place]!, units[other]!));
  const rest = places.filter((place) => place !== one && place !== other);
  const far = rest.reduce((least, place) => (nearness(place) < nearness(least) ? place : least));
  return [one, other, far];
}

export interface Tightness {
  readonly ratio: number;
  /** The 95 % interval over pictures. */
  readonly low: number;
  readonly high: number;
}

/**
 * Our own measure, in the full space and not on the plane: the mean squared distance of a class's pictures from the class's mean, averaged over the classes,
 * divided by the mean squared distance between the classes' means. 0 where every class is one point; it knows no scale. Both are what more pictures would come
 * to: distances from a mean of n pictures are too small by (n − 1) / n, and those between means too large by the noise of each. The interval is by the jackknife
 * over pictures, each class leaving out its own one by one (Efron and Tibshirani 1993, chapter 11), on the logarithm.
 * @param groups of each class, its pictures' values
 * @returns null where a class has fewer than three pictures, or the means are no further apart than their noise
 */
export function clusterTightness(groups: readonly (readonly Vector[])[]): Tightness | null {
  if (groups.length < 2 || groups.some(({ length }) => length < 3)) return null;
  const moved = centred(groups);
  const sums = sumsOf(moved);
  const ratio = ratioOf(sums);
  if (ratio === null) return null;
  let variance = 0;
  for (const [group, pictures] of moved.entries()) {
    const without = pictures.map((picture) => ratioOf(leftOut(sums, group, picture)));
    const logs = without.flatMap((one) => (one === null ? [] : [Math.log(one)]));
    if (logs.length < pictures.length) return null;
    const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
    const squares = logs.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    variance += ((logs.length - 1) / logs.length) * squares;
  }
  if (ratio === 0) return { ratio, low: 0, high: 0 };
  const reach = Math.exp(normalQuantile * Math.sqrt(variance));
  return { ratio, low: ratio / reach, high: ratio * reach };
}

/** Of each class: how many pictures, the sum of their vectors, and of the vectors' squared lengths. */
type ClassSums = readonly { readonly count: number; readonly sum: Float64Array; readonly squares: number }[];

/** Less the mean over all, so that large values do not cancel one another. */
function centred(groups: readonly (readonly Vector[])[]): readonly (readonly Vector[])[] {
  const all = groups.flat();
  const means = Float64Array.from({ length: all[0]!.length }, (_, at) => {
    return all.reduce((sum, values) => sum + values[at]!, 0) / all.length;
  });
  return groups.map((group) => group.map((values) => minus(values, means)));
}

function sumsOf(groups: readonly (readonly Vector[])[]): ClassSums {
  return groups.map((group) => ({
    count: group.length,
    sum: Float64Array.from(group[0]!, (_, at) => group.reduce((sum, values) => sum + values[at]!, 0)),
    squares: group.reduce((sum, values) => sum + dot(values, values), 0),
  }));
}

function leftOut(sums: ClassSums, group: number, picture: Vector): ClassSums {
  return sums.map((own, at) =>
    at === group
      ? { count: own.count - 1, sum: minus(own.sum, picture), squares: own.squares - dot(picture, picture) }
      : own,
  );
}

/** Null where the means are no further apart than their noise. */
function ratioOf(sums: ClassSums): number | null {
  const spreads = sums.map(({ count, sum, squares }) => Math.max(0, squares - dot(sum, sum) / count) / (count - 1));
  let between = 0;
  for (const [one, { count, sum }] of sums.entries())
    for (let other = one + 1; other < sums.length; other++) {
      const beside = sums[other]!;
      for (let at = 0; at < sum.length; at++) between += (sum[at]! / count - beside.sum[at]! / beside.count) ** 2;
      between -= spreads[one]! / count + spreads[other]! / beside.count;
    }
  const pairs = (sums.length * (sums.length - 1)) / 2;
  const within = spreads.reduce((sum, one) => sum + one, 0) / sums.length;
  return between > 0 ? within / (between / pairs) : null;
}

function minus(one: Vector, other: Vector): Float64Array {
  return Float64Array.from({ length: one.length }, (_, at) => one[at]! - other[at]!);
}

function dot(one: Vector, other: Vector): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}

/** Null for one that is no longer than what counts as nothing. */
function asUnit(vector: Vector, nothing = 0): Float64Array | null {
  const length = Math.sqrt(dot(vector, vector));
  return length > nothing ? Float64Array.from(vector, (value) => value / length) : null;
}
