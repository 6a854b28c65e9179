/**
 * TensorFlow.js's graph model: `model.json` with the graph and a list of weights, whose values lie end to end in files of 4 MiB at most.
 * `tf.loadGraphModel` reads it; its input, `pictures`, takes whole numbers 0…255.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FrozenGraph } from "../../tensorflow/compiled/frozen-graph.ts";
import { type GraphNode, producer } from "../../tensorflow/compiled/graph-def.ts";
import { attributeJson, type ReadTensor, typeName } from "../../tensorflow/compiled/read-graph-def.ts";
import { backend } from "../../tensorflow/runtime.ts";

const shardBytes = 4 * 2 ** 20;

export function writeTfjsModel(graph: FrozenGraph, folder: string): void {
  const constants = [...graph.constants];
  const shards = shardsOf(constants.map(([, { values }]) => values));
  const paths = shards.map((_, index) => `group1-shard${index + 1}of${shards.length}.bin`);
  shards.forEach((shard, index) => {
    writeFileSync(join(folder, paths[index]!), shard);
  });
  const weights = constants.map(([name, { dtype, shape }]) => ({
    name,
    shape,
    dtype: typeName(dtype) === "DT_FLOAT" ? "float32" : "int32",
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
    dtype: typeName(dtype),
    tensorShape: { dim: shape.map((size) => ({ size: String(size) })) },
  };
}

function constantJson([name, { dtype }]: readonly [string, ReadTensor]) {
  return { name, op: "Const", input: [], attr: { dtype: { type: typeName(dtype) } } };
}

function nodeJson({ name, op, inputs, attributes }: GraphNode) {
  const attr = Object.entries(attributes).map(([key, value]) => [key, attributeJson(value)]);
  return { name, op, input: inputs, attr: Object.fromEntries(attr) };
}

function shardsOf(values: readonly (Float32Array | Int32Array)[]): Uint8Array[] {
  const total = values.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const all = new Uint8Array(total);
  let end = 0;
  for (const { buffer, byteOffset, byteLength } of values) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), end);
    end += byteLength;
  }
  return Array.from({ length: Math.ceil(total / shardBytes) }, (_, i) =>
    all.subarray(i * shardBytes, (i + 1) * shardBytes),
  );
}
