/**
 * A Strata file of weights, version 1: a safetensors file whose metadata has one key, `strata`, with the JSON document below.
 *
 * - Each weight stands under its own name (`network.ts`): row names joined by `/`, then its part. A convolution's kernel is [height, width, inputs,
 *   filters], a dense layer's [inputs, units], inputs in the order height, width, channel. All are float32.
 * - `average/<name>` is the running average of that weight, where the run kept one: what pictures were evaluated with.
 * - `optimizer/<slot>/<name>`, in a checkpoint's file, is what the optimiser remembers of that weight (training/checkpoints/manifest.ts).
 * - Whatever else a later version adds has a first word of its own before the `/`, so that this one can leave it out.
 *
 * torchvision's layout has its names and shapes instead and, for its readers, no averages beside.
 */
import { z } from "zod";
import { runConfiguration } from "../contract/configuration.ts";
import { StrataError } from "../contract/errors.ts";
import { endReasons } from "../contract/run.ts";
import { preprocessing } from "../contract/weights.ts";
import { openSafetensors, type TensorToWrite, writeSafetensors } from "../platform/safetensors.ts";
import { parseStrictJson } from "../platform/strict-json.ts";
import { damagedWeights } from "../platform/weights-file.ts";
import { weightsInOnnx } from "./exports/onnx/onnx-weights.ts";
import { openOnnx } from "./exports/onnx/read-onnx.ts";

const weightsDescription = z.object({
  formatVersion: z.literal(1),
  layout: z.enum(["strata", "torchvision"]),
  architecture: z.string(),
  inputPixels: z.int().positive(),
  width: z.number().positive(),
  classes: z.int().positive(),
  /** In the order of the logits; null where the file came without. */
  classNames: z.array(z.string()).nullable(),
  preprocessing,
  /** What was trained, and how far; null for weights from elsewhere. */
  trained: z
    .object({
      configuration: runConfiguration,
      epoch: z.int().min(0),
      step: z.int().min(0),
      /** Null while training went on. */
      endReason: z.enum(endReasons).nullable(),
    })
    .nullable(),
});
export type WeightsDescription = z.infer<typeof weightsDescription>;

export interface WeightsFile {
  readonly description: WeightsDescription;
  /** Shape by name. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly hasAverages: boolean;
  /** @throws StrataError `weights.damaged` */
  read(name: string): Float32Array;
  close(): void;
}

export const averagePrefix = "average/";
export const optimizerPrefix = "optimizer/";

/** The name under which a weight stands that pictures were evaluated with: its running average where there is one; undefined where neither is there. */
export function usedName(name: string, isThere: (stored: string) => boolean): string | undefined {
  return [`${averagePrefix}${name}`, name].find(isThere);
}

/** ONNX files go by their ending. */
export const isOnnx = (path: string): boolean => path.toLowerCase().endsWith(".onnx");

/**
 * @param path a safetensors file, or an ONNX file, that Strata wrote
 * @throws StrataError `weights.not-found`, `file.not-regular`, `weights.pickle`, `weights.damaged`; `weights.foreign` for a file that is none of Strata's; for ONNX also
 *   `weights.onnx`, `weights.onnx-changed`, `weights.incomplete`, `model.unknown`, `model.input-too-small`
 */
export function openWeights(path: string): WeightsFile {
  const file = isOnnx(path) ? openOnnx(path) : openSafetensors(path);
  try {
    const description = describedBy(file.metadata, path);
    if (description === null) throw new StrataError("weights.foreign", { path });
    const { tensors, read } = "nodes" in file ? weightsInOnnx(file, description, path) : file;
    const shapes = new Map([...tensors].map(([name, { shape }]) => [name, shape]));
    const hasAverages = [...shapes.keys()].some((name) => name.startsWith(averagePrefix));
    return { description, shapes, hasAverages, read, close: file.close };
  } catch (thrown) {
    file.close();
    throw thrown;
  }
}

/** The weights that pictures are evaluated with, by their own names. */
export interface UsedWeights {
  readonly description: WeightsDescription;
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  read(name: string): Float32Array;
}

/** @param path for messages */
export function usedWeights(file: WeightsFile, path: string): UsedWeights {
  const own = [...file.shapes].filter(([name]) => !name.startsWith(averagePrefix) && !name.startsWith(optimizerPrefix));
  return {
    description: file.description,
    shapes: new Map(own),
    read(name) {
      const source = usedName(name, (stored) => file.shapes.has(stored));
      if (source === undefined) throw new StrataError("weights.incomplete", { name, path });
      return file.read(source);
    },
  };
}

/** Null for a file that does not say. @throws StrataError `weights.damaged` for one that says something else */
export function describedBy(metadata: Readonly<Record<string, string>>, path: string): WeightsDescription | null {
  const { strata } = metadata;
  if (strata === undefined) return null;
  let said: unknown;
  try {
    said = parseStrictJson(withNamesOfNow(strata), "what it says of its network");
  } catch (thrown) {
    throw damagedWeights(path, (thrown as Error).message); // parseStrictJson throws nothing else
  }
  const parsed = weightsDescription.safeParse(said);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damagedWeights(path, `what it says of its network has a wrong ${issue?.path.join(".") || "form"}`);
}

/** A setting that was renamed goes by its new name. No text in JSON holds a key with its quotes. */
function withNamesOfNow(json: string): string {
  return json.replaceAll('"leastGain":', '"minDelta":');
}

/** @param readers as in `writeSafetensors` @throws the file system's own errors */
export function writeWeights(
  path: string,
  description: WeightsDescription,
  tensors: readonly TensorToWrite[],
  readers: "everybody" | "person" = "everybody",
): void {
  writeSafetensors(path, tensors, { strata: JSON.stringify(description) }, readers);
}
