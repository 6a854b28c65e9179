/** What a batch is measured with where every picture weighs as much. */
import type { Rank, Tensor1D } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../../src-main/tensorflow/runtime.ts";

export function evenShares(pictures: number): Tensor1D {
  return tf.fill<Rank.R1>([pictures], 1 / pictures);
}
