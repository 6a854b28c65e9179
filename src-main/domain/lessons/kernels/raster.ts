/**
 * Pictures of one value a pixel, and kernels, which are small ones of them. A kernel is laid over the picture as convolutional networks do it, without being
 * turned round. Border rule: only places where the whole kernel lies on the picture have a value, so that each kernel of n takes n − 1 rows and columns.
 */

export interface Raster {
  readonly height: number;
  readonly width: number;
  /** Row by row. */
  readonly values: ArrayLike<number>;
}

/** Height and width shrink by the kernel's less 1. */
export function filterRaster(picture: Raster, kernel: Raster): Raster {
  const [height, width] = [picture.height - kernel.height + 1, picture.width - kernel.width + 1];
  const values = new Float64Array(height * width);
  for (let ky = 0; ky < kernel.height; ky++)
    for (let kx = 0; kx < kernel.width; kx++) {
      const weight = kernel.values[ky * kernel.width + kx]!;
      for (let y = 0; y < height; y++) {
        const from = (y + ky) * picture.width + kx;
        const to = y * width;
        for (let x = 0; x < width; x++) values[to + x]! += weight * picture.values[from + x]!;
      }
    }
  return { height, width, values };
}

/** One kernel after the other. */
export function filterInTurn(picture: Raster, kernels: readonly Raster[]): Raster {
  return kernels.reduce(filterRaster, picture);
}

/** The one kernel that does what these do in turn: their full convolution, of side n₁ + n₂ − 1. In which order they come makes no difference. */
export function composeKernels([first, ...others]: readonly [Raster, ...Raster[]]): Raster {
  return others.reduce(composePair, first);
}

function composePair(one: Raster, other: Raster): Raster {
  const [height, width] = [one.height + other.height - 1, one.width + other.width - 1];
  const values = new Float64Array(height * width);
  for (let y = 0; y < one.height; y++)
    for (let x = 0; x < one.width; x++)
      for (let v = 0; v < other.height; v++)
        for (let u = 0; u < other.width; u++)
          values[(y + v) * width + x + u]! += one.values[y * one.width + x]! * other.values[v * other.width + u]!;
  return { height, width, values };
}

/** The root of the sum of squares. */
export function normOf({ values }: Raster): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
}

/** Value by value; both of one size. */
export function differenceOf(one: Raster, other: Raster): Raster {
  return { ...one, values: Float64Array.from(one.values, (value, at) => value - other.values[at]!) };
}

/** ‖one − other‖ over ‖one‖; 0 where both are nothing. */
export function relativeResidual(one: Raster, other: Raster): number {
  const left = normOf(differenceOf(one, other));
  return left === 0 ? 0 : left / normOf(one);
}
