/**
 * How much memory a training process will hold at its worst moment, from its configuration alone. What it is made of is counted (weights, slots,
 * activations); the factors before the counts were fitted to measured processes by test/bench/memory.ts, whose table stands in docs/memory.md.
 */
import type { RunConfiguration } from "../../contract/configuration.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";
import { type TrainingFootprint, trainingFootprint } from "../../models/training-memory.ts";
import { optimizerSlots } from "../optimizer-slots.ts";

/** Node, TensorFlow and its threads, before there is a network. */
const baseBytes = 503 * 2 ** 20;
/** Two threads that decode beside the first epoch, as measured; with every picture in the cache it is less. */
const decodingBytes = 128 * 2 ** 20;
/** Bytes in memory for each byte counted, at the worst moment. */
const factors = {
  /** Weights, slots and averages of all arms: at the end they are read out of one place into another. */
  state: 1.43,
  /** One arm's weights again: gradients, and kernels in the order that convolutions and products like. */
  weights: 3.25,
  /** One arm's activations, kept for the backward pass, and the gradients beside them. */
  kept: 1.04,
} as const;
/** What each convolution or dense layer of an arm's graph has set up for itself. */
const rowBytes = 1.78 * 2 ** 20;
/** In 16 bits some of the activations take half. Fitted in bfloat16. */
const loweredShare = 0.8;

/** JavaScript's, for each picture of the data set: its name, its place, and what its decoding and its batches leave to be collected. */
const pictureBytes = 5_000;

export interface LearnedData {
  readonly classes: number;
  /** Of all splits. */
  readonly pictures: number;
}

/** @param arms of one job: they live in one process and take turns. `batchSize` pictures stand in each batch. */
export function predictPeakBytes(arms: readonly RunConfiguration[], { classes, pictures }: LearnedData): number {
  const held = arms.map((arm) => heldByArm(arm, classes));
  const most = (of: (arm: HeldByArm) => number) => Math.max(0, ...held.map(of));
  const state = held.reduce((sum, arm) => sum + arm.stateBytes, 0);
  return Math.round(
    baseBytes +
      decodingBytes +
      pictureBytes * pictures +
      factors.state * state +
      factors.weights * most((arm) => arm.parameterBytes) +
      factors.kept * most((arm) => arm.keptBytes) +
      rowBytes * most((arm) => arm.weightRows),
  );
}

export interface HeldByArm extends TrainingFootprint {
  /** Weights, what the optimiser remembers of them, and their averages. */
  readonly stateBytes: number;
}

/** `keptBytes` of a whole batch. */
export function heldByArm({ model, training }: RunConfiguration, classes: number): HeldByArm {
  const architecture = scaleArchitecture(findArchitecture(model.id), model);
  const footprint = trainingFootprint(architecture, classes, training.auxiliaryWeight !== 0);
  const copies = 1 + optimizerSlots(training.optimizer).length + (training.averageDecay === null ? 0 : 1);
  const share = training.precision === "float32" ? 1 : loweredShare;
  return {
    ...footprint,
    stateBytes: copies * footprint.parameterBytes,
    keptBytes: share * training.batchSize * footprint.keptBytes,
  };
}

/**
 * The largest batch, of those up to `most`, that is predicted to fit into `availableBytes`; null where not even one picture fits.
 * @param predict bytes that a job takes there, never fewer for more pictures
 */
export function largestBatchThatFits(
  arms: readonly RunConfiguration[],
  data: LearnedData,
  availableBytes: number,
  most: number,
  predict: typeof predictPeakBytes = predictPeakBytes,
): number | null {
  const fits = (batchSize: number) => predict(withBatch(arms, batchSize), data) <= availableBytes;
  if (!fits(1)) return null;
  // More pictures never take less: the answer lies between one that fits and one that does not.
  let [fitting, tooMany] = [1, most + 1];
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(middle)) fitting = middle;
    else tooMany = middle;
  }
  return fitting;
}

/**
 * What to try where a batch ran out of memory, whatever was predicted: half of it at most. Null where it was one picture already, or where even one
 * is not predicted to fit.
 */
export function smallerBatch(
  arms: readonly RunConfiguration[],
  data: LearnedData,
  availableBytes: number,
): number | null {
  const half = Math.floor((arms[0]?.training.batchSize ?? 1) / 2);
  return half < 1 ? null : largestBatchThatFits(arms, data, availableBytes, half);
}

function withBatch(arms: readonly RunConfiguration[], batchSize: number): RunConfiguration[] {
  return arms.map((arm) => ({ ...arm, training: { ...arm.training, batchSize } }));
}
