/**
 * TensorFlow's messages for a graph, written field by field. The numbers are those of tensorflow/core/framework/{graph,node_def,attr_value,
 * tensor,tensor_shape,versions}.proto and tensorflow/core/protobuf/{meta_graph,saved_model}.proto.
 */
import type { TypedArray } from "@tensorflow/tfjs-node-gpu";
import type { OpAttribute } from "../runtime.ts";
import { backend } from "../runtime.ts";
import {
  type Bytes,
  bytesField,
  bytesOfPiece,
  floatField,
  integerField,
  mapField,
  message,
  type Piece,
  piecesField,
  textField,
} from "./wire.ts";

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `node` or `node:output`; `^node` waits without taking a value. */
  readonly inputs: readonly string[];
  /** Messages of type AttrValue by name, as the functions below make them. */
  readonly attributes: Readonly<Record<string, Bytes>>;
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
  return message(...savedModelPieces(nodes, new Map(), signature).map(bytesOfPiece));
}

/** The same in pieces, with constants, by name, before the nodes that may take them. */
export function savedModelPieces(
  nodes: readonly GraphNode[],
  constants: ReadonlyMap<string, GraphConstant>,
  signature?: Signature,
): Piece[] {
  const graph = [
    ...[...constants].flatMap(([name, constant]) => piecesField(1, constantPieces(name, constant))),
    ...nodes.map((node) => bytesField(1, nodeBytes(node))),
    bytesField(4, integerField(1, producer)),
  ];
  const signatures = signature ? mapField(5, { serving_default: signatureBytes(signature) }) : message();
  const metaGraph = [bytesField(1, textField(4, "serve")), ...piecesField(2, graph), signatures];
  return [integerField(1, 1), ...piecesField(2, metaGraph)];
}

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
  const tensor = [integerField(1, dtype), bytesField(2, shapeBytes(shape)), ...piecesField(4, [content])];
  const value = piecesField(2, piecesField(8, tensor));
  return [
    textField(1, name),
    textField(2, "Const"),
    mapField(5, { dtype: typeValue(dtype) }),
    ...piecesField(5, [textField(1, "value"), ...value]),
  ];
}

function signatureBytes({ inputs, outputs }: Signature): Bytes {
  return message(
    mapField(1, tensorInfos(inputs)),
    mapField(2, tensorInfos(outputs)),
    textField(3, "tensorflow/serving/predict"),
  );
}

function tensorInfos(tensors: SignatureTensors): Record<string, Bytes> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { node, dtype, shape }]) => [
      name,
      message(textField(1, `${node}:0`), integerField(2, dtype), bytesField(3, shapeBytes(shape))),
    ]),
  );
}

function nodeBytes({ name, op, inputs, attributes }: GraphNode): Bytes {
  return message(
    textField(1, name),
    textField(2, op),
    ...inputs.map((input) => textField(3, input)),
    mapField(5, attributes),
  );
}

export function textValue(text: string): Bytes {
  return textField(2, text);
}
export function integerValue(value: number): Bytes {
  return integerField(3, value);
}
/** @param dtype TensorFlow's own number */
export function typeValue(dtype: number): Bytes {
  return integerField(6, dtype);
}
export function shapeValue(shape: readonly number[]): Bytes {
  return bytesField(7, shapeBytes(shape));
}
export function tensorValue(dtype: number, shape: readonly number[], values: TypedArray): Bytes {
  return bytesField(8, message(integerField(1, dtype), bytesField(2, shapeBytes(shape)), contentField(dtype, values)));
}

/** An attribute as tfjs-node hands it to the binding. */
export function attributeValue({ name, type, value }: OpAttribute): Bytes {
  const { binding } = backend;
  const one = fieldOfAttribute[type];
  if (type === binding.TF_ATTR_SHAPE && isNumbers(value)) return shapeValue(value);
  if (!one) throw new Error(`Attribute ${name} has the unknown type ${type}`);
  return Array.isArray(value) ? bytesField(1, message(...value.map(one))) : one(value);
}

const { binding } = backend;
/** A single value has the same field number in AttrValue as in its ListValue. */
const fieldOfAttribute: Readonly<Record<number, (value: unknown) => Bytes>> = {
  [binding.TF_ATTR_STRING]: (value) => textField(2, String(value)),
  [binding.TF_ATTR_INT]: (value) => integerField(3, Number(value)),
  [binding.TF_ATTR_FLOAT]: (value) => floatField(4, Number(value)),
  [binding.TF_ATTR_BOOL]: (value) => integerField(5, value ? 1 : 0),
  [binding.TF_ATTR_TYPE]: (value) => integerField(6, Number(value)),
};

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((element) => typeof element === "number");
}

function shapeBytes(shape: readonly number[]): Bytes {
  return message(...shape.map((size) => bytesField(2, integerField(1, size))));
}

/** Values that are all alike are written once: TensorFlow repeats the last one, and a gradient's ones would fill megabytes. */
function contentField(dtype: number, values: TypedArray): Bytes {
  const first = values[0];
  if (first === undefined || !values.every((value) => Object.is(value, first)))
    return bytesField(4, new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice());
  if (dtype === binding.TF_FLOAT) return floatField(5, first);
  return integerField(dtype === binding.TF_BOOL ? 11 : 7, first);
}
