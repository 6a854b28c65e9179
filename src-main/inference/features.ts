/** What rows give for many pictures, each channel by its mean over the grid. */
import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Resize } from "../contract/resize.ts";
import { floats, joinedNumbers } from "../domain/joined-numbers.ts";
import { tf } from "../tensorflow/runtime.ts";
import type { OpenNetwork } from "./open-network.ts";
import { withNetwork } from "./open-networks.ts";
import { readSquares } from "./read-squares.ts";
import type { AskedPictures, InferenceTaskOf, PictureRefusal, RowFeatures } from "./tasks.ts";

/** @throws StrataError `inference.no-row`, `weights.*`, `model.unknown`, `file.no-answer`; the signal's reason */
export async function featuresFor(
  { network: { path }, pictures, resize, rows }: InferenceTaskOf<"features">,
  signal: AbortSignal,
): Promise<RowFeatures> {
  return withNetwork({ path }, (network) => featuresOf(network, { pictures, resize, rows }, signal));
}

/** @throws StrataError `inference.no-row`, `file.no-answer`; the signal's reason */
export async function featuresOf(
  network: OpenNetwork,
  {
    pictures,
    resize,
    rows,
  }: { readonly pictures: AskedPictures; readonly resize: Resize; readonly rows: readonly string[] },
  signal: AbortSignal,
): Promise<RowFeatures> {
  const { inputPixels } = network.description;
  const parts = rows.map((): Float32Array[] => []);
  const refused: (PictureRefusal | null)[] = [];
  let read = 0;
  for await (const squares of readSquares(pictures, { inputPixels, resize }, network.batchSize, signal)) {
    if (squares.read > 0)
      for (const [at, means] of network.atRows(squares.pixels, rows, meansOf).entries()) parts[at]!.push(means);
    read += squares.read;
    refused.push(...squares.refused);
  }
  return {
    refused,
    rows: parts.map((own) => {
      const values = joinedNumbers(own, floats);
      return { channels: read === 0 ? 0 : values.length / read, values };
    }),
  };
}

/** [pictures, channels]. Means of floats are floats. */
function meansOf(output: Tensor4D): Float32Array {
  return tf.tidy(() => tf.mean(output, [1, 2]).dataSync().slice() as Float32Array);
}
