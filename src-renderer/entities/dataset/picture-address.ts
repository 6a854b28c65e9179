import type { Resize } from "../../../src-main/contract/resize.ts";
import { fileUrl } from "../../lib/engine/access.ts";

/**
 * The address of one picture of a data set, as the engine serves it.
 * @param pixels its longest side; the engine's own choice unless named
 */
export function pictureUrl(datasetId: number, example: number, pixels?: number): string {
  return fileUrl(`/pictures/${datasetId}/${example}`, pixels === undefined ? {} : { pixels: String(pixels) });
}

/** The address of what a network of this input size sees of a picture. */
export function squareUrl(datasetId: number, example: number, inputPixels: number, { fit, filter }: Resize): string {
  return fileUrl(`/pictures/${datasetId}/${example}`, { pixels: String(inputPixels), fit, filter });
}
