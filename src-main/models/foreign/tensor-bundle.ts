/**
 * TensorFlow's checkpoint, the variables of a SavedModel: `variables.index`, a sorted table from a variable's key to where its bytes are, and
 * `variables.data-00000-of-00001` and so on with the bytes. Field numbers are those of tensor_bundle.proto and trackable_object_graph.proto.
 */
import { maskedCrc32c } from "../../platform/crc32c.ts";
import { readExactly } from "../../platform/read-exactly.ts";
import { damagedWeights as damaged, refuseLargeWeight, withWeightsFile } from "../../platform/weights-file.ts";
import {
  bytesIn,
  messagesIn,
  type ReadField,
  readFields,
  textIn,
  wholeIn,
} from "../../tensorflow/compiled/read-wire.ts";
import type { Bytes } from "../../tensorflow/compiled/wire.ts";
import { type ForeignModel, reading, readSmall, sizeOf } from "./foreign-model.ts";
import { readSortedTable } from "./sorted-table.ts";

interface Place {
  readonly shape: readonly number[];
  readonly shard: number;
  readonly offset: number;
  readonly bytes: number;
  readonly checksum: number;
}

/** A variable takes some hundred bytes in it. */
const mostIndexBytes = 16 * 2 ** 20;
const mostGraphBytes = 64 * 2 ** 20;
const [float32, text] = [1, 7];
const graphKey = "_CHECKPOINTABLE_OBJECT_GRAPH";
/** Momentum and the like: no weights. */
const isSlot = (key: string) => /(^|\/)(optimizer|\.OPTIMIZER_SLOT)(\/|$)/.test(key);

/**
 * @param prefix path without `.index`
 * @throws StrataError `weights.not-found`, `file.not-regular`, `weights.damaged`
 */
export function openTensorBundle(prefix: string): Pick<ForeignModel, "tensors" | "read" | "close"> {
  const path = `${prefix}.index`;
  const { places, shards } = reading(path, () => {
    const entries = readSortedTable(readSmall(path, mostIndexBytes));
    const header = readFields(entries.get("") ?? new Uint8Array());
    const shards = wholeIn(header, 1);
    if (shards < 1 || shards > 99_999) throw new Error(`it says that its values are in ${shards} files`);
    if (wholeIn(header, 2) !== 0) throw new Error("its numbers have their bytes the other way round");
    entries.delete("");
    return { shards, places: placesOf(entries, prefix, shards) };
  });
  return {
    tensors: places,
    read(name) {
      const place = places.get(name);
      if (!place) throw new Error(`${name} is not in ${path}`);
      return new Float32Array(reading(path, () => bytesAt(prefix, shards, place, name)).buffer);
    },
    close() {},
  };
}

/** By the names that the variables had in the program that wrote them, where it says; else by their keys. */
function placesOf(entries: ReadonlyMap<string, Bytes>, prefix: string, shards: number): Map<string, Place> {
  const graph = entries.get(graphKey);
  const names = graph === undefined ? new Map<string, string>() : namesIn(graph, prefix, shards);
  const places = new Map<string, Place>();
  const keys = [...entries.keys()].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  for (const key of keys) {
    const fields = readFields(entries.get(key)!);
    const isWhole = !fields.some(({ field }) => field === 7);
    if (wholeIn(fields, 1) !== float32 || !isWhole || isSlot(key)) continue;
    const name = names.get(key) ?? key.replace(/\/\.ATTRIBUTES\/VARIABLE_VALUE$/, "");
    if (places.has(name)) continue; // one variable, reached by two ways
    const place = placeOf(fields, shards, key);
    if (place.bytes !== 4 * sizeOf(place.shape))
      throw new Error(`${key} would have ${sizeOf(place.shape)} values in ${place.bytes} bytes`);
    places.set(name, place);
  }
  return places;
}

function placeOf(fields: readonly ReadField[], shards: number, key: string): Place {
  const shard = wholeIn(fields, 3);
  if (shard < 0 || shard >= shards) throw new Error(`${key} is said to be in file ${shard} of ${shards}`);
  const shape = messagesIn(readFields(bytesIn(fields, 2)), 2).map((side) => wholeIn(side, 1));
  const [offset, bytes] = [wholeIn(fields, 4), wholeIn(fields, 5)];
  if (offset < 0 || bytes < 0) throw new Error(`${key} is said to be ${bytes} bytes at ${offset}`);
  return { shape, shard, offset, bytes, checksum: fields.find(({ field }) => field === 6)?.bits ?? 0 };
}

function bytesAt(prefix: string, shards: number, place: Place, key: string): Uint8Array<ArrayBuffer> {
  const bytes = unchecked(prefix, shards, place, key);
  if (maskedCrc32c(bytes) !== place.checksum) throw new Error(`${key} does not have the checksum that is stated`);
  return bytes;
}

function unchecked(prefix: string, shards: number, { shard, offset, bytes }: Place, key: string) {
  const five = (value: number) => String(value).padStart(5, "0");
  const path = `${prefix}.data-${five(shard)}-of-${five(shards)}`;
  refuseLargeWeight(key, bytes, path);
  const found = withWeightsFile(path, (file, there) => {
    if (there < offset + bytes) throw damaged(path, `it ends before ${key} does`);
    return readExactly(file, offset, bytes);
  });
  if (!found) throw damaged(path, `it became shorter while ${key} was read`);
  return found;
}

/** A text's bytes are its length as a varint, that length's checksum, and the text, which here is the graph of what was saved. */
function namesIn(entry: Bytes, prefix: string, shards: number): Map<string, string> {
  const fields = readFields(entry);
  const place = placeOf(fields, shards, graphKey);
  if (wholeIn(fields, 1) !== text || place.bytes > mostGraphBytes) throw new Error("its graph of objects is no text");
  const bytes = unchecked(prefix, shards, place, graphKey);
  let begin = 0;
  while (begin < bytes.length && bytes[begin]! >= 0x80) begin++;
  const graph = readFields(bytes.subarray(begin + 1 + 4));
  const names = new Map<string, string>();
  for (const node of messagesIn(graph, 1))
    for (const attribute of messagesIn(node, 2)) {
      const name = textIn(attribute, 2);
      if (name !== "") names.set(textIn(attribute, 3), name);
    }
  return names;
}
