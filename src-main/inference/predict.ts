/** What a network answers to pictures. */
import type { Resize } from "../contract/resize.ts";
import { floats, joinedNumbers } from "../domain/joined-numbers.ts";
import type { OpenNetwork } from "./open-network.ts";
import { withNetwork } from "./open-networks.ts";
import { readSquares } from "./read-squares.ts";
import type { AskedPictures, InferenceAnswer, InferenceTaskOf, PictureRefusal } from "./tasks.ts";

/** @throws StrataError `weights.*`, `model.unknown`, `file.no-answer`; the signal's reason */
export async function predict(
  { network: { path }, pictures, resize }: InferenceTaskOf<"predict">,
  signal: AbortSignal,
): Promise<InferenceAnswer<"predict">> {
  return withNetwork({ path }, (network) => answerAll(network, pictures, resize, signal));
}

async function answerAll(
  network: OpenNetwork,
  pictures: AskedPictures,
  resize: Resize,
  signal: AbortSignal,
): Promise<InferenceAnswer<"predict">> {
  const { inputPixels, classes } = network.description;
  const logits: Float32Array[] = [];
  const refused: (PictureRefusal | null)[] = [];
  const inAll = (pictures.kind === "listed" ? pictures.pictures : pictures.files).length;
  for await (const squares of readSquares(pictures, { inputPixels, resize }, network.batchSize, signal)) {
    if (squares.read > 0) logits.push(network.logits(squares.pixels, squares.read, inAll));
    refused.push(...squares.refused);
  }
  return { classes, logits: joinedNumbers(logits, floats), refused };
}
