/**
 * TensorFlow.js's graph model: `model.json` with the graph and a list of weights, whose values lie end to end in files of 4 MiB at most.
 * `tf.loadGraphModel` reads it; its input, `pictures`, takes whole numbers 0…255.
 */
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toJson } from "@bufbuild/protobuf";
import { writeAll } from "../../platform/write-all.ts";
import type { FrozenGraph } from "../../tensorflow/compiled/frozen-graph.ts";
import { type GraphConstant, type GraphNode, producer } from "../../tensorflow/compiled/graph-def.ts";
import { AttrValueSchema, DataType } from "../../tensorflow/protobuf/generated/tensorflow_pb.js";
import { backend } from "../../tensorflow/runtime.ts";

const shardBytes = 4 * 2 ** 20;

export function writeTfjsModel(graph: FrozenGraph, folder: string): void {
  const constants = [...graph.constants];
  const paths = writeShards(
    folder,
    constants.map(([, constant]) => constant),
  );
  const weights = constants.map(([name, { dtype, shape }]) => ({
    name,
    shape,
    dtype: dtype === DataType.DT_FLOAT ? "float32" : "int32",
  }));
  const { TF_UINT8: uint8, TF_FLOAT: float32 } = backend.binding;
  const outputs = Object.entries(graph.outputs).map(([name, node]) => [name, tensorInfo(node, float32, [-1, -1])]);
  const model = {
    format: "graph-model",
    generatedBy: "Strata",
    convertedBy: null,
    signature: {
      inputs: { pictures: tensorInfo(graph.input, uint8, [-1, ...graph.exampleShape]) },
      outputs: Object.fromEntries(outputs),
    },
    modelTopology: {
      node: [...constants.map(constantJson), ...graph.nodes.map(nodeJson)],
      library: {},
      versions: { producer },
    },
    weightsManifest: [{ paths, weights }],
  };
  writeFileSync(join(folder, "model.json"), JSON.stringify(model));
}

function tensorInfo(node: string, dtype: number, shape: readonly number[]) {
  return {
    name: `${node}:0`,
    dtype: DataType[dtype],
    tensorShape: { dim: shape.map((size) => ({ size: String(size) })) },
  };
}

function constantJson([name, { dtype }]: readonly [string, GraphConstant]) {
  return { name, op: "Const", input: [], attr: { dtype: { type: DataType[dtype] } } };
}

function nodeJson({ name, op, inputs, attributes }: GraphNode) {
  const attr = Object.entries(attributes).map(([key, value]) => [key, toJson(AttrValueSchema, value)]);
  return { name, op, input: inputs, attr: Object.fromEntries(attr) };
}

/** Writes values end to end into files of one length, the last one shorter. @returns their names */
function writeShards(folder: string, constants: readonly GraphConstant[]): string[] {
  const bytes = constants.reduce((sum, { shape }) => sum + 4 * shape.reduce((product, side) => product * side, 1), 0);
  const count = Math.ceil(bytes / shardBytes);
  const paths = Array.from({ length: count }, (_, index) => `group1-shard${index + 1}of${count}.bin`);
  let done = 0;
  let file = -1;
  try {
    for (const { values } of constants) {
      const { buffer, byteOffset, byteLength } = values();
      for (let begin = 0; begin < byteLength; ) {
        const room = shardBytes - (done % shardBytes);
        if (room === shardBytes) {
          if (file >= 0) closeSync(file);
          file = openSync(join(folder, paths[done / shardBytes]!), "wx");
        }
        const length = Math.min(room, byteLength - begin);
        writeAll(file, new Uint8Array(buffer, byteOffset + begin, length));
        begin += length;
        done += length;
      }
    }
  } finally {
    if (file >= 0) closeSync(file);
  }
  return paths;
}
