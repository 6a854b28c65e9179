/**
 * The safetensors format, read and written. A file is eight bytes with the header's length (little-endian), the header, then the values:
 *
 *     { "name": { "dtype": "F32", "shape": [64, 3, 7, 7], "data_offsets": [begin, end] }, …, "__metadata__": { "key": "text" } }
 *
 * Offsets count from the header's end. Values are row-major and little-endian, and lie end to end in no particular order: no gap, no overlap,
 * nothing behind the last. Nothing in such a file is ever executed, and it is believed in nothing: what does not add up is refused.
 */
import { closeSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { StrataError } from "../contract/errors.ts";
import { atomically } from "./atomically.ts";
import { makeFolder } from "./make-folder.ts";
import { privateFileMode, privateFolderMode } from "./private.ts";
import { readExactly } from "./read-exactly.ts";
import { parseStrictJson } from "./strict-json.ts";
import { damagedWeights as damaged, openWeightsFile, refuseLargeWeight } from "./weights-file.ts";
import { writeAll } from "./write-all.ts";

/** Bytes of one value of every type that the format knows. */
const bytesOf = {
  ...{ F64: 8, F32: 4, F16: 2, BF16: 2, F8_E4M3: 1, F8_E5M2: 1, C64: 8 },
  ...{ I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1 },
} as const;
type Dtype = keyof typeof bytesOf;

/** Of the header. Real ones take some hundred bytes a tensor; the format itself allows 100 MB. */
const mostHeaderBytes = 4 * 2 ** 20;

export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, in the order of their bytes. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /**
   * The values of a tensor that is there, read from the file at this moment.
   * @throws StrataError `weights.damaged` where they are not floating-point numbers, or the file was cut since
   */
  read(name: string): Float32Array;
  close(): void;
}

export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  /** Asked for when its turn comes, so that not all need be in memory at once. */
  readonly values: () => Float32Array;
}

const noWeights = "it does not begin as a safetensors file does, or was cut short";

const headerEntry = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(16),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const metadataName = "__metadata__";
const metadataEntry = z.record(z.string(), z.string());

/** @throws StrataError `weights.not-found`, `file.not-regular`, `weights.pickle`, `weights.damaged` */
export function openSafetensors(path: string): SafetensorsFile {
  const { file, bytes: size } = openWeightsFile(path);
  try {
    const { metadata, places, dataBegin } = readHeader(file, size, path);
    return {
      metadata,
      tensors: places,
      read(name) {
        const place = places.get(name);
        if (!place) throw new Error(`${name} is not in ${path}`);
        const { dtype, begin, end } = place;
        const convert = floatsOf[dtype];
        if (!convert) throw damaged(path, `${name} is of type ${dtype}, which holds no weights`);
        refuseLargeWeight(name, end - begin, path);
        const bytes = readExactly(file, dataBegin + begin, end - begin);
        if (!bytes) throw damaged(path, "it became shorter while it was read");
        return convert(bytes);
      },
      close: () => closeSync(file),
    };
  } catch (thrown) {
    closeSync(file);
    throw thrown;
  }
}

/**
 * Writes float32 tensors, whole or not at all. Folders on the way are made.
 * @param readers `everybody` as far as the person's own settings let them, for files that are taken out of Strata
 * @throws the file system's own errors; nothing is left behind then
 */
export function writeSafetensors(
  path: string,
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
  readers: "everybody" | "person" = "everybody",
): void {
  const head = headerBytes(tensors, metadata);
  makeFolder(dirname(path), readers === "person" ? privateFolderMode : undefined);
  atomically(path, (beside) => {
    const file = openSync(beside, "wx", readers === "person" ? privateFileMode : undefined);
    try {
      writeAll(file, head);
      for (const { name, shape, values } of tensors) {
        const floats = values();
        if (floats.length !== sizeOf(shape)) throw new Error(`${name} has ${floats.length} values for ${shape}`);
        writeAll(file, new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength));
      }
    } finally {
      closeSync(file);
    }
  });
}

interface Place extends StoredTensor {
  readonly begin: number;
  readonly end: number;
}
interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  readonly places: ReadonlyMap<string, Place>;
  readonly dataBegin: number;
}

function readHeader(file: number, size: number, path: string): Header {
  // Any file of the person's may be named here, so that until it is known to be one of weights nothing that is in it is said, nor its size.
  const start = readExactly(file, 0, Math.min(8, size));
  if (!start || start.length < 8) throw damaged(path, noWeights);
  const length = new DataView(start.buffer).getBigUint64(0, true);
  if (length > mostHeaderBytes && isPickle(start)) throw new StrataError("weights.pickle", { path });
  if (length > BigInt(size - 8)) throw damaged(path, noWeights);
  if (length > mostHeaderBytes) {
    const isHeader = readExactly(file, 8, 1)?.[0] === 0x7b;
    throw damaged(path, isHeader ? `of a header ${mostHeaderBytes} bytes are read, and it has more` : noWeights);
  }
  const dataBegin = 8 + Number(length);
  const bytes = readExactly(file, 8, Number(length));
  if (!bytes) throw damaged(path, "it became shorter while it was read");
  const { metadata, places } = parseHeader(bytes, path);
  checkPlaces(places, size - dataBegin, path);
  return { metadata, places: new Map(places), dataBegin };
}

/** What torch.save writes: a zip archive since 2020, before that a pickle, which begins with its protocol. Read as a length, either is huge. */
function isPickle(start: Uint8Array): boolean {
  const isZip = start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4;
  return isZip || (start[0] === 0x80 && (start[1] ?? 0) >= 2 && (start[1] ?? 0) <= 5);
}

function parseHeader(bytes: Uint8Array, path: string): { metadata: Header["metadata"]; places: [string, Place][] } {
  const parsed = jsonIn(bytes, path);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw damaged(path, "its header is not an object");
  // A map: any text may be a tensor's name, `__proto__` too.
  const entries = new Map<string, unknown>(Object.entries(parsed));
  const metadata = metadataEntry.safeParse(entries.get(metadataName) ?? {});
  if (!metadata.success) throw damaged(path, "its metadata is not text by name");
  entries.delete(metadataName);
  const places = [...entries].map(([name, entry]): [string, Place] => [name, placeOf(name, entry, path)]);
  return { metadata: metadata.data, places: places.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end) };
}

function jsonIn(bytes: Uint8Array, path: string): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw damaged(path, "its header is not JSON");
  }
  try {
    return parseStrictJson(text, "its header");
  } catch (thrown) {
    throw damaged(path, (thrown as Error).message); // parseStrictJson throws nothing else
  }
}

function placeOf(name: string, entry: unknown, path: string): Place {
  const parsed = headerEntry.safeParse(entry);
  if (!parsed.success) throw damaged(path, `what it says of ${name} is not a type, a shape and two offsets`);
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  const [begin, end] = offsets;
  if (!isDtype(dtype)) throw damaged(path, `${name} is of the unknown type ${dtype.slice(0, 20)}`);
  if (sizeOf(shape) * bytesOf[dtype] !== end - begin)
    throw damaged(path, `${name} would have ${sizeOf(shape)} values of type ${dtype} in ${end - begin} bytes`);
  return { dtype, shape, begin, end };
}

/** In the order of their bytes: each begins where the one before ended, and the last ends the file. */
function checkPlaces(places: readonly (readonly [string, Place])[], dataBytes: number, path: string): void {
  let reached = 0;
  for (const [name, { begin, end }] of places) {
    if (end > dataBytes) throw damaged(path, `${name} would end at byte ${end} of ${dataBytes}`);
    if (begin < reached) throw damaged(path, `${name} lies over another`);
    if (begin > reached) throw damaged(path, `there is a gap before ${name}`);
    reached = end;
  }
  if (reached !== dataBytes) throw damaged(path, `${dataBytes - reached} bytes at its end belong to nothing`);
}

function isDtype(text: string): text is Dtype {
  return Object.hasOwn(bytesOf, text);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Of the types that weights come in. */
const floatsOf: Partial<Record<Dtype, (bytes: Uint8Array<ArrayBuffer>) => Float32Array>> = {
  F32: ({ buffer }) => new Float32Array(buffer),
  F64: ({ buffer }) => Float32Array.from(new Float64Array(buffer)),
  F16: ({ buffer }) => Float32Array.from(new Uint16Array(buffer), halfToFloat),
  // The upper half of a float32.
  BF16: ({ buffer }) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer),
};

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The header is filled up with spaces, so that the values begin at a multiple of eight bytes. */
function headerBytes(tensors: readonly TensorToWrite[], metadata: Readonly<Record<string, string>>): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, shape }) => {
    const begin = end;
    end += 4 * sizeOf(shape);
    return [name, { dtype: "F32", shape, data_offsets: [begin, end] }] as const;
  });
  const text = JSON.stringify(Object.fromEntries([[metadataName, metadata], ...entries]));
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(bytes.length - 8), true);
  bytes.set(json, 8);
  return bytes;
}
