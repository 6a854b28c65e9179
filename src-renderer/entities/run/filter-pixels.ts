/** One of the first convolution's kernels as a picture. */
import type { FirstKernels } from "../../../src-main/contract/weights.ts";
import type { Pixels } from "../../ui/pixels.ts";

/** A filter over red, green and blue: 0 is mid-grey, and its largest value full or no colour. */
export function filterPixels({ height, width, inputs, filters, values }: FirstKernels, filter: number): Pixels {
  const valueAt = (at: number, input: number) =>
    values[(at * inputs + Math.min(input, inputs - 1)) * filters + filter]!;
  const places = Array.from({ length: height * width }, (_, at) => [0, 1, 2].map((input) => valueAt(at, input)));
  const most = Math.max(Number.MIN_VALUE, ...places.flat().map(Math.abs));
  const bytes = new Uint8ClampedArray(
    places.flatMap((colour) => [...colour.map((value) => 127.5 * (1 + value / most)), 255]),
  );
  return { height, width, bytes };
}
