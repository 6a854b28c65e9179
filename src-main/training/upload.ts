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
  /** Positions in the data set's list; stays with us. */
  readonly examples: Int32Array;
}

/** The caller disposes it with `disposeBatch`. */
export function uploadBatch(batch: Batch, inputPixels: number): UploadedBatch {
  const values = batch.count * inputPixels * inputPixels * 3;
  return {
    pixels: uploadPixels(batch.pixels.subarray(0, values), batch.count, inputPixels),
    labels: tf.tensor1d(batch.labels.slice(0, batch.count), "int32"),
    examples: batch.examples.slice(0, batch.count),
  };
}

export function disposeBatch(batch: UploadedBatch): void {
  batch.pixels.dispose();
  batch.labels.dispose();
}
