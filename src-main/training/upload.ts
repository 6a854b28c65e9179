/** A batch on the device, put there once for every arm. */
import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Batch } from "../batches/batcher.ts";
import { tf } from "../tensorflow/runtime.ts";

export interface UploadedBatch {
  /** float32 [pictures, side, side, 3] in [−1, 1] */
  readonly pixels: Tensor4D;
  /** int32 [pictures]: the true classes */
  readonly labels: Tensor1D;
  /** Positions in the data set's list; stays with us. */
  readonly examples: Int32Array;
}

/** 0…255 → −1…1 */
const scaled = Float32Array.from({ length: 256 }, (_, value) => value / 127.5 - 1);

/** The caller disposes it with `disposeBatch`. */
export function uploadBatch(batch: Batch, inputPixels: number): UploadedBatch {
  const values = batch.count * inputPixels * inputPixels * 3;
  const pixels = new Float32Array(values);
  for (let i = 0; i < values; i++) pixels[i] = scaled[batch.pixels[i]!]!;
  return {
    pixels: tf.tensor4d(pixels, [batch.count, inputPixels, inputPixels, 3]),
    labels: tf.tensor1d(batch.labels.slice(0, batch.count), "int32"),
    examples: batch.examples.slice(0, batch.count),
  };
}

export function disposeBatch(batch: UploadedBatch): void {
  batch.pixels.dispose();
  batch.labels.dispose();
}
