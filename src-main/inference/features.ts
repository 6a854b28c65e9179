/** What rows give for many pictures, each channel by its mean over the grid. */
import { setImmediate } from "node:timers/promises";
import { StrataError } from "../contract/errors.ts";
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
    const pixels = squares.pixels.subarray(0, squares.read * inputPixels ** 2 * 3);
    if (squares.read > 0) for (const [at, means] of meansAt(network, pixels, rows).entries()) parts[at]!.push(means);
    read += squares.read;
    refused.push(...squares.refused);
    // Whoever leaves, and what the threads have to say, is heard between.
    await setImmediate();
    signal.throwIfAborted();
  }
  return {
    refused,
    rows: parts.map((own) => {
      const values = joinedNumbers(own, floats);
      return { channels: read === 0 ? 0 : values.length / read, values };
    }),
  };
}

/** Of each row, [pictures, channels], by one pass for all. */
function meansAt(
  { withForward, architecture }: OpenNetwork,
  pixels: Uint8Array,
  rows: readonly string[],
): Float32Array[] {
  const found = new Map<string, Float32Array>();
  withForward(pixels, (pictures, forward) => {
    forward(pictures, (path, output) => {
      // Means of floats are floats.
      if (rows.includes(path))
        found.set(
          path,
          tf.tidy(() => tf.mean(output, [1, 2]).dataSync().slice() as Float32Array),
        );
      return undefined;
    });
  });
  return rows.map((row) => {
    const means = found.get(row);
    if (means === undefined) throw new StrataError("inference.no-row", { row, id: architecture.id });
    return means;
  });
}
