/** TensorFlow's messages for a graph: nodes with their attributes, and the SavedModel that a graph is written as. */
import { create, toBinary } from "@bufbuild/protobuf";
import type { TypedArray } from "@tensorflow/tfjs-node-gpu";
import {
  type AttrValue,
  type AttrValue_ListValue,
  AttrValue_ListValueSchema,
  AttrValueSchema,
  GraphDefSchema,
  MetaGraphDef_MetaInfoDefSchema,
  MetaGraphDefSchema,
  NodeDefSchema,
  SavedModelSchema,
  type SignatureDef,
  SignatureDefSchema,
  type TensorInfo,
  TensorInfoSchema,
  TensorProtoSchema,
  type TensorShapeProto,
  TensorShapeProtoSchema,
  VersionDefSchema,
} from "../protobuf/generated/tensorflow_pb.js";
import type { Bytes } from "../protobuf/read-message.ts";
import { bytesOfPiece, fieldPieces, type Piece } from "../protobuf/streamed-message.ts";
import type { OpAttribute } from "../runtime.ts";
import { backend } from "../runtime.ts";

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `node` or `node:output`; `^node` waits without taking a value. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttrValue>>;
}

/** Version of the graph format that these nodes are written for: that of TensorFlow 2.9, where tfjs-node's op attributes come from. */
export const producer = 1087;

/** Inputs or outputs of a graph by the names that its users have for them. */
export type SignatureTensors = Readonly<
  Record<string, { readonly node: string; readonly dtype: number; readonly shape: readonly number[] }>
>;
export interface Signature {
  readonly inputs: SignatureTensors;
  readonly outputs: SignatureTensors;
}

/** A constant whose values are asked for when they are written. */
export interface GraphConstant {
  /** float32 or int32: four bytes a value. */
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: () => Float32Array | Int32Array;
}

/**
 * The content of `saved_model.pb`: one graph under the tag `serve`, with no variables beside it.
 * @param signature what it takes and gives, under the name `serving_default`
 */
export function savedModelBytes(nodes: readonly GraphNode[], signature?: Signature): Bytes {
  return Buffer.concat(savedModelPieces(nodes, new Map(), signature).map(bytesOfPiece));
}

/** The same in pieces, with constants, by name, before the nodes that may take them. */
export function savedModelPieces(
  nodes: readonly GraphNode[],
  constants: ReadonlyMap<string, GraphConstant>,
  signature?: Signature,
): Piece[] {
  const { node: nodeField } = GraphDefSchema.field;
  const rest = create(GraphDefSchema, { versions: create(VersionDefSchema, { producer }) });
  const graph = [
    ...[...constants].flatMap(([name, constant]) => fieldPieces(nodeField, constantPieces(name, constant))),
    ...nodes.flatMap((node) => fieldPieces(nodeField, [nodeBytes(node)])),
    toBinary(GraphDefSchema, rest),
  ];
  const metaGraph = create(MetaGraphDefSchema, {
    metaInfoDef: create(MetaGraphDef_MetaInfoDefSchema, { tags: ["serve"] }),
    signatureDef: signature ? { serving_default: signatureDef(signature) } : {},
  });
  const model = create(SavedModelSchema, { savedModelSchemaVersion: 1n });
  // Fields of a message may stand in any order.
  return [
    toBinary(SavedModelSchema, model),
    ...fieldPieces(SavedModelSchema.field.metaGraphs, [
      toBinary(MetaGraphDefSchema, metaGraph),
      ...fieldPieces(MetaGraphDefSchema.field.graphDef, graph),
    ]),
  ];
}

/** Numbers of a map's entry, which are the same in every map. */
const mapEntry = { key: { number: 1 }, value: { number: 2 } };

/** The node without its values, and the values as one more entry of its attributes. */
function constantPieces(name: string, { dtype, shape, values }: GraphConstant): Piece[] {
  const length = 4 * shape.reduce((product, side) => product * side, 1);
  const content: Piece = {
    length,
    make() {
      const { buffer, byteOffset, byteLength } = values();
      // Values here come from files and from TensorFlow, never from memory that threads share.
      return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    },
  };
  const tensor = create(TensorProtoSchema, { dtype, tensorShape: shapeProto(shape) });
  const tensorPieces = [
    toBinary(TensorProtoSchema, tensor),
    ...fieldPieces(TensorProtoSchema.field.tensorContent, [content]),
  ];
  const value = fieldPieces(AttrValueSchema.field.tensor, tensorPieces);
  return [
    nodeBytes({ name, op: "Const", inputs: [], attributes: { dtype: typeValue(dtype) } }),
    ...fieldPieces(NodeDefSchema.field.attr, [
      ...fieldPieces(mapEntry.key, [utf8("value")]),
      ...fieldPieces(mapEntry.value, value),
    ]),
  ];
}

function nodeBytes({ name, op, inputs, attributes }: GraphNode): Bytes {
  return toBinary(NodeDefSchema, create(NodeDefSchema, { name, op, input: [...inputs], attr: attributes }));
}

function signatureDef({ inputs, outputs }: Signature): SignatureDef {
  return create(SignatureDefSchema, {
    inputs: tensorInfos(inputs),
    outputs: tensorInfos(outputs),
    methodName: "tensorflow/serving/predict",
  });
}

function tensorInfos(tensors: SignatureTensors): Record<string, TensorInfo> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { node, dtype, shape }]) => [
      name,
      create(TensorInfoSchema, {
        encoding: { case: "name", value: `${node}:0` },
        dtype,
        tensorShape: shapeProto(shape),
      }),
    ]),
  );
}

/** An attribute of any kind. */
function attribute(value: AttrValue["value"]): AttrValue {
  return create(AttrValueSchema, { value });
}

export function textValue(text: string): AttrValue {
  return attribute({ case: "s", value: utf8(text) });
}
export function integerValue(value: number): AttrValue {
  return attribute({ case: "i", value: BigInt(value) });
}
/** @param dtype TensorFlow's own number */
export function typeValue(dtype: number): AttrValue {
  return attribute({ case: "type", value: dtype });
}
export function shapeValue(shape: readonly number[]): AttrValue {
  return attribute({ case: "shape", value: shapeProto(shape) });
}
/** Values that are all alike are written once: TensorFlow repeats the last one, and a gradient's ones would fill megabytes. */
export function tensorValue(dtype: number, shape: readonly number[], values: TypedArray): AttrValue {
  const tensor = create(TensorProtoSchema, { dtype, tensorShape: shapeProto(shape) });
  const first = values[0];
  if (first === undefined || !values.every((value) => Object.is(value, first)))
    tensor.tensorContent = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  else if (dtype === binding.TF_FLOAT) tensor.floatVal = [first];
  else if (dtype === binding.TF_BOOL) tensor.boolVal = [first !== 0];
  else tensor.intVal = [first];
  return attribute({ case: "tensor", value: tensor });
}

/** An attribute as tfjs-node hands it to the binding. */
export function attributeValue({ name, type, value }: OpAttribute): AttrValue {
  if (type === binding.TF_ATTR_SHAPE && isNumbers(value)) return shapeValue(value);
  const kind = kindOfAttribute[type];
  if (!kind) throw new Error(`Attribute ${name} has the unknown type ${type}`);
  return attribute(Array.isArray(value) ? { case: "list", value: kind.list(value) } : kind.one(value));
}

const { binding } = backend;

interface AttributeKind {
  one(value: unknown): AttrValue["value"];
  list(values: readonly unknown[]): AttrValue_ListValue;
}
const kindOfAttribute: Readonly<Record<number, AttributeKind>> = {
  [binding.TF_ATTR_STRING]: kindOf("s", (value) => utf8(String(value))),
  [binding.TF_ATTR_INT]: kindOf("i", (value) => BigInt(Number(value))),
  [binding.TF_ATTR_FLOAT]: kindOf("f", Number),
  [binding.TF_ATTR_BOOL]: kindOf("b", Boolean),
  [binding.TF_ATTR_TYPE]: kindOf("type", Number),
};

/** A single value has the same name in AttrValue as in its ListValue. */
function kindOf<K extends "s" | "i" | "f" | "b" | "type">(
  name: K,
  convert: (value: unknown) => AttrValue_ListValue[K][number],
): AttributeKind {
  return {
    // Name and value fit by the signature above, which a union of all kinds cannot say.
    one: (value) => ({ case: name, value: convert(value) }) as AttrValue["value"],
    list: (values) => create(AttrValue_ListValueSchema, { [name]: values.map(convert) }),
  };
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((element) => typeof element === "number");
}

function shapeProto(shape: readonly number[]): TensorShapeProto {
  return create(TensorShapeProtoSchema, { dim: shape.map((size) => ({ size: BigInt(size) })) });
}

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}
