/** Whether a request fits into this machine's memory, and with what batch it would. */
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { MemoryEstimate } from "../../contract/run.ts";
import { type LearnedData, largestBatchThatFits, predictPeakBytes } from "../../training/measuring/predict-memory.ts";

export interface MemoryFacts {
  readonly data: LearnedData;
  /** A batch holds no more pictures than there are. */
  readonly trainingPictures: number;
  readonly freeBytes: number;
  /** What a run of the same networks and batch held here; null where there was none. */
  readonly earlierPeakBytes: number | null;
  /** What a process held that tried a few steps of it: a run holds as much at least. Null where nothing was tried. */
  readonly triedPeakBytes: number | null;
}

/** @param arms of one job: they live in one process */
export function estimateMemory(arms: readonly RunConfiguration[], facts: MemoryFacts): MemoryEstimate {
  const { data, trainingPictures, freeBytes, earlierPeakBytes, triedPeakBytes } = facts;
  const batchSize = Math.max(1, Math.min(arms[0]?.training.batchSize ?? 1, trainingPictures));
  const calculated = predictPeakBytes(
    arms.map((arm) => ({ ...arm, training: { ...arm.training, batchSize } })),
    data,
  );
  const peakBytes = earlierPeakBytes ?? Math.max(calculated, triedPeakBytes ?? 0);
  const doesFit = peakBytes <= freeBytes;
  // What the calculation was off by here, it is taken to be off by at other batches too.
  const calculatedRoom = (freeBytes * calculated) / peakBytes;
  const batchThatFits = doesFit ? null : largestBatchThatFits(arms, data, calculatedRoom, batchSize);
  return { peakBytes, freeBytes, doesFit, batchThatFits };
}
