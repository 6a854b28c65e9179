/**
 * An ONNX file that Strata wrote, read back. The file is gone through field by field where it lies, and of its tensors only the places are kept: a model may have two
 * gigabytes. It may be anybody's, so that lengths and numbers are bounded, and what does not add up is refused.
 */
import { closeSync } from "node:fs";
import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { StrataError } from "../../../contract/errors.ts";
import { readExactly } from "../../../platform/read-exactly.ts";
import { damagedWeights as damaged, openWeightsFile, refuseLargeWeight } from "../../../platform/weights-file.ts";
import { readMessage, withValueLimit } from "../../../tensorflow/protobuf/read-message.ts";
import {
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
} from "./generated/onnx_pb.js";

export interface OnnxTensor {
  readonly shape: readonly number[];
  /** Of its values, in the file. */
  readonly begin: number;
  readonly bytes: number;
}

export interface OnnxFile {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order in which they are computed. */
  readonly nodes: readonly NodeProto[];
  /** Float32 tensors whose values are in the file, by name. */
  readonly tensors: ReadonlyMap<string, OnnxTensor>;
  /** The values of a tensor that is there. @throws StrataError `weights.damaged` where the file was cut since */
  read(name: string): Float32Array;
  close(): void;
}

/** Of the whole model: a network here has some hundred nodes and tensors, of ten fields each. */
const mostFields = 100_000;
/** Of all that is read but values: the largest network's nodes take 100 kB. */
const mostReadBytes = 16 * 2 ** 20;
const noModel = "it does not begin as an ONNX model does, or was cut short";

/** @throws StrataError `weights.not-found`, `file.not-regular`, `weights.damaged`; `weights.onnx` for a model that says nothing of Strata */
export function openOnnx(path: string): OnnxFile {
  const { file, bytes } = openWeightsFile(path);
  try {
    const { metadata, nodes, tensors } = withValueLimit(mostFields, () => modelIn(file, bytes, path));
    return {
      ...{ metadata, nodes, tensors, close: () => closeSync(file) },
      read(name) {
        const place = tensors.get(name);
        if (!place) throw new Error(`${name} is not in ${path}`);
        refuseLargeWeight(name, place.bytes, path);
        const found = readExactly(file, place.begin, place.bytes);
        if (!found) throw damaged(path, "it became shorter while it was read");
        return new Float32Array(found.buffer);
      },
    };
  } catch (thrown) {
    closeSync(file);
    if (thrown instanceof StrataError) throw thrown;
    // Any file of the person's may be named here, so that nothing that is in it is said.
    throw damaged(path, noModel, { cause: thrown });
  }
}

function modelIn(file: number, bytes: number, path: string): Pick<OnnxFile, "metadata" | "nodes" | "tensors"> {
  const fields = fieldReader(file);
  const model = fields.within({ begin: 0, end: bytes });
  const metadata = new Map(
    fields.messages(StringStringEntryProtoSchema, model, ModelProtoSchema.field.metadataProps.number).map((one) => {
      return [one.key, one.value] as const;
    }),
  );
  const graphs = model.filter(({ number }) => number === ModelProtoSchema.field.graph.number);
  const [graph] = graphs;
  if (graph === undefined || graphs.length > 1) throw new Error("it has no graph, or several");
  if (!metadata.has("strata")) throw new StrataError("weights.onnx", { path });
  const inside = fields.within(graph);
  const { node, initializer } = GraphProtoSchema.field;
  const tensors = new Map<string, OnnxTensor>();
  for (const place of inside.filter(({ number }) => number === initializer.number)) {
    const { name, ...tensor } = fields.tensor(place, path);
    if (tensors.has(name)) throw damaged(path, `it has ${name} twice`);
    tensors.set(name, tensor);
  }
  return {
    metadata: Object.fromEntries(metadata),
    nodes: fields.messages(NodeProtoSchema, inside, node.number),
    tensors,
  };
}

interface Place {
  readonly begin: number;
  readonly end: number;
}
interface Field extends Place {
  readonly number: number;
  /** Where its number stands. */
  readonly start: number;
}

/** A field's number and its length, as long as they can be. */
const mostHeadBytes = 20;
/** Heads stand close together but for values: so many bytes are read for them at once. */
const pieceBytes = 4_096;

function fieldReader(file: number) {
  let [fieldsLeft, bytesLeft] = [mostFields, mostReadBytes];
  const bytesAt = (begin: number, end: number): Uint8Array<ArrayBuffer> => {
    bytesLeft -= end - begin;
    if (bytesLeft < 0) throw new Error("it has more than any model beside its values");
    const found = readExactly(file, begin, end - begin);
    if (!found) throw new Error("it became shorter while it was read");
    return found;
  };
  let piece = { begin: 0, bytes: new Uint8Array() };
  const headAt = (start: number, end: number): Uint8Array<ArrayBuffer> => {
    const last = Math.min(end, start + mostHeadBytes);
    if (start < piece.begin || last > piece.begin + piece.bytes.length)
      piece = { begin: start, bytes: bytesAt(start, Math.min(end, start + pieceBytes)) };
    return piece.bytes.subarray(start - piece.begin, last - piece.begin);
  };
  /** The fields of a message, none of them read. */
  const within = ({ begin, end }: Place): Field[] => {
    const found: Field[] = [];
    for (let start = begin; start < end; ) {
      if (--fieldsLeft < 0) throw new Error("it has more fields than any model");
      const reader = new BinaryReader(headAt(start, end));
      const [number, wireType] = reader.tag();
      const length = lengthOf(reader, wireType, number);
      const field = { number, start, begin: start + reader.pos, end: start + reader.pos + length };
      if (field.end > end) throw new Error("a field ends behind what it is in");
      found.push(field);
      start = field.end;
    }
    return found;
  };
  const messages = <D extends DescMessage>(schema: D, fields: readonly Field[], wanted: number): MessageShape<D>[] =>
    fields.filter(({ number }) => number === wanted).map(({ begin, end }) => readMessage(schema, bytesAt(begin, end)));
  const tensor = (place: Place, path: string): OnnxTensor & { readonly name: string } => {
    const fields = within(place);
    const { rawData } = TensorProtoSchema.field;
    const values = fields.filter(({ number }) => number === rawData.number);
    const others = fields.filter(({ number }) => number !== rawData.number);
    const head = Buffer.concat(others.map(({ start, end }) => bytesAt(start, end)));
    const { name, dims, dataType } = readMessage(TensorProtoSchema, Uint8Array.from(head));
    const [value] = values;
    if (dataType !== TensorProto_DataType.FLOAT || value === undefined || values.length > 1)
      throw damaged(path, `${name} has other values than Strata writes`);
    // Sides that are none fit no weight's shape.
    return { name, shape: dims.map(Number), begin: value.begin, bytes: value.end - value.begin };
  };
  return { within, messages, tensor };
}

/** Of what stands behind a field's number, in bytes. */
function lengthOf(reader: BinaryReader, wireType: WireType, number: number): number {
  if (wireType === WireType.LengthDelimited) return reader.uint32();
  if (wireType === WireType.StartGroup || wireType === WireType.EndGroup) throw new Error("it has a group");
  reader.skip(wireType, number);
  return 0;
}
