import { fileUrl } from "../../lib/engine/access.ts";

/**
 * The address of one picture of a data set, as the engine serves it.
 * @param pixels its longest side; the engine's own choice unless named
 */
export function pictureUrl(datasetId: number, example: number, pixels?: number): string {
  return fileUrl(`/pictures/${datasetId}/${example}`, pixels === undefined ? {} : { pixels: String(pixels) });
}
