/**
 * TensorFlow.js' models, of layers or a graph: `model.json`, whose list of weights says which lie end to end in which files beside it. Of the rest of it,
 * the network, layers are inspected, for what they compute and whether one is a program.
 */
import { dirname, join } from "node:path";
import { z } from "zod";
import { StrataError } from "../../contract/errors.ts";
import { readExactly } from "../../platform/read-exactly.ts";
import { parseStrictJson } from "../../platform/strict-json.ts";
import { damagedWeights as damaged, refuseLargeWeight, withWeightsFile } from "../../platform/weights-file.ts";
import { descriptionAt, type ForeignModel, reading, readText, sizeOf, weightPrefix } from "./foreign-model.ts";
import { kerasLayers } from "./keras-layers.ts";

const quantization = z.union([
  z.object({ dtype: z.literal("float16") }),
  z.object({ dtype: z.enum(["uint8", "uint16"]), min: z.number(), scale: z.number() }),
]);
const weight = z.object({
  name: z.string().max(1_024),
  shape: z.array(z.int().min(0)).max(16),
  dtype: z.string(),
  quantization: quantization.optional(),
});
const model = z.object({
  modelTopology: z.unknown(),
  weightsManifest: z.array(
    z.object({
      /** Names of files beside the model: one with a folder in it could be anywhere. */
      paths: z.array(z.string().regex(/^(?!\.{1,2}$)[^/\\\0]+$/, "a path that leaves its folder")).min(1),
      weights: z.array(weight),
    }),
  ),
});
type Weight = z.infer<typeof weight>;

/** They come in pieces of four megabytes, as a rule. */
const mostFiles = 2_000;

/** Of one value; others, as texts, hold no weights and have no fixed length. */
const bytesOfType: Readonly<Record<string, number>> = {
  ...{ float32: 4, int32: 4, bool: 1, complex64: 8, float16: 2, uint8: 1, uint16: 2 },
};

interface Place extends Weight {
  readonly group: readonly Shard[];
  readonly begin: number;
  readonly bytes: number;
}
interface Shard {
  readonly path: string;
  readonly bytes: number;
}

/** @throws StrataError `weights.not-found`, `file.not-regular`, `weights.damaged`, `weights.program` */
export function openTfjsModel(path: string): ForeignModel {
  const folder = dirname(path);
  const description = descriptionAt(join(folder, "strata.json"));
  const { modelTopology, weightsManifest } = parse(path);
  if (hasProgram(modelTopology)) throw new StrataError("weights.program", { path });
  refuseTooManyFiles(
    weightsManifest.flatMap(({ paths }) => paths),
    path,
  );
  const layers = description === null ? kerasLayers(modelTopology) : null;
  const places = new Map<string, Place>();
  for (const { paths, weights } of weightsManifest) {
    const group = paths.map((name) => shardAt(join(folder, name)));
    const end = reading(path, () => addGroup(weights, group, description !== null, places));
    const there = group.reduce((sum, { bytes }) => sum + bytes, 0);
    if (end !== there) throw damaged(path, `its weights would take ${end} bytes; its files have ${there}`);
  }
  return {
    description,
    tensors: places,
    // Of `model/conv2d_1/kernel` the layer is `conv2d_1`.
    layerOf: (kernel) => layers?.get(kernel.split("/").at(-2) ?? ""),
    read(name) {
      const place = places.get(name);
      if (!place) throw new Error(`${name} is not in ${path}`);
      refuseLargeWeight(name, place.bytes, path);
      return floatsOf(place, bytesAt(place));
    },
    close() {},
  };
}

function parse(path: string): z.infer<typeof model> {
  const said = reading(path, () => parseStrictJson(readText(path), "it"));
  const parsed = model.safeParse(said);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damaged(path, `it is no model of TensorFlow.js: ${issue?.path.join(".") || "its form"} has ${issue?.message}`);
}

/** Every one is opened, and gone through again for each weight. One that is named again would make more of the weights than there is on the disk. */
function refuseTooManyFiles(names: readonly string[], path: string): void {
  if (names.length > mostFiles) throw damaged(path, `it names more than ${mostFiles} files`);
  if (new Set(names).size < names.length) throw damaged(path, "it names a file twice");
}

/** Adds the group's float weights to `places`. @returns where it ends */
function addGroup(
  weights: readonly Weight[],
  group: readonly Shard[],
  isOwn: boolean,
  places: Map<string, Place>,
): number {
  let end = 0;
  for (const one of weights) {
    const width = bytesOfType[one.quantization?.dtype ?? one.dtype];
    if (width === undefined)
      throw new Error(`${one.name} is of type ${one.dtype.slice(0, 20)}, which holds no weights`);
    const [begin, bytes] = [end, width * sizeOf(one.shape)];
    end += bytes;
    const isWeight = one.dtype === "float32" && (!isOwn || one.name.startsWith(weightPrefix));
    const name = isOwn ? one.name.slice(weightPrefix.length) : one.name;
    if (isWeight && places.has(name)) throw new Error(`it has ${name.slice(0, 100)} twice`);
    if (isWeight) places.set(name, { ...one, group, begin, bytes });
  }
  return end;
}

/** A Lambda layer carries code of the program that made it. */
function hasProgram(topology: unknown): boolean {
  const open: unknown[] = [topology];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== "object" || one === null) continue;
    if ("class_name" in one && one.class_name === "Lambda") return true;
    for (const inner of Object.values(one)) if (typeof inner === "object") open.push(inner);
  }
  return false;
}

function shardAt(path: string): Shard {
  return withWeightsFile(path, (_, bytes) => ({ path, bytes }));
}

function bytesAt({ group, begin, bytes, name }: Place): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes);
  let shardBegin = 0;
  let done = 0;
  for (const shard of group) {
    const from = Math.max(0, begin + done - shardBegin);
    const count = Math.min(shard.bytes - from, bytes - done);
    if (count > 0) {
      const piece = withWeightsFile(shard.path, (file) => readExactly(file, from, count));
      if (!piece) throw damaged(shard.path, `it became shorter while ${name} was read`);
      all.set(piece, done);
      done += count;
    }
    shardBegin += shard.bytes;
  }
  return all;
}

function floatsOf({ quantization: packed }: Place, { buffer }: Uint8Array<ArrayBuffer>): Float32Array {
  if (packed === undefined) return new Float32Array(buffer);
  if (packed.dtype === "float16") return Float32Array.from(new Float16Array(buffer));
  const { scale, min } = packed;
  const whole = packed.dtype === "uint8" ? new Uint8Array(buffer) : new Uint16Array(buffer);
  return Float32Array.from(whole, (value) => value * scale + min);
}
