/** A node of the graph as ONNX's message for it. */
import { create } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type NodeProto,
  NodeProtoSchema,
} from "./generated/onnx_pb.js";
import type { OnnxAttribute, OnnxNode } from "./onnx-graph.ts";

export function nodeOf({ name, op, inputs, output, attributes }: OnnxNode): NodeProto {
  return create(NodeProtoSchema, {
    ...{ name, opType: op, input: [...inputs], output: [output] },
    attribute: Object.entries(attributes).map(([key, value]) => attributeOf(key, value)),
  });
}

function attributeOf(name: string, value: OnnxAttribute): AttributeProto {
  const { INT, INTS, FLOAT } = AttributeProto_AttributeType;
  if ("int" in value) return create(AttributeProtoSchema, { name, type: INT, i: BigInt(value.int) });
  // As it is in the file, so that one that is read back is equal.
  if ("float" in value) return create(AttributeProtoSchema, { name, type: FLOAT, f: Math.fround(value.float) });
  return create(AttributeProtoSchema, { name, type: INTS, ints: value.ints.map(BigInt) });
}
