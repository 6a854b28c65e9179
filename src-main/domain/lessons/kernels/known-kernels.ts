/**
 * Kernels that people know, at any odd side. Gaussian, Sobel and emboss are made of 3×3 ones; a Gabor kernel is not (Gabor 1946; Daugman 1985: what a cell of the
 * visual cortex answers to). Scaled so that the sizes of their values add up to 1: no value of a picture grows by them.
 */
import { composeKernels, type Raster } from "./raster.ts";

export const knownKernels = ["gaussian", "sobel", "emboss", "gabor"] as const;
export type KnownKernel = (typeof knownKernels)[number];

const square = (values: readonly number[]): Raster => {
  const side = Math.sqrt(values.length);
  return { height: side, width: side, values };
};
/** Twice in a row it comes near to a Gaussian bell, and nearer each time. */
const smoothing = square([1, 2, 1, 2, 4, 2, 1, 2, 1]);
const smallest = {
  gaussian: smoothing,
  sobel: square([-1, 0, 1, -2, 0, 2, -1, 0, 1]),
  emboss: square([-2, -1, 0, -1, 1, 1, 0, 1, 2]),
} as const;

/** @param side odd, from 3 on */
export function knownKernel(kind: KnownKernel, side: number): Raster {
  const parts = exactCascade(kind, side);
  return parts === null ? unitSum(gabor(side)) : composeKernels(parts);
}

/** The 3×3 kernels that a kernel is composed of; null for one that is not made of any. */
export function exactCascade(kind: KnownKernel, side: number): readonly [Raster, ...Raster[]] | null {
  if (kind === "gabor") return null;
  const others = Array.from({ length: (side - 3) / 2 }, () => unitSum(smoothing));
  const whole = composeKernels([smallest[kind], ...others]);
  return [scaled(smallest[kind], 1 / sumOfSizes(whole)), ...others];
}

/** A sine across a bell that is longer along its stripes, at 30 degrees: an edge at a slant. What is on one side it takes from the other. */
function gabor(side: number): Raster {
  const [sigma, wavelength, turn] = [side / 5, 0.8 * side, Math.PI / 6];
  const middle = (side - 1) / 2;
  return square(
    Array.from({ length: side * side }, (_, at) => {
      const [x, y] = [(at % side) - middle, Math.floor(at / side) - middle];
      const [along, across] = [x * Math.cos(turn) + y * Math.sin(turn), y * Math.cos(turn) - x * Math.sin(turn)];
      const bell = Math.exp(-(along ** 2 + (across / 1.5) ** 2) / (2 * sigma ** 2));
      return bell * Math.sin((2 * Math.PI * along) / wavelength);
    }),
  );
}

/** Scaled so that the sizes of its values add up to 1; one of zeros stays as it is. */
export function unitSum(kernel: Raster): Raster {
  const sum = sumOfSizes(kernel);
  return sum === 0 ? kernel : scaled(kernel, 1 / sum);
}

function scaled(kernel: Raster, factor: number): Raster {
  return { ...kernel, values: Float64Array.from(kernel.values, (value) => value * factor) };
}

function sumOfSizes({ values }: Raster): number {
  return Array.from(values).reduce((sum, value) => sum + Math.abs(value), 0);
}
