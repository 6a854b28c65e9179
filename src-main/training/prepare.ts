/** The pictures of a job, decoded and ready at the run's input size, before its first step. */
import { usableExamples } from "../batches/batcher.ts";
import { type PictureCache, preparePictures } from "../batches/picture-cache.ts";
import type { SplitName } from "../contract/dataset.ts";
import type { Example } from "../datasets/example.ts";
import { splitInFold } from "../domain/folds.ts";
import type { Interrupter, TrainingJob, TrainingSink } from "./job.ts";
import { flushMillis } from "./points.ts";

export interface PreparedPictures {
  /** The caller closes it. */
  readonly cache: PictureCache;
  /** Examples that can be used, in the data set's order. */
  readonly splits: Readonly<Record<SplitName, readonly Example[]>>;
}

/** Null if it was interrupted. Fails as `preparePictures` does. */
export async function prepareJob(
  job: TrainingJob,
  sink: TrainingSink,
  interrupter: Interrupter,
): Promise<PreparedPictures | null> {
  const cache = await decode(job, sink, interrupter);
  if (!cache) return null;
  if (interrupter.reason) {
    await cache.close();
    return null;
  }
  const { fold } = job.arms[0]!.training;
  const examples = job.dataset.examples.flatMap((example) => {
    const split = splitInFold(example, fold);
    return split === null ? [] : { ...example, split };
  });
  const splits = {
    train: usableExamples(examples, "train", cache),
    validation: usableExamples(examples, "validation", cache),
    test: usableExamples(examples, "test", cache),
  };
  if (cache.skipped.length > 0) await sink({ kind: "pictures-skipped", names: cache.skipped.map(({ name }) => name) });
  return { cache, splits };
}

async function decode(job: TrainingJob, sink: TrainingSink, interrupter: Interrupter): Promise<PictureCache | null> {
  const { model, resize } = job.arms[0]!;
  const controller = new AbortController();
  const watch = setInterval(() => {
    if (interrupter.reason) controller.abort();
  }, 50);
  let told: Promise<void> = Promise.resolve();
  let toldAt = 0;
  try {
    return await preparePictures({
      dataset: job.dataset,
      inputPixels: model.inputPixels,
      resize,
      cacheFolder: job.paths.pictureCache,
      signal: controller.signal,
      onProgress: (done, total) => {
        if (done < total && performance.now() - toldAt < flushMillis) return;
        toldAt = performance.now();
        told = told.then(() => sink({ kind: "preparing", done, total }));
      },
    });
  } catch (thrown) {
    if (interrupter.reason) return null;
    throw thrown;
  } finally {
    clearInterval(watch);
    await told;
  }
}
