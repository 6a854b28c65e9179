/** Which parts of a picture speak for a class, by one of the ways that there are. */
import type { AttributionMap, AttributionMethod } from "../contract/inference.ts";
import { gradCam } from "./grad-cam.ts";
import { gradientTimesInput, integratedGradients } from "./input-gradients.ts";
import { occlusion } from "./occlusion.ts";
import type { OpenNetwork } from "./open-network.ts";
import { withNetwork } from "./open-networks.ts";
import { readSquare } from "./read-squares.ts";
import type { InferenceTaskOf } from "./tasks.ts";

type Attribution = (
  network: OpenNetwork,
  picture: Uint8Array,
  place: number,
  signal: AbortSignal,
) => AttributionMap | Promise<AttributionMap>;

const attributions: Readonly<Record<AttributionMethod, Attribution>> = {
  occlusion,
  "grad-cam": gradCam,
  "gradient-input": gradientTimesInput,
  "integrated-gradients": integratedGradients,
};

/** @throws StrataError `inference.no-grid`, `picture.damaged`, `weights.*`, `model.unknown`, `file.no-answer`; the signal's reason */
export async function attributionFor(
  { network: { path }, pictures, resize, method, place, isRandom }: InferenceTaskOf<"attribution">,
  signal: AbortSignal,
): Promise<AttributionMap> {
  return withNetwork({ path, isRandom }, async (network) => {
    const { inputPixels } = network.description;
    return attributions[method](network, await readSquare(pictures, { inputPixels, resize }, signal), place, signal);
  });
}
