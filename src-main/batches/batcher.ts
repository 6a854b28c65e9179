/**
 * Examples → batches of pixels, in the order of an epoch. The next batch is read while the current one is used.
 *
 * The order is one of all examples, whether or not their pictures turn out to be broken: which they are may only be found while training, and what a run
 * gives must not hang on when. A broken picture leaves its place in its batch to one that counts in nothing, so that the number of batches is known
 * from the list, and a set without broken pictures has the batches that it had when they were left out of the order.
 */
import type { Example } from "../datasets/example.ts";
import { type Augmentation, augmentInto, drawAugmentation } from "./augment.ts";
import { balancedOrder, epochOrder } from "./epoch-order.ts";
import type { PictureCache } from "./picture-cache.ts";

export interface Batch {
  /** 8-bit RGB, pictures × side × side × 3, row by row. A buffer of this batch's own: it may be kept, handed on or changed. */
  readonly pixels: Uint8Array;
  /** True classes. */
  readonly labels: Int32Array;
  /** Indexes in the data set's list of examples. */
  readonly examples: Int32Array;
  /** How many of them are counted: what fills up the batch stands behind. In a batch of broken pictures alone there is none, and nothing else. */
  readonly count: number;
}

export interface EpochPlan {
  /** A subset of the data set's examples. */
  readonly examples: readonly Example[];
  readonly cache: Pick<PictureCache, "inputPixels" | "known" | "isSkipped" | "read">;
  readonly batchSize: number;
  readonly seed: number;
  readonly epoch: number;
  /** Null leaves the pictures as they are. */
  readonly augmentation: Augmentation | null;
  /** False keeps the order of `examples`; `balanced` draws as many of each class. */
  readonly shuffle: boolean | "balanced";
  /**
   * What becomes of pictures that fill no whole batch: one of what is left, the same filled up, or none. Batches are filled up with pictures that the
   * epoch began with; so are those with broken pictures, but for `short`.
   */
  readonly lastBatch?: "short" | "filled up" | "dropped";
  /** Batches of this epoch that were used before, and are left out. */
  readonly skippedBatches?: number;
}

/** Examples whose pictures are not broken, as far as is known. */
export function usableExamples(
  examples: readonly Example[],
  { isSkipped }: Pick<PictureCache, "isSkipped">,
): readonly Example[] {
  return examples.filter(({ index }) => !isSkipped(index));
}

/** Examples in the order of the epoch, those of skipped batches left out. */
export function examplesInOrder(plan: Omit<EpochPlan, "cache" | "augmentation">): readonly Example[] {
  const order = orderOf(plan).subarray((plan.skippedBatches ?? 0) * plan.batchSize);
  return Array.from(order, (position) => plan.examples[position] as Example); // positions of this very list
}

function orderOf({ examples, shuffle, seed, epoch }: Omit<EpochPlan, "cache" | "augmentation">): Int32Array {
  if (shuffle === "balanced") {
    const labels = examples.map(({ label }) => label);
    return balancedOrder(labels, seed, epoch);
  }
  if (shuffle) return epochOrder(examples.length, seed, epoch);
  return Int32Array.from({ length: examples.length }, (_, position) => position);
}

/** One epoch. Every example is counted once, but for those of skipped batches and of a last batch that is dropped, and where classes are balanced. */
export async function* epochBatches(plan: EpochPlan): AsyncGenerator<Batch, void, undefined> {
  const { batchSize, lastBatch = "short" } = plan;
  const order = orderOf(plan);
  const batchAt = (start: number): Promise<Batch> | null => {
    const positions = order.subarray(start, start + batchSize);
    const { length } = positions;
    if (length === 0 || (lastBatch === "dropped" && length < batchSize)) return null;
    return makeBatch(plan, order, { start, positions }, lastBatch !== "short");
  };

  const first = (plan.skippedBatches ?? 0) * batchSize;
  let coming = batchAt(first);
  try {
    for (let start = first + batchSize; coming; start += batchSize) {
      const batch: Batch = await coming;
      coming = batchAt(start);
      // Awaited on the next turn; until then a failure must not count as unhandled.
      coming?.catch(() => {});
      yield batch;
    }
  } finally {
    // Left early: nothing may still read from the cache when its owner closes it.
    await coming?.catch(() => {});
  }
}

async function makeBatch(
  plan: EpochPlan,
  order: Int32Array,
  { start, positions }: { readonly start: number; readonly positions: Int32Array },
  isFilledUp: boolean,
): Promise<Batch> {
  const counted = await usableOf(plan, positions);
  const filling = isFilledUp && counted.length > 0 ? await fillingOf(plan, order, plan.batchSize - counted.length) : [];
  return readBatch(plan, start, [...counted, ...filling], counted.length);
}

/** The first pictures of the epoch that are not broken, over and over where there are not as many; there has to be one. */
async function fillingOf(plan: EpochPlan, order: Int32Array, pictures: number): Promise<readonly Example[]> {
  const filling: Example[] = [];
  for (let start = 0; filling.length < pictures; start = start + pictures < order.length ? start + pictures : 0)
    filling.push(...(await usableOf(plan, order.subarray(start, start + pictures))));
  return filling.slice(0, pictures);
}

async function usableOf({ examples, cache }: EpochPlan, positions: Int32Array): Promise<readonly Example[]> {
  const chosen = Array.from(positions, (position) => examples[position] as Example); // positions of this very list
  await cache.known(chosen.map(({ index }) => index));
  return usableExamples(chosen, cache);
}

async function readBatch(plan: EpochPlan, start: number, chosen: readonly Example[], count: number): Promise<Batch> {
  const { inputPixels } = plan.cache;
  const examples = Int32Array.from(chosen, ({ index }) => index);
  const labels = Int32Array.from(chosen, ({ label }) => label);
  const asStored = new Uint8Array(examples.length * inputPixels ** 2 * 3);
  await plan.cache.read(examples, asStored);
  const pixels = plan.augmentation ? augmented(asStored, examples, { ...plan, start }, plan.augmentation) : asStored;
  return { pixels, labels, examples, count };
}

function augmented(
  asStored: Uint8Array,
  examples: Int32Array,
  { cache: { inputPixels }, seed, epoch, shuffle, start: first }: EpochPlan & { readonly start: number },
  augmentation: Augmentation,
): Uint8Array {
  const pixels = new Uint8Array(asStored.length);
  const pictureBytes = inputPixels ** 2 * 3;
  for (const [slot, example] of examples.entries()) {
    const [start, end] = [slot * pictureBytes, (slot + 1) * pictureBytes];
    const place = shuffle === "balanced" ? first + slot : undefined;
    const draw = drawAugmentation(augmentation, { seed, epoch, example, ...(place !== undefined && { place }) });
    augmentInto(asStored.subarray(start, end), pixels.subarray(start, end), inputPixels, draw);
  }
  return pixels;
}
