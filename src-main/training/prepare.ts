/** The pictures of a job: opened at the run's input size, with those decoded that its first batch needs. The others are decoded beside training. */
import { examplesInOrder, usableExamples } from "../batches/batcher.ts";
import { openPictures, type PictureCache } from "../batches/picture-cache.ts";
import type { TrainingSettings } from "../contract/configuration.ts";
import type { SplitName } from "../contract/dataset.ts";
import type { Example } from "../datasets/example.ts";
import { splitInFold } from "../domain/experiments/folds.ts";
import { stepsPerEpoch } from "../domain/pictures/steps-per-epoch.ts";
import { awaitPictures } from "./await-pictures.ts";
import type { Manifest } from "./checkpoints/manifest.ts";
import { createDecodingReport, type DecodingReport } from "./decoding-report.ts";
import type { Interrupter, TrainingJob, TrainingSink } from "./job.ts";

export interface PreparedPictures {
  /** The caller closes it. */
  readonly cache: PictureCache;
  readonly decoding: DecodingReport;
  /** In the data set's order. Some may turn out to be broken, but in the training pictures of a run that leaves those out of its order. */
  readonly splits: Readonly<Record<SplitName, readonly Example[]>>;
}

/** Where a job begins, or goes on. */
export type Beginning = Pick<Manifest, "step" | "epoch" | "brokenPictures">;
export const veryBeginning: Beginning = { step: 0, epoch: 0, brokenPictures: "not counted" };

/** Null if it was interrupted. Fails as `PictureCache.whole` does. */
export async function prepareJob(
  job: TrainingJob,
  sink: TrainingSink,
  interrupter: Interrupter,
  from = veryBeginning,
): Promise<PreparedPictures | null> {
  if (interrupter.reason) return null;
  const { model, resize, training } = job.arms[0]!;
  const examples = job.dataset.examples.flatMap((example) => {
    const split = splitInFold(example, training.fold);
    return split === null ? [] : { ...example, split };
  });
  const ofSplit = (split: SplitName) => examples.filter((example) => example.split === split);
  const splits = { train: ofSplit("train"), validation: ofSplit("validation"), test: ofSplit("test") };
  const { first, batchSize } = firstEpochOf(job, splits.train, from);
  const cache = await openPictures({
    dataset: job.dataset,
    inputPixels: model.inputPixels,
    resize,
    cacheFolder: job.paths.pictureCache,
    wantedFirst: [...first, ...splits.train, ...splits.validation, ...splits.test],
    wantedAtOnce: batchSize,
  });
  const decoding = createDecodingReport(cache, sink);
  const isLeftOut = from.brokenPictures === "left out";
  try {
    await decoding.tell();
    const needed = isLeftOut ? cache.whole() : cache.known(first.slice(0, batchSize).map(({ index }) => index));
    const come = await awaitPictures(needed, { cache, interrupter, tell: decoding.tell });
    await decoding.tell();
    if (come && !interrupter.reason)
      return {
        cache,
        decoding,
        splits: isLeftOut ? { ...splits, train: usableExamples(splits.train, cache) } : splits,
      };
  } catch (thrown) {
    await cache.close();
    throw thrown;
  }
  await cache.close();
  return null;
}

/** What is trained on first, in the order in which it is needed. */
function firstEpochOf(
  { arms }: TrainingJob,
  examples: readonly Example[],
  { step, epoch }: Beginning,
): { first: readonly Example[]; batchSize: number } {
  const { training, seed } = arms[0]!;
  const { batchSize, steps } = stepsPerEpoch(examples.length, training);
  const skippedBatches = step - epoch * steps;
  return {
    first: examplesInOrder({
      examples,
      batchSize,
      seed,
      epoch: epoch + 1,
      shuffle: shuffleOf(training),
      skippedBatches,
    }),
    batchSize,
  };
}

/** How training pictures are ordered in an epoch. */
export function shuffleOf({ balancedSampling }: Pick<TrainingSettings, "balancedSampling">): true | "balanced" {
  return balancedSampling ? "balanced" : true;
}
