/** A model that another program wrote, or Strata for another program: its weights, and what its layers are said to compute. Nothing in it is run. */
import { existsSync } from "node:fs";
import { StrataError } from "../../contract/errors.ts";
import { readExactly } from "../../platform/read-exactly.ts";
import { damagedWeights as damaged, withWeightsFile } from "../../platform/weights-file.ts";
import type { TensorShapeProto } from "../../tensorflow/protobuf/generated/tensorflow_pb.js";
import { wholeOf, withValueLimit } from "../../tensorflow/protobuf/read-message.ts";
import { describedBy, type WeightsDescription } from "../weights-file.ts";
import type { LayerNode } from "./layer-graph.ts";

export interface ForeignModel {
  /** What Strata says of it in the file beside it; null for other programs' models. */
  readonly description: WeightsDescription | null;
  /** Float32 weights by name; their bytes may turn out to be missing when they are read. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[] }>;
  /** What the file says is computed with a kernel; undefined where it does not say, or not in a form that is known. */
  layerOf(kernel: string): LayerNode | undefined;
  /** @throws StrataError `weights.damaged` */
  read(name: string): Float32Array;
  close(): void;
}

/** Weights stand under this in models of Strata's own, beside other constants of the graph. */
export const weightPrefix = "weights/";

/** Larger ones are no list of weights: a graph of the largest network here takes a megabyte. */
const mostTextBytes = 16 * 2 ** 20;
/** Fields and numbers of messages in one file, in all; each may take some 200 bytes of memory. */
const mostValues = 1_000_000;

/** Strata's `strata.json`. @throws StrataError `weights.damaged` */
export function descriptionAt(path: string): WeightsDescription | null {
  if (!existsSync(path)) return null;
  return describedBy({ strata: readText(path) }, path);
}

/** A whole file, of a size that a person could still read. @throws StrataError `weights.not-found`, `file.not-regular`, `weights.damaged` */
export function readText(path: string): string {
  return new TextDecoder().decode(readSmall(path, mostTextBytes));
}

/** @throws StrataError `weights.not-found`, `file.not-regular`; `weights.damaged` where the file is larger than such files can be */
export function readSmall(path: string, mostBytes: number): Uint8Array<ArrayBuffer> {
  return withWeightsFile(path, (file, bytes) => {
    if (bytes > mostBytes) throw damaged(path, `${mostBytes} bytes of it are read, and it has more`);
    const all = readExactly(file, 0, bytes);
    if (!all) throw damaged(path, "it became shorter while it was read");
    return all;
  });
}

/** Whatever a reader of bytes throws at them, as what it is: a file that does not add up. */
export function reading<T>(path: string, work: () => T): T {
  try {
    return withValueLimit(mostValues, work);
  } catch (thrown) {
    if (thrown instanceof StrataError) throw thrown;
    throw damaged(path, wordsOf(thrown), { cause: thrown });
  }
}

function wordsOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : "it cannot be read";
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** @throws Error for sides that are none */
export function shapeOf(shape: TensorShapeProto | undefined): number[] {
  const sides = (shape?.dim ?? []).map(({ size }) => wholeOf(size));
  sizeOf(sides);
  return sides;
}

/** @throws Error for sides that are none, and for more values than a file could hold */
export function sizeOf(shape: readonly number[]): number {
  const size = shape.reduce((product, side) => product * side, 1);
  if (shape.some((side) => !Number.isInteger(side) || side < 0) || !Number.isSafeInteger(4 * size))
    throw new Error(`it states the shape ${JSON.stringify(shape).slice(0, 100)}`);
  return size;
}
