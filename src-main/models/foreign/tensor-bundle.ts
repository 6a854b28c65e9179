/**
 * TensorFlow's checkpoint, the variables of a SavedModel: `variables.index`, a sorted table from a variable's key to where its bytes are, and
 * `variables.data-00000-of-00001` and so on with the bytes.
 */
import { maskedCrc32c } from "../../platform/crc32c.ts";
import { readExactly } from "../../platform/read-exactly.ts";
import { damagedWeights as damaged, refuseLargeWeight, withWeightsFile } from "../../platform/weights-file.ts";
import {
  type BundleEntryProto,
  BundleEntryProtoSchema,
  BundleHeaderProto_Endianness,
  BundleHeaderProtoSchema,
  DataType,
  TrackableObjectGraphSchema,
} from "../../tensorflow/protobuf/generated/tensorflow_pb.js";
import { type Bytes, readMessage, wholeOf } from "../../tensorflow/protobuf/read-message.ts";
import { type ForeignModel, reading, readSmall, shapeOf, sizeOf } from "./foreign-model.ts";
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
    const { numShards: shards, endianness } = readMessage(BundleHeaderProtoSchema, entries.get("") ?? new Uint8Array());
    if (shards < 1 || shards > 99_999) throw new Error(`it says that its values are in ${shards} files`);
    if (endianness !== BundleHeaderProto_Endianness.LITTLE)
      throw new Error("its numbers have their bytes the other way round");
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
    const entry = readMessage(BundleEntryProtoSchema, entries.get(key)!);
    const isWhole = entry.slices.length === 0;
    if (entry.dtype !== DataType.DT_FLOAT || !isWhole || isSlot(key)) continue;
    const name = names.get(key) ?? key.replace(/\/\.ATTRIBUTES\/VARIABLE_VALUE$/, "");
    if (places.has(name)) continue; // one variable, reached by two ways
    const place = placeOf(entry, shards, key);
    if (place.bytes !== 4 * sizeOf(place.shape))
      throw new Error(`${key} would have ${sizeOf(place.shape)} values in ${place.bytes} bytes`);
    places.set(name, place);
  }
  return places;
}

function placeOf(entry: BundleEntryProto, shards: number, key: string): Place {
  const { shardId: shard, shape, crc32c: checksum } = entry;
  if (shard < 0 || shard >= shards) throw new Error(`${key} is said to be in file ${shard} of ${shards}`);
  const [offset, bytes] = [wholeOf(entry.offset), wholeOf(entry.size)];
  if (offset < 0 || bytes < 0) throw new Error(`${key} is said to be ${bytes} bytes at ${offset}`);
  return { shape: shapeOf(shape), shard, offset, bytes, checksum };
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
  const said = readMessage(BundleEntryProtoSchema, entry);
  const place = placeOf(said, shards, graphKey);
  if (said.dtype !== DataType.DT_STRING || place.bytes > mostGraphBytes)
    throw new Error("its graph of objects is no text");
  const bytes = unchecked(prefix, shards, place, graphKey);
  let begin = 0;
  while (begin < bytes.length && bytes[begin]! >= 0x80) begin++;
  const { nodes } = readMessage(TrackableObjectGraphSchema, bytes.subarray(begin + 1 + 4));
  const attributes = nodes.flatMap((node) => node.attributes);
  return new Map(
    attributes.flatMap(({ fullName, checkpointKey }) => (fullName === "" ? [] : [[checkpointKey, fullName]])),
  );
}
