/** What a row of a network gives for one picture. */
import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Activations } from "../contract/inference.ts";
import { withNetwork } from "./open-networks.ts";
import { readSquare } from "./read-squares.ts";
import type { InferenceTaskOf } from "./tasks.ts";

/** @throws StrataError `inference.no-row`, `picture.damaged`, `weights.*`, `model.unknown`, `file.no-answer` */
export async function activationsFor(
  { network: { path }, pictures, resize, row }: InferenceTaskOf<"activations">,
  signal: AbortSignal,
): Promise<Activations> {
  return withNetwork({ path }, async (network) => {
    const { inputPixels } = network.description;
    return network.atRow(await readSquare(pictures, { inputPixels, resize }, signal), row, activationsOf);
  });
}

/** @param output [1, height, width, channels] */
export function activationsOf(output: Tensor4D): Activations {
  const [, height, width, channels] = output.shape;
  // Rows give floats; the tensor's own memory goes with it.
  return { height, width, channels, values: (output.dataSync() as Float32Array).slice() };
}
