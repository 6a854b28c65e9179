/**
 * The 3×3 kernels in a row that come nearest to a large kernel. Two of them have 17 free numbers, once their common scale is taken out, against the 25 of a
 * 5×5, so that for most kernels some is left over. Found by damped least squares (Levenberg 1944; Marquardt 1963) on all their numbers at once. That ends in a
 * local best: the nearest of several beginnings is taken, and a nearer one may exist.
 */
import { uniformOf } from "../../statistics/uniform-of.ts";
import { composeKernels, differenceOf, normOf, type Raster } from "./raster.ts";

export interface FoundCascade {
  readonly parts: Cascade;
  /** ‖K − composed‖ over ‖K‖. */
  readonly residual: number;
}
type Cascade = readonly [Raster, ...Raster[]];

export const cascadeBeginnings = 8;
const firstRounds = 40;
/** The best of the beginnings goes on. */
const lastRounds = 400;
/** Rounds that gain less than this share, one after the other, end it. */
const leastGain = 1e-9;
const idleRounds = 4;
const leastDamping = 1e-12;
const mostDamping = 1e6;
/** Nothing nearer can be told from rounding. */
const exact = 1e-9;
const side = 3;
const numbers = side * side;
/** A kernel for each number, of 1 there and 0 elsewhere. */
const oneEach = Array.from({ length: numbers }, (_, at) => ({
  ...{ height: side, width: side },
  values: Float64Array.from({ length: numbers }, (_, place) => Number(place === at)),
}));

/** @param target square, of odd side from 5 on: (side − 1) / 2 kernels make it up. The same kernels every time. */
export function bestCascade(target: Raster): FoundCascade {
  const length = (target.height - 1) / 2;
  const norm = normOf(target);
  if (norm === 0) return { parts: kernelsOf(new Float64Array(numbers * length)), residual: 0 };
  // Each as strong as the others, and together as strong as what they come near to.
  const scale = norm ** (1 / length);
  let best: Found | null = null;
  for (let beginning = 0; beginning < cascadeBeginnings; beginning++) {
    const begun = Float64Array.from(
      { length: numbers * length },
      (_, at) => scale * (2 * uniformOf(`${beginning} ${at}`) - 1),
    );
    const found = improve(target, begun, firstRounds);
    if (best === null || found.left < best.left) best = found;
    if (best.left < exact * norm) break;
  }
  const { values, left } = improve(target, best!.values, lastRounds);
  return { parts: kernelsOf(values), residual: left / norm };
}

/** Numbers of all kernels, one after the other, and the norm of what they leave. */
interface Found {
  readonly values: Float64Array;
  readonly left: number;
}

function improve(target: Raster, begun: Float64Array, mostRounds: number): Found {
  const enough = exact * normOf(target);
  let values = begun;
  let rest = differenceOf(target, composeKernels(kernelsOf(values)));
  let left = normOf(rest);
  let damping = 1e-2;
  for (let round = 0, idle = 0; round < mostRounds && idle < idleRounds && left > enough; round++) {
    const step = stepFrom(kernelsOf(values), rest, damping);
    const next = values.map((value, at) => value + step[at]!);
    const restThen = differenceOf(target, composeKernels(kernelsOf(next)));
    const leftThen = normOf(restThen);
    if (leftThen >= left) {
      // Shorter steps, down to where none leads on.
      damping *= 4;
      if (damping > mostDamping) break;
      continue;
    }
    idle = left - leftThen < leastGain * left ? idle + 1 : 0;
    damping = Math.max(leastDamping, damping / 5);
    [values, rest, left] = [next, restThen, leftThen];
  }
  return { values, left };
}

/** What to add to the kernels' numbers: least squares on how the composition answers to each of them, with `damping` of their own size on the diagonal. */
function stepFrom(parts: Cascade, rest: Raster, damping: number): Float64Array {
  const answers = parts.flatMap((_, place) => {
    const [first, ...others] = parts.filter((_, other) => other !== place);
    const answer = composeKernels([first!, ...others]);
    return oneEach.map((one) => composeKernels([one, answer]).values);
  });
  const matrix = answers.map((one) => answers.map((other) => dotOf(one, other)));
  const most = Math.max(...matrix.map((row, at) => row[at]!));
  const damped = matrix.map((row, at) => row.map((value, place) => (place === at ? value + damping * most : value)));
  return solve(
    damped,
    answers.map((one) => dotOf(one, rest.values)),
  );
}

/** Gauss and Jordan with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): Float64Array {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  for (let pivot = 0; pivot < rows.length; pivot++) {
    let largest = pivot;
    for (let at = pivot + 1; at < rows.length; at++)
      if (Math.abs(rows[at]![pivot]!) > Math.abs(rows[largest]![pivot]!)) largest = at;
    [rows[pivot], rows[largest]] = [rows[largest]!, rows[pivot]!];
    const own = rows[pivot]!;
    for (const row of rows) {
      if (row === own) continue;
      const factor = row[pivot]! / own[pivot]!;
      for (let place = pivot; place < row.length; place++) row[place]! -= factor * own[place]!;
    }
  }
  return Float64Array.from(rows, (row, at) => row.at(-1)! / row[at]!);
}

function kernelsOf(values: Float64Array): Cascade {
  const one = (from: number) => ({ height: side, width: side, values: values.subarray(from, from + numbers) });
  const others = Array.from({ length: values.length / numbers - 1 }, (_, place) => one(numbers * (place + 1)));
  return [one(0), ...others];
}

function dotOf(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}
