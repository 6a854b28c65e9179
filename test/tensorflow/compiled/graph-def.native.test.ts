import { createRequire } from "node:module";
import { expect, test } from "vitest";
import {
  attributeValue,
  type GraphNode,
  savedModelBytes,
  shapeValue,
  tensorValue,
} from "../../../src-main/tensorflow/compiled/graph-def.ts";
import { boolAttribute, floatAttribute, stringAttribute } from "../../../src-main/tensorflow/op-attributes.ts";
import type { AttrValue } from "../../../src-main/tensorflow/protobuf/generated/tensorflow_pb.js";
import type { Bytes } from "../../../src-main/tensorflow/protobuf/read-message.ts";
import { backend } from "../../../src-main/tensorflow/runtime.ts";

const { binding } = backend;

/** The reader that tfjs-node generated from TensorFlow's own message definitions. */
const { SavedModel } = createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu/dist/proto/api_pb") as {
  SavedModel: { deserializeBinary(bytes: Bytes): { toObject(): unknown } };
};

function readBack(attributes: Readonly<Record<string, AttrValue>>): unknown {
  const node: GraphNode = { name: "a/b", op: "Op", inputs: ["x:1", "^y"], attributes };
  return SavedModel.deserializeBinary(savedModelBytes([node])).toObject();
}

/** By name, what is set of each attribute. */
function attributesOf(model: unknown): Record<string, unknown> {
  const entries = (model as ReadModel).metaGraphsList[0]!.graphDef.nodeList[0]!.attrMap;
  return Object.fromEntries(entries);
}
interface ReadModel {
  metaGraphsList: { graphDef: { nodeList: { attrMap: [string, unknown][] }[] } }[];
}

test("a node is read back with its name, op and inputs, in a graph tagged to be served", () => {
  expect(readBack({})).toMatchObject({
    savedModelSchemaVersion: 1,
    metaGraphsList: [
      {
        metaInfoDef: { tagsList: ["serve"] },
        graphDef: {
          nodeList: [{ name: "a/b", op: "Op", inputList: ["x:1", "^y"] }],
          versions: { producer: 1087 },
        },
      },
    ],
  });
});

test("attributes of every kind that tfjs-node hands over are read back", () => {
  const ints = (value: unknown) => attributeValue({ name: "", type: binding.TF_ATTR_INT, value });
  const found = attributesOf(
    readBack({
      one: ints(-3),
      list: ints([1, 2, 2, 1]),
      float: attributeValue(floatAttribute("", 0.5)),
      flag: attributeValue(boolAttribute("", true)),
      text: attributeValue(stringAttribute("", "NHWC")),
      type: attributeValue({ name: "", type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 }),
      shape: attributeValue({ name: "", type: binding.TF_ATTR_SHAPE, value: [2, -1] }),
    }),
  );
  expect(found).toMatchObject({
    one: { i: -3 },
    list: { list: { iList: [1, 2, 2, 1] } },
    float: { f: 0.5 },
    flag: { b: true },
    text: { s: Buffer.from("NHWC").toString("base64") },
    type: { type: 3 },
    shape: { shape: { dimList: [{ size: 2 }, { size: -1 }] } },
  });
});

test("a tensor is written value by value, and once where all its values are alike", () => {
  const found = attributesOf(
    readBack({
      values: tensorValue(binding.TF_INT32, [2], Int32Array.of(1, -1)),
      ones: tensorValue(binding.TF_FLOAT, [100, 100], new Float32Array(10_000).fill(1)),
      scalar: shapeValue([]),
    }),
  );
  expect(found).toMatchObject({
    values: { tensor: { dtype: 3, tensorContent: Buffer.from([1, 0, 0, 0, 255, 255, 255, 255]).toString("base64") } },
    ones: { tensor: { dtype: 1, tensorContent: "", floatValList: [1] } },
    scalar: { shape: { dimList: [] } },
  });
});
