/** How far decoding is and what turned out to be broken, told while pictures are decoded beside training. */
import type { PictureCache } from "../batches/picture-cache.ts";
import type { TrainingSink } from "./job.ts";
import { flushMillis } from "./points.ts";

export interface DecodingReport {
  /** Where there is anything new, and not too often. */
  tell(): Promise<void>;
  /** 0 once all are decoded. */
  secondsLeft(): number;
}

export function createDecodingReport(
  cache: Pick<PictureCache, "progress" | "skipped" | "isDecoding">,
  sink: TrainingSink,
): DecodingReport {
  const startedAt = performance.now();
  const { done: doneBefore } = cache.progress;
  let toldDone = -1;
  let toldSkipped = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    async tell() {
      const { done, total } = cache.progress;
      if (done === toldDone || (done < total && performance.now() - toldAt < flushMillis)) return;
      toldDone = done;
      toldAt = performance.now();
      await sink({ kind: "preparing", done, total });
      const { skipped } = cache;
      if (skipped.length === toldSkipped) return;
      toldSkipped = skipped.length;
      await sink({ kind: "pictures-skipped", names: skipped.map(({ name }) => name) });
    },
    secondsLeft() {
      const { done, total } = cache.progress;
      if (!cache.isDecoding || done === doneBefore) return 0;
      return ((total - done) * (performance.now() - startedAt)) / 1000 / (done - doneBefore);
    },
  };
}
