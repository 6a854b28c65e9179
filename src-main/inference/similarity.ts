/** How alike the rows of two networks place the same pictures, batch by batch. */
import type { Rank, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { createCka } from "../domain/inspections/cka.ts";
import { tf } from "../tensorflow/runtime.ts";
import type { OpenNetwork } from "./open-network.ts";
import { withNetwork } from "./open-networks.ts";
import { readSquares, type Squares } from "./read-squares.ts";
import type { AskedLayers, AskedPictures, InferenceTaskOf, RowSimilarity } from "./tasks.ts";

/** The estimate takes four pictures a batch; few make it less sure, and of many the rows of a large network do not fit. */
const [fewest, most] = [8, 64];

/** @throws StrataError `inference.no-row`, `weights.*`, `model.unknown`, `file.no-answer`; the signal's reason */
export async function similarityFor(
  { pictures, of: [one, other] }: InferenceTaskOf<"similarity">,
  signal: AbortSignal,
): Promise<RowSimilarity> {
  return withNetwork(one.network, (first) =>
    withNetwork(other.network, async (second) => {
      const batchSize = Math.min(most, Math.max(fewest, Math.min(first.batchSize, second.batchSize)));
      const cka = createCka(one.rows.length, other.rows.length);
      let counted = 0;
      const squares = [read(first, one, pictures, batchSize, signal), read(second, other, pictures, batchSize, signal)];
      for (;;) {
        const [mine, theirs] = (await Promise.all(squares.map((own) => own.next()))).map(({ value }) => value);
        if (!mine || !theirs) break;
        // A picture that changed between the two reads would stand beside another one.
        if (mine.read < fewest || mine.refused.join() !== theirs.refused.join()) continue;
        cka.add(
          first.atRows(mine.pixels, one.rows, gramOf),
          second.atRows(theirs.pixels, other.rows, gramOf),
          mine.read,
        );
        counted += mine.read;
      }
      return { pictures: counted, batchSize, values: cka.values() };
    }),
  );
}

function read(
  { description: { inputPixels } }: OpenNetwork,
  { resize }: AskedLayers,
  pictures: AskedPictures,
  batchSize: number,
  signal: AbortSignal,
): AsyncGenerator<Squares, undefined> {
  return readSquares(pictures, { inputPixels, resize }, batchSize, signal);
}

/** [pictures, pictures]: dot products of all that a row answers, less the batch's mean, which moves nothing and keeps the digits. */
function gramOf(output: Tensor4D): Float32Array {
  return tf.tidy(() => {
    const flat = tf.reshape<Rank.R2>(output, [output.shape[0], -1]);
    const centred = tf.sub<typeof flat>(flat, tf.mean(flat, 0, true));
    return tf.matMul(centred, centred, false, true).dataSync().slice() as Float32Array; // products of floats
  });
}
