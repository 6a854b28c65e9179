/**
 * A kernel as a sum of separable ones, the strongest first: its singular value decomposition, by one-sided Jacobi rotations (Hestenes 1958). Of all sums of
 * r separable kernels the first r are nearest, and what is left is the root of the sum of the left-out squared singular values (Eckart and Young 1936).
 */
import type { Raster } from "./raster.ts";

export interface SingularPart {
  /** At least 0. */
  readonly value: number;
  /** Down the kernel, of length 1; zeros where the value is 0. */
  readonly column: readonly number[];
  /** Across the kernel, of length 1. */
  readonly row: readonly number[];
}

/** Far more than small kernels take: 11×11 settle in 6 to 8. */
const mostSweeps = 60;
const settled = 1e-15;

/** As many as the kernel's shorter side, from the largest value to the smallest. */
export function singularParts(kernel: Raster): readonly SingularPart[] {
  if (kernel.width > kernel.height)
    return singularParts(transposed(kernel)).map(({ value, column, row }) => ({ value, column: row, row: column }));
  const columns = Array.from({ length: kernel.width }, (_, x) =>
    Array.from({ length: kernel.height }, (_, y) => kernel.values[y * kernel.width + x]!),
  );
  const turned = columns.map((_, place) => columns.map((_, other) => (place === other ? 1 : 0)));
  for (let sweep = 0; sweep < mostSweeps; sweep++) if (!turnAll(columns, turned)) break;
  return columns
    .map((column, place) => {
      const value = Math.sqrt(dot(column, column));
      return { value, column: column.map((one) => (value === 0 ? 0 : one / value)), row: turned[place]! };
    })
    .sort((one, other) => other.value - one.value);
}

/** Makes each two columns orthogonal, and keeps in `turned` by what they were turned. @returns whether any was turned */
function turnAll(columns: number[][], turned: number[][]): boolean {
  let isTurned = false;
  for (let p = 0; p < columns.length; p++)
    for (let q = p + 1; q < columns.length; q++) {
      const [one, other] = [columns[p]!, columns[q]!];
      const [a, b, c] = [dot(one, one), dot(other, other), dot(one, other)];
      if (Math.abs(c) <= settled * Math.sqrt(a * b) || c === 0) continue;
      isTurned = true;
      const zeta = (b - a) / (2 * c);
      const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const cosine = 1 / Math.hypot(1, tangent);
      turnPair(one, other, cosine, cosine * tangent);
      turnPair(turned[p]!, turned[q]!, cosine, cosine * tangent);
    }
  return isTurned;
}

function turnPair(one: number[], other: number[], cosine: number, sine: number): void {
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at]!, other[at]!];
    one[at] = cosine * a - sine * b;
    other[at] = sine * a + cosine * b;
  }
}

/** The sum of these parts. */
export function sumOfParts(parts: readonly SingularPart[], { height, width }: Raster): Raster {
  const values = new Float64Array(height * width);
  for (const { value, column, row } of parts)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) values[y * width + x]! += value * column[y]! * row[x]!;
  return { height, width, values };
}

/** ‖K − K_r‖: the root of the sum of squared singular values that the first `rank` parts leave out. */
export function errorOfRank(parts: readonly SingularPart[], rank: number): number {
  return Math.sqrt(parts.slice(rank).reduce((sum, { value }) => sum + value * value, 0));
}

function transposed({ height, width, values }: Raster): Raster {
  const turned = Array.from(
    { length: height * width },
    (_, at) => values[(at % height) * width + Math.floor(at / height)]!,
  );
  return { height: width, width: height, values: turned };
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}
