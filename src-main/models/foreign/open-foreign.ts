/** Which kind of file or folder weights come from, and the way into it. */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import { openSafetensors } from "../../platform/safetensors.ts";
import { describedBy, isOnnx, openWeights } from "../weights-file.ts";
import type { ForeignModel } from "./foreign-model.ts";
import { openSavedModel } from "./saved-model.ts";
import { openTfjsModel } from "./tfjs-model.ts";

export type OpenedWeights = ForeignModel & { readonly kind: "safetensors" | "model" };

/**
 * @param path a safetensors file; an ONNX file that Strata wrote; a folder with a `model.json` or a `saved_model.pb`, or one of these two
 * @throws StrataError `weights.not-found`, `file.not-regular`, `weights.no-model`, `weights.keras`, `weights.pickle`, `weights.damaged`, `weights.program`, `weights.onnx`,
 *   `weights.onnx-changed`, `weights.incomplete`
 */
export function openForeign(path: string): OpenedWeights {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const tfjs = isFolder ? join(path, "model.json") : path;
  if (isFolder ? existsSync(tfjs) : path.toLowerCase().endsWith(".json"))
    return { kind: "model", ...openTfjsModel(tfjs) };
  if (isFolder && existsSync(join(path, "saved_model.pb"))) return { kind: "model", ...openSavedModel(path) };
  if (basename(path) === "saved_model.pb") return { kind: "model", ...openSavedModel(dirname(path)) };
  if (/\.(keras|h5|hdf5)$/i.test(path) && existsSync(path)) throw new StrataError("weights.keras", { path });
  if (!isFolder && isOnnx(path)) {
    const { description, shapes, read, close } = openWeights(path);
    const tensors = new Map([...shapes].map(([name, shape]) => [name, { shape }]));
    return { kind: "model", description, tensors, layerOf: () => undefined, read, close };
  }
  if (isFolder) throw new StrataError("weights.no-model", { path });
  const { metadata, tensors, read, close } = openSafetensors(path);
  try {
    const description = describedBy(metadata, path);
    return { kind: "safetensors", description, tensors, layerOf: () => undefined, read, close };
  } catch (thrown) {
    close();
    throw thrown;
  }
}
