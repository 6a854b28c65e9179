import { describe, expect, it } from "vitest";
import { bestCascade } from "../../../../src-main/domain/lessons/kernels/best-cascade.ts";
import { chanceOfMean, firstShare, randomShares } from "../../../../src-main/domain/lessons/kernels/first-share.ts";
import {
  exactCascade,
  knownKernel,
  knownKernels,
  unitSum,
} from "../../../../src-main/domain/lessons/kernels/known-kernels.ts";
import {
  composeKernels,
  differenceOf,
  filterInTurn,
  filterRaster,
  normOf,
  type Raster,
  relativeResidual,
} from "../../../../src-main/domain/lessons/kernels/raster.ts";
import { singularParts, sumOfParts } from "../../../../src-main/domain/lessons/kernels/singular-parts.ts";
import { channelKernels, kernelAt, sharesByPart } from "../../../../src-main/domain/lessons/kernels/trained-kernels.ts";
import { uniformOf } from "../../../../src-main/domain/statistics/uniform-of.ts";

const drawn = (height: number, width: number, seed: string): Raster => ({
  height,
  width,
  values: Array.from({ length: height * width }, (_, at) => uniformOf(`${seed} ${at}`)),
});
const picture = drawn(31, 24, "picture");
const size = ({ height, width }: Raster) => [height, width];

describe("a kernel on a picture", () => {
  it("multiplies and adds where all of it lies on the picture, without being turned round", () => {
    const three = { height: 3, width: 3, values: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
    expect(filterRaster(three, { height: 2, width: 2, values: [1, 0, 0, -1] })).toEqual({
      ...{ height: 2, width: 2 },
      values: Float64Array.of(1 - 5, 2 - 6, 4 - 8, 5 - 9),
    });
    expect(filterRaster(three, { height: 1, width: 3, values: [1, 10, 100] }).values).toEqual(
      Float64Array.of(321, 654, 987),
    );
  });
});

describe("kernels in turn", () => {
  it("[1 1] after [1 1] is [1 2 1]", () => {
    const pair = { height: 1, width: 2, values: [1, 1] };
    expect(composeKernels([pair, pair])).toEqual({ height: 1, width: 3, values: Float64Array.of(1, 2, 1) });
  });

  it("two 3×3 make a 5×5, and three a 7×7, that gives the same values to rounding", () => {
    for (const length of [2, 3, 4, 5]) {
      const parts = Array.from({ length }, (_, part) => drawn(3, 3, `part ${part}`)) as [Raster, ...Raster[]];
      const whole = composeKernels(parts);
      expect(size(whole)).toEqual([2 * length + 1, 2 * length + 1]);
      const [one, other] = [filterRaster(picture, whole), filterInTurn(picture, parts)];
      expect(size(one)).toEqual(size(other));
      expect(relativeResidual(one, other)).toBeLessThan(1e-14);
    }
  });

  it.each([5, 7, 11])("Gaussian, Sobel and emboss of %i are made of 3×3, and do the same on a picture", (side) => {
    for (const kind of knownKernels) {
      const parts = exactCascade(kind, side);
      if (parts === null) continue;
      expect(parts).toHaveLength((side - 1) / 2);
      const answers = [filterRaster(picture, knownKernel(kind, side)), filterInTurn(picture, parts)] as const;
      expect(relativeResidual(...answers), kind).toBeLessThan(1e-13);
    }
  });

  it("separable kernels do in a row and a column what they do at once", () => {
    const kernel = knownKernel("sobel", 7);
    const [first] = singularParts(kernel);
    const column = { height: 7, width: 1, values: first!.column };
    const row = { height: 1, width: 7, values: first!.row.map((value) => value * first!.value) };
    expect(relativeResidual(filterRaster(picture, kernel), filterInTurn(picture, [column, row]))).toBeLessThan(1e-13);
  });
});

describe("known kernels", () => {
  it("are the textbook's where they are 3×3", () => {
    const sixteenth = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((value) => value / 16);
    expect([...Array.from(knownKernel("gaussian", 3).values)]).toEqual(sixteenth);
    expect([...Array.from(knownKernel("sobel", 3).values)]).toEqual(
      [-1, 0, 1, -2, 0, 2, -1, 0, 1].map((value) => value / 8),
    );
  });

  it.each(knownKernels)("%s lets no value of a picture grow", (kind) => {
    for (const side of [3, 5, 7, 11]) {
      const { values } = knownKernel(kind, side);
      expect(Array.from(values).reduce((sum, value) => sum + Math.abs(value), 0)).toBeCloseTo(1, 12);
    }
  });

  it("a flat picture answers Sobel and Gabor with nothing", () => {
    const flat = { height: 9, width: 9, values: new Array(81).fill(0.7) };
    for (const kind of ["sobel", "gabor"] as const)
      expect(normOf(filterRaster(flat, knownKernel(kind, 5)))).toBeLessThan(1e-14);
  });

  it("of zeros stay as they are", () => {
    const zeros = { height: 1, width: 2, values: [0, 0] };
    expect(unitSum(zeros)).toBe(zeros);
  });
});

describe("the best cascade found", () => {
  it.each([5, 7])("finds kernels that are there, at side %i", (side) => {
    const parts = Array.from({ length: (side - 1) / 2 }, (_, part) => drawn(3, 3, `hidden ${part}`)) as [
      Raster,
      ...Raster[],
    ];
    const target = composeKernels(parts);
    const found = bestCascade(target);
    expect(found.residual).toBeLessThan(1e-8);
    expect(relativeResidual(target, composeKernels(found.parts))).toBeCloseTo(found.residual, 12);
  });

  it("says what is left of a kernel that no cascade gives, which no small change lessens", () => {
    const target = knownKernel("gabor", 5);
    const { parts, residual } = bestCascade(target);
    expect(residual).toBeGreaterThan(0.01);
    expect(relativeResidual(target, composeKernels(parts))).toBeCloseTo(residual, 12);
    for (const [place, part] of parts.entries())
      for (let at = 0; at < 9; at++)
        for (const change of [-1e-3, 1e-3]) {
          const values = Float64Array.from(part.values, (value, n) =>
            n === at ? value + change * normOf(part) : value,
          );
          const near = parts.map((one, n) => (n === place ? { ...one, values } : one)) as [Raster, ...Raster[]];
          expect(relativeResidual(target, composeKernels(near))).toBeGreaterThanOrEqual(residual);
        }
  });

  it("of nothing is nothing, and a kernel of one value in its corner is found too", () => {
    const zeros = { height: 5, width: 5, values: new Array(25).fill(0) };
    expect(bestCascade(zeros).residual).toBe(0);
    expect(bestCascade({ ...zeros, values: zeros.values.with(0, 1) }).residual).toBeLessThan(1e-6);
  });
});

describe("how separable a kernel is", () => {
  it("Sobel is wholly, the unit matrix to a third, and of zeros nothing can be said", () => {
    expect(firstShare(knownKernel("sobel", 3))).toBeCloseTo(1, 12);
    expect(firstShare({ height: 3, width: 3, values: [1, 0, 0, 0, 1, 0, 0, 0, 1] })).toBeCloseTo(1 / 3, 12);
    expect(firstShare({ height: 2, width: 2, values: [0, 0, 0, 0] })).toBeNull();
  });

  it("is the energy that the best separable approximation keeps", () => {
    const kernel = drawn(5, 5, "kernel");
    const left = normOf(differenceOf(kernel, sumOfParts(singularParts(kernel).slice(0, 1), kernel)));
    expect(firstShare(kernel)).toBeCloseTo(1 - (left / normOf(kernel)) ** 2, 12);
  });

  it("random kernels are the same every time, and larger ones less separable", () => {
    const mean = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(randomShares(3, 3)).toEqual(randomShares(3, 3));
    expect(mean(randomShares(3, 3))).toBeGreaterThan(mean(randomShares(5, 5)));
    expect(mean(randomShares(5, 5))).toBeGreaterThan(1 / 5);
  });

  it("means of random kernels lie within what is said of them about 95 times in 100", () => {
    const all = randomShares(3, 3);
    const meanOf = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const tens = Array.from({ length: 100 }, (_, ten) => meanOf(all.slice(10 * ten, 10 * ten + 10)));
    const within = tens.filter((mean) => Math.abs(mean - meanOf(all)) <= chanceOfMean(all, 10)).length;
    expect(within).toBeGreaterThanOrEqual(90);
    expect(within).toBeLessThan(100);
    // Of 1, 2 and 3 the variance is 1.
    expect(chanceOfMean([1, 2, 3], 4)).toBeCloseTo(0.98, 12);
  });
});

describe("a trained network's kernels", () => {
  /** Two filters of 2×1 over three channels. */
  const first = {
    ...{ row: "conv1", height: 2, width: 1, inputs: 3, filters: 2, all: 2 },
    values: [1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60],
  };

  it("are read by filter and channel", () => {
    expect(kernelAt(first, 0, 0).values).toEqual([1, 4]);
    expect(kernelAt(first, 1, 2).values).toEqual([30, 60]);
  });

  it("come with the most separable first, and without those of zeros", () => {
    const square = { ...first, width: 2, inputs: 1, filters: 3, values: [1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1] };
    expect(channelKernels(square).map(({ filter, share }) => [filter, share])).toEqual([
      [0, expect.closeTo(1, 12)],
      [2, expect.closeTo(1 / 2, 12)],
    ]);
  });

  it("are counted by part of the axis, 1 in the last", () => {
    expect(sharesByPart([0.1, 0.5, 0.99, 1], 2)).toEqual([0.25, 0.75]);
    expect(sharesByPart([], 2)).toEqual([0, 0]);
  });
});
