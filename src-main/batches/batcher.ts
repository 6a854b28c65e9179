/** Examples → batches of pixels, in the order of an epoch. The next batch is read while the current one is used. */
import type { SplitName } from "../contract/dataset.ts";
import type { Example } from "../datasets/example.ts";
import { type Augmentation, augmentInto, drawAugmentation } from "./augment.ts";
import { epochOrder } from "./epoch-order.ts";
import type { PictureCache } from "./picture-cache.ts";

export interface Batch {
  /** 8-bit RGB, pictures × side × side × 3, row by row. A buffer of this batch's own: it may be kept, handed on or changed. */
  readonly pixels: Uint8Array;
  /** True classes. */
  readonly labels: Int32Array;
  /** Indexes in the data set's list of examples. */
  readonly examples: Int32Array;
  /** How many of them are counted: what fills up the last batch of an epoch stands behind. */
  readonly count: number;
}

export interface EpochPlan {
  /** A subset of the data set's examples, without those that the cache skipped. */
  readonly examples: readonly Example[];
  readonly cache: Pick<PictureCache, "inputPixels" | "read">;
  readonly batchSize: number;
  readonly seed: number;
  readonly epoch: number;
  /** Null leaves the pictures as they are. */
  readonly augmentation: Augmentation | null;
  /** False keeps the order of `examples`. */
  readonly shuffle: boolean;
  /** What becomes of pictures that fill no whole batch: one of what is left, the same with the epoch's first pictures behind, or none. */
  readonly lastBatch?: "short" | "filled up" | "dropped";
  /** Batches of this epoch that were used before, and are left out. */
  readonly skippedBatches?: number;
}

/** Examples of a split that can be trained on. */
export function usableExamples(
  examples: readonly Example[],
  split: SplitName,
  cache: Pick<PictureCache, "skipped">,
): readonly Example[] {
  const skipped = new Set(cache.skipped.map(({ example }) => example));
  return examples.filter((example) => example.split === split && !skipped.has(example.index));
}

/** One epoch. Every example is counted once, but for those of skipped batches and of a last batch that is dropped. */
export async function* epochBatches(plan: EpochPlan): AsyncGenerator<Batch, void, undefined> {
  const { examples, batchSize, lastBatch = "short" } = plan;
  const order = plan.shuffle
    ? epochOrder(examples.length, plan.seed, plan.epoch)
    : Int32Array.from({ length: examples.length }, (_, position) => position);
  const batchAt = (start: number): Promise<Batch> | null => {
    const positions = order.subarray(start, start + batchSize);
    const { length } = positions;
    if (length === 0 || (lastBatch === "dropped" && length < batchSize)) return null;
    const filling = lastBatch === "filled up" ? order.subarray(0, batchSize - length) : [];
    return readBatch(plan, Int32Array.of(...positions, ...filling), length);
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

async function readBatch(plan: EpochPlan, positions: Int32Array, count: number): Promise<Batch> {
  const { inputPixels } = plan.cache;
  const chosen = Array.from(positions, (position) => plan.examples[position] as Example); // positions of this very list
  const examples = Int32Array.from(chosen, ({ index }) => index);
  const labels = Int32Array.from(chosen, ({ label }) => label);
  const asStored = new Uint8Array(examples.length * inputPixels ** 2 * 3);
  await plan.cache.read(examples, asStored);
  const pixels = plan.augmentation ? augmented(asStored, examples, plan, plan.augmentation) : asStored;
  return { pixels, labels, examples, count };
}

function augmented(
  asStored: Uint8Array,
  examples: Int32Array,
  { cache: { inputPixels }, seed, epoch }: EpochPlan,
  augmentation: Augmentation,
): Uint8Array {
  const pixels = new Uint8Array(asStored.length);
  const pictureBytes = inputPixels ** 2 * 3;
  for (const [slot, example] of examples.entries()) {
    const [start, end] = [slot * pictureBytes, (slot + 1) * pictureBytes];
    const draw = drawAugmentation(augmentation, { seed, epoch, example });
    augmentInto(asStored.subarray(start, end), pixels.subarray(start, end), inputPixels, draw);
  }
  return pixels;
}
