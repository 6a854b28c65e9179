/** A batch on the device, put there once for every arm. */
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Batch } from "../batches/batcher.ts";
import { uploadPixels } from "../tensorflow/kernels/pixels.ts";
import { tf } from "../tensorflow/runtime.ts";

export interface UploadedBatch {
  /** [pictures, side, side, 3], as `uploadPixels` makes them */
  readonly pixels: Tensor4D;
  /** int32 [pictures]: the true classes */
  readonly labels: Tensor1D;
  /** float32 [pictures]: the share of each in the batch's means; 0 of what only fills it up */
  readonly shares: Tensor1D;
  /** Positions in the data set's list; stays with us. */
  readonly examples: Int32Array;
}

/** The caller disposes it with `disposeBatch`. */
export function uploadBatch(batch: Batch, inputPixels: number): UploadedBatch {
  const { pixels, labels, examples, count } = batch;
  return {
    pixels: uploadPixels(pixels, examples.length, inputPixels),
    labels: tf.tensor1d(labels, "int32"),
    shares: tf.tensor1d(Float32Array.from(examples, (_, place) => (place < count ? 1 / count : 0))),
    examples,
  };
}

export function disposeBatch(batch: UploadedBatch): void {
  batch.pixels.dispose();
  batch.labels.dispose();
  batch.shares.dispose();
}
