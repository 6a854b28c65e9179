/**
 * The plane through three classes' templates, and how close the pictures of a class lie together in front of it (Müller, Kornblith and Hinton 2019, "When
 * does label smoothing help?"). A template is a class's column of the last layer's kernel.
 */

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

const resamples = 1_000;

/**
 * Our own measure, in the full space and not on the plane: the mean squared distance of a class's pictures from the class's mean, averaged over the classes,
 * divided by the mean squared distance between the classes' means. 0 where every class is one point; it knows no scale. The interval is by the bootstrap
 * over pictures, each class drawn anew from its own (Efron 1979): 2.5th and 97.5th of 100 parts.
 * @param groups of each class, its pictures' values
 * @param integer draws uniformly from 0 to before its argument
 * @returns null where a class has fewer than two pictures, or all means are one
 */
export function clusterTightness(
  groups: readonly (readonly Vector[])[],
  integer: (bound: number) => number,
): Tightness | null {
  if (groups.length < 2 || groups.some(({ length }) => length < 2)) return null;
  const products = productsOf(centred(groups));
  const evenly = groups.map(({ length }) => new Float64Array(length).fill(1 / length));
  const ratio = ratioOf(products, evenly);
  if (!Number.isFinite(ratio)) return null;
  const drawn = Float64Array.from({ length: resamples }, () => {
    const weights = groups.map(({ length }) => {
      const counts = new Float64Array(length);
      for (let draw = 0; draw < length; draw++) counts[integer(length)]! += 1 / length;
      return counts;
    });
    return ratioOf(products, weights);
  }).sort();
  return { ratio, low: drawn[Math.floor(0.025 * resamples)]!, high: drawn[Math.ceil(0.975 * resamples) - 1]! };
}

/** Dot products of every picture of one group with every one of it and of the groups behind: [one group][other group][one · others + other]. */
type Products = readonly (readonly Float64Array[])[];

/** Less the mean over all, so that large values do not cancel one another. */
function centred(groups: readonly (readonly Vector[])[]): readonly (readonly Vector[])[] {
  const all = groups.flat();
  const means = Float64Array.from({ length: all[0]!.length }, (_, at) => {
    return all.reduce((sum, values) => sum + values[at]!, 0) / all.length;
  });
  return groups.map((group) => group.map((values) => minus(values, means)));
}

function productsOf(groups: readonly (readonly Vector[])[]): Products {
  return groups.map((group, place) =>
    groups.map((others, other) => {
      if (other < place) return new Float64Array();
      const products = new Float64Array(group.length * others.length);
      for (const [row, one] of group.entries())
        for (const [column, second] of others.entries()) products[row * others.length + column] = dot(one, second);
      return products;
    }),
  );
}

/** @param weights of each group's pictures, 1 together */
function ratioOf(products: Products, weights: readonly Vector[]): number {
  const ofMeans = weights.map((one, row) =>
    weights.map((other, column) => (column < row ? 0 : bilinear(products[row]![column]!, one, other))),
  );
  let within = 0;
  let between = 0;
  for (const [row, own] of weights.entries()) {
    const squares = products[row]![row]!;
    for (let at = 0; at < own.length; at++) within += own[at]! * squares[at * own.length + at]!;
    within -= ofMeans[row]![row]!;
    for (let other = row + 1; other < weights.length; other++)
      between += ofMeans[row]![row]! + ofMeans[other]![other]! - 2 * ofMeans[row]![other]!;
  }
  return within / weights.length / (between / ((weights.length * (weights.length - 1)) / 2));
}

function bilinear(products: Vector, one: Vector, other: Vector): number {
  let sum = 0;
  for (let row = 0; row < one.length; row++) {
    if (one[row] === 0) continue;
    let inner = 0;
    for (let column = 0; column < other.length; column++)
      inner += products[row * other.length + column]! * other[column]!;
    sum += one[row]! * inner;
  }
  return sum;
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
