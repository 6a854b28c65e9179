/** A source, as a person names it → the pictures in it with their labels and splits. */
import { resolve } from "node:path";
import type { DatasetSource } from "../contract/dataset.ts";
import { versionInWords } from "../domain/versions/words.ts";
import { openDrawnSet } from "./drawn.ts";
import type { Dataset } from "./example.ts";
import { openImageFolder } from "./formats/image-folder.ts";
import type { OpenOptions } from "./open-options.ts";
import { withEdits } from "./with-edits.ts";

/**
 * Looks at a source. One bad file is listed in `problems` and never ends the look. Fails with a `StrataError` of code `data.*` when nothing
 * can be trained on, and with the signal's reason when it aborts. A source that names a version needs what that changes.
 */
export async function openDataset(source: DatasetSource, options: OpenOptions = {}): Promise<Dataset> {
  options.signal?.throwIfAborted();
  if (source.kind === "drawn") return openDrawnSet(source);
  const { version, ...onDisk } = source;
  const dataset = await openImageFolder(onDisk, options);
  if (version === undefined) return dataset;
  if (!options.version) throw new Error("The changes of a version are missing");
  const name = `${dataset.name}, ${versionInWords(options.version)}`;
  return withEdits(dataset, { name, source: { ...source, path: resolve(source.path) }, edits: options.version.edits });
}
