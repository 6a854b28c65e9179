/** A trained network's first kernels, each of one filter and one channel, and how separable they are. */
import type { FirstKernels } from "../../../contract/weights.ts";
import { firstShare } from "./first-share.ts";
import type { Raster } from "./raster.ts";

/** One kernel by the filter and the channel that it is of, both from 0. */
export interface ChannelKernel {
  readonly filter: number;
  readonly input: number;
  readonly kernel: Raster;
  /** Of its energy, in its best separable approximation. */
  readonly share: number;
}

/** The most separable first. Those of zeros, which have no energy, are left out. */
export function channelKernels(first: FirstKernels): readonly ChannelKernel[] {
  return Array.from({ length: first.filters * first.inputs }, (_, at) => {
    const [filter, input] = [Math.floor(at / first.inputs), at % first.inputs];
    const kernel = kernelAt(first, filter, input);
    return { filter, input, kernel, share: firstShare(kernel) };
  })
    .flatMap((one) => (one.share === null ? [] : [{ ...one, share: one.share }]))
    .sort((one, other) => other.share - one.share);
}

export function kernelAt(
  { height, width, inputs, filters, values }: FirstKernels,
  filter: number,
  input: number,
): Raster {
  const places = Array.from({ length: height * width }, (_, at) => values[(at * inputs + input) * filters + filter]!);
  return { height, width, values: places };
}

/** What share of them falls into each of so many equal parts of 0 to 1; 1 itself into the last. */
export function sharesByPart(shares: readonly number[], parts: number): readonly number[] {
  const counts = new Array<number>(parts).fill(0);
  for (const share of shares) counts[Math.min(parts - 1, Math.floor(share * parts))]!++;
  return counts.map((count) => count / Math.max(1, shares.length));
}
