/** Whether a request fits into the memory of this machine and its GPU, and with what batch it would. */
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { MemoryEstimate } from "../../contract/estimate.ts";
import { predictGpuBytes } from "../../training/measuring/predict-gpu-memory.ts";
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
  /** The GPU that it would train on. */
  readonly gpu: GpuRoom | null;
}

export interface GpuRoom {
  readonly name: string;
  readonly freeBytes: number;
}

/** @param arms of one job: they live in one process */
export function estimateMemory(arms: readonly RunConfiguration[], facts: MemoryFacts): MemoryEstimate {
  const { data, trainingPictures, freeBytes, earlierPeakBytes, triedPeakBytes, gpu: room } = facts;
  const batchSize = Math.max(1, Math.min(arms[0]?.training.batchSize ?? 1, trainingPictures));
  const asked = arms.map((arm) => ({ ...arm, training: { ...arm.training, batchSize } }));
  const calculated = predictPeakBytes(asked, data);
  const peakBytes = earlierPeakBytes ?? Math.max(calculated, triedPeakBytes ?? 0);
  const gpu = room && { ...room, peakBytes: predictGpuBytes(asked, data) };
  const doesFit = peakBytes <= freeBytes && (gpu === null || gpu.peakBytes <= gpu.freeBytes);
  // What the calculation was off by here, it is taken to be off by at other batches too.
  const calculatedRoom = (freeBytes * calculated) / peakBytes;
  const onProcessor = doesFit ? null : largestBatchThatFits(arms, data, calculatedRoom, batchSize);
  const batchThatFits =
    gpu === null || onProcessor === null
      ? onProcessor
      : largestBatchThatFits(arms, data, gpu.freeBytes, onProcessor, predictGpuBytes);
  return { peakBytes, freeBytes, doesFit, batchThatFits, gpu };
}
