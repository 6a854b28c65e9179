/** A source, as a person names it → the pictures in it with their labels and splits. */
import type { DatasetSource } from "../contract/dataset.ts";
import { openDrawnSet } from "./drawn.ts";
import type { Dataset } from "./example.ts";
import { openImageFolder } from "./formats/image-folder.ts";
import type { OpenOptions } from "./open-options.ts";

/**
 * Looks at a source. One bad file is listed in `problems` and never ends the look. Fails with a `StrataError` of code `data.*` when nothing
 * can be trained on, and with the signal's reason when it aborts.
 */
export async function openDataset(source: DatasetSource, options: OpenOptions = {}): Promise<Dataset> {
  options.signal?.throwIfAborted();
  return source.kind === "folder" ? openImageFolder(source, options) : openDrawnSet(source);
}
