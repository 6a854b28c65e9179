/**
 * Where a network looked, by hiding parts of the picture (Zeiler & Fergus 2013): a patch of mid-grey is laid on each place in turn, and the probability of a class
 * is asked each time. Where it falls, what the patch hid spoke for the class.
 */
import { setImmediate } from "node:timers/promises";
import type { AttributionMap } from "../contract/inference.ts";
import type { Preprocessing } from "../contract/weights.ts";
import { logSoftmax } from "../domain/metrics/softmax.ts";
import type { OpenNetwork } from "./open-network.ts";

/** Of the input's side. */
const [patchShare, strideShare] = [1 / 4, 1 / 16];

/**
 * @param picture 8-bit RGB, side × side × 3
 * @throws the signal's reason
 */
export async function occlusion(
  network: OpenNetwork,
  picture: Uint8Array,
  place: number,
  signal: AbortSignal,
): Promise<AttributionMap> {
  const { inputPixels, classes, preprocessing } = network.description;
  const patchPixels = Math.max(1, Math.round(patchShare * inputPixels));
  const stridePixels = Math.max(1, Math.round(strideShare * inputPixels));
  const side = Math.floor((inputPixels - patchPixels) / stridePixels) + 1;
  const grey = greyOf(preprocessing);
  const hidden = (at: number): Uint8Array => {
    const [row, column] = [Math.floor(at / side), at % side];
    return withPatch(
      picture,
      inputPixels,
      { x: column * stridePixels, y: row * stridePixels, side: patchPixels },
      grey,
    );
  };
  const probabilities: number[] = [];
  const ask = (those: readonly Uint8Array[]): void => {
    const logits = network.logits(Buffer.concat(those), those.length);
    for (const at of those.keys()) probabilities.push(Math.exp(logSoftmax(logits, at, classes)[place]!));
  };
  ask([picture]);
  for (let start = 0; start < side * side; start += network.batchSize) {
    const count = Math.min(network.batchSize, side * side - start);
    ask(Array.from({ length: count }, (_, at) => hidden(start + at)));
    // Whoever leaves is heard between.
    await setImmediate();
    signal.throwIfAborted();
  }
  const [whole = 0, ...places] = probabilities;
  return {
    side,
    cellPixels: stridePixels,
    // A cell stands where the middle of the patch lay.
    offsetPixels: (patchPixels - stridePixels) / 2,
    values: places.map((probability) => whole - probability),
    about: { method: "occlusion", patchPixels, whole },
  };
}

/** What the network sees as 0. */
function greyOf({ mean }: Preprocessing): readonly number[] {
  return mean.map((average) => Math.round(255 * average));
}

interface Patch {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

function withPatch(
  picture: Uint8Array,
  inputPixels: number,
  { x, y, side }: Patch,
  grey: readonly number[],
): Uint8Array {
  // A copy: a Buffer's slice would share its memory.
  const hidden = new Uint8Array(picture);
  for (let row = y; row < y + side; row++)
    for (let column = x; column < x + side; column++) hidden.set(grey, (row * inputPixels + column) * 3);
  return hidden;
}
