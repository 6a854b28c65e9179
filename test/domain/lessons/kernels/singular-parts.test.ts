import { expect, it } from "vitest";
import { differenceOf, normOf, type Raster } from "../../../../src-main/domain/lessons/kernels/raster.ts";
import { errorOfRank, singularParts, sumOfParts } from "../../../../src-main/domain/lessons/kernels/singular-parts.ts";
import { answers } from "./singular-values.json";

const rasterOf = (rows: readonly (readonly number[])[]): Raster => ({
  height: rows.length,
  width: rows[0]!.length,
  values: rows.flat(),
});

it.each(answers)("finds the singular values that NumPy finds: $name", ({ kernel, singularValues }) => {
  const parts = singularParts(rasterOf(kernel));
  expect(parts).toHaveLength(singularValues.length);
  for (const [at, { value }] of parts.entries()) expect(value).toBeCloseTo(singularValues[at]!, 12);
});

it.each(answers)(
  "the first r parts are as far from the kernel as NumPy's, and as is said: $name",
  ({ kernel, errors }) => {
    const raster = rasterOf(kernel);
    const parts = singularParts(raster);
    for (const [rank, error] of errors.entries()) {
      expect(normOf(differenceOf(raster, sumOfParts(parts.slice(0, rank), raster)))).toBeCloseTo(error, 12);
      expect(errorOfRank(parts, rank)).toBeCloseTo(error, 12);
    }
  },
);

it("gives columns and rows of length 1 that are orthogonal to each other", () => {
  const { kernel } = answers.find(({ name }) => name === "11×11")!;
  const parts = singularParts(rasterOf(kernel));
  const dot = (one: readonly number[], other: readonly number[]) =>
    one.reduce((sum, value, at) => sum + value * other[at]!, 0);
  for (const one of parts)
    for (const other of parts) {
      const expected = one === other ? 1 : 0;
      expect(dot(one.row, other.row)).toBeCloseTo(expected, 12);
      expect(dot(one.column, other.column)).toBeCloseTo(expected, 12);
    }
});

it("a kernel of zeros has parts of nothing", () => {
  const zeros = rasterOf([
    [0, 0],
    [0, 0],
  ]);
  expect(singularParts(zeros).map(({ value }) => value)).toEqual([0, 0]);
  expect(errorOfRank(singularParts(zeros), 0)).toBe(0);
});
