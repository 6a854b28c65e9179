/** What a row of a network gives for one picture. */
import { StrataError } from "../contract/errors.ts";
import type { Activations } from "../contract/inference.ts";
import { networkOf } from "./open-networks.ts";
import { readSquares } from "./read-squares.ts";
import type { InferenceTaskOf } from "./tasks.ts";

/** @throws StrataError `inference.no-row`, `picture.damaged`, `weights.*`, `model.unknown`, `file.no-answer` */
export async function activationsFor(
  { network: { path }, pictures, resize, row }: InferenceTaskOf<"activations">,
  signal: AbortSignal,
): Promise<Activations> {
  const network = networkOf(path);
  const { inputPixels } = network.description;
  for await (const { pixels, read } of readSquares(pictures, { inputPixels, resize }, 1, signal))
    if (read === 1) return network.activations(pixels, row);
  throw new StrataError("picture.damaged", { name: "The picture" });
}
