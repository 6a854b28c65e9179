/** The least value of a smooth function by `L-BFGS` (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.4), with a line search that halves (Armijo). */

export interface ValueAndGradient {
  readonly value: number;
  readonly gradient: ArrayLike<number>;
}

const remembered = 10;
const mostTries = 25;
const wantedShare = 1e-4;

/**
 * @param most steps
 * @param tolerance of the gradient's largest part, where it ends
 */
export function minimised(
  at: (point: Float64Array) => ValueAndGradient,
  start: Float64Array,
  { most, tolerance }: { readonly most: number; readonly tolerance: number },
): Float64Array {
  let point = start;
  let here = at(point);
  const pairs: { readonly moved: Float64Array; readonly turned: Float64Array; readonly product: number }[] = [];
  for (let step = 0; step < most; step++) {
    if (largest(here.gradient) <= tolerance) break;
    const direction = downhill(here.gradient, pairs);
    const slope = dotOf(direction, here.gradient);
    if (!(slope < 0)) break;
    // The first step knows no scale.
    let length = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let next = moved(point, direction, length);
    let there = at(next);
    for (let tries = 0; !(there.value <= here.value + wantedShare * length * slope); tries++) {
      // What is left to gain is less than rounding.
      if (tries === mostTries) return point;
      length /= 2;
      next = moved(point, direction, length);
      there = at(next);
    }
    const [from, before] = [point, here.gradient];
    const difference = next.map((value, place) => value - from[place]!);
    const turned = next.map((_, place) => there.gradient[place]! - before[place]!);
    const product = dotOf(difference, turned);
    if (product > 0) pairs.push({ moved: difference, turned, product });
    if (pairs.length > remembered) pairs.shift();
    [point, here] = [next, there];
  }
  return point;
}

function downhill(
  gradient: ArrayLike<number>,
  pairs: readonly { readonly moved: Float64Array; readonly turned: Float64Array; readonly product: number }[],
): Float64Array {
  const direction = Float64Array.from(gradient, (value) => -value);
  const shares = [...pairs].reverse().map(({ moved: step, turned, product }) => {
    const share = dotOf(step, direction) / product;
    add(direction, turned, -share);
    return share;
  });
  const latest = pairs.at(-1);
  if (latest) {
    const scale = latest.product / dotOf(latest.turned, latest.turned);
    for (let place = 0; place < direction.length; place++) direction[place]! *= scale;
  }
  for (const [age, { moved: step, turned, product }] of pairs.entries())
    add(direction, step, shares[pairs.length - 1 - age]! - dotOf(turned, direction) / product);
  return direction;
}

function moved(point: Float64Array, direction: Float64Array, length: number): Float64Array {
  return point.map((value, place) => value + length * direction[place]!);
}

function add(to: Float64Array, what: Float64Array, share: number): void {
  for (let place = 0; place < to.length; place++) to[place]! += share * what[place]!;
}

function dotOf(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < one.length; place++) sum += one[place]! * other[place]!;
  return sum;
}

function largest(values: ArrayLike<number>): number {
  let found = 0;
  for (let place = 0; place < values.length; place++) found = Math.max(found, Math.abs(values[place]!));
  return found;
}
