/** What the channels of a row give for many pictures: each one's largest value with its place, and its mean. */
import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Resize } from "../contract/resize.ts";
import { floats, integers, joinedNumbers } from "../domain/joined-numbers.ts";
import { tf } from "../tensorflow/runtime.ts";
import type { OpenNetwork } from "./open-network.ts";
import { withNetwork } from "./open-networks.ts";
import { readSquares } from "./read-squares.ts";
import type { AskedPictures, InferenceTaskOf, PictureRefusal, RowPeaks } from "./tasks.ts";

type BatchPeaks = Omit<RowPeaks, "refused">;

/** @throws StrataError `inference.no-row`, `weights.*`, `model.unknown`, `file.no-answer`; the signal's reason */
export async function peaksFor(
  { network: { path }, pictures, resize, row }: InferenceTaskOf<"peaks">,
  signal: AbortSignal,
): Promise<RowPeaks> {
  return withNetwork({ path }, (network) => peaksOfAll(network, pictures, resize, row, signal));
}

async function peaksOfAll(
  network: OpenNetwork,
  pictures: AskedPictures,
  resize: Resize,
  row: string,
  signal: AbortSignal,
): Promise<RowPeaks> {
  const { inputPixels } = network.description;
  const batches: BatchPeaks[] = [];
  const refused: (PictureRefusal | null)[] = [];
  for await (const squares of readSquares(pictures, { inputPixels, resize }, network.batchSize, signal)) {
    if (squares.read > 0) batches.push(network.atRow(squares.pixels, row, peaksOf));
    refused.push(...squares.refused);
  }
  const { channels = 0, width = 1 } = batches[0] ?? {};
  return {
    ...{ channels, width, refused },
    peaks: joinedNumbers(
      batches.map(({ peaks }) => peaks),
      floats,
    ),
    places: joinedNumbers(
      batches.map(({ places }) => places),
      integers,
    ),
    means: joinedNumbers(
      batches.map(({ means }) => means),
      floats,
    ),
  };
}

/** @param output [pictures, height, width, channels] */
function peaksOf(output: Tensor4D): BatchPeaks {
  const [pictures, height, width, channels] = output.shape;
  return tf.tidy(() => {
    const grid = tf.reshape(output, [pictures, height * width, channels]);
    return {
      ...{ channels, width },
      // The first two are of floats, and `argMax` gives integers.
      peaks: tf.max(grid, 1).dataSync().slice() as Float32Array,
      means: tf.mean(tf.relu(grid), 1).dataSync().slice() as Float32Array,
      places: tf.argMax(grid, 1).dataSync().slice() as Int32Array,
    };
  });
}
