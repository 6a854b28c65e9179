/** TensorFlow's SavedModel: variables in a checkpoint beside it, or, as Strata writes it, constants of its graph. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { damagedWeights as damaged, refuseLargeWeight } from "../../platform/weights-file.ts";
import { DataType, SavedModelSchema, type TensorProto } from "../../tensorflow/protobuf/generated/tensorflow_pb.js";
import { readMessage } from "../../tensorflow/protobuf/read-message.ts";
import {
  descriptionAt,
  type ForeignModel,
  reading,
  readSmall,
  shapeOf,
  sizeOf,
  weightPrefix,
} from "./foreign-model.ts";
import { functionGraph } from "./function-graph.ts";
import type { LayerNode } from "./layer-graph.ts";
import { openTensorBundle } from "./tensor-bundle.ts";

/** What protocol buffers allow: the weights may be inside. */
const mostBytes = 2 ** 31 - 1;
/** Of a graph whose weights are beside it; Keras' of Inception-v3 takes four megabytes. */
const mostGraphBytes = 128 * 2 ** 20;

/** @throws StrataError `weights.not-found`, `file.not-regular`, `weights.damaged` */
export function openSavedModel(folder: string): ForeignModel {
  const description = descriptionAt(join(folder, "strata.json"));
  const variables = join(folder, "variables", "variables");
  const path = join(folder, "saved_model.pb");
  if (description === null && existsSync(`${variables}.index`)) {
    const layers = reading(path, () => functionGraph(readSmall(path, mostGraphBytes)));
    return { description, layerOf: (kernel) => layerAt(layers, kernel), ...openTensorBundle(variables) };
  }
  const constants = reading(path, () => constantsOf(readSmall(path, mostBytes)));
  const own = [...constants].flatMap(([name, tensor]): [string, TensorProto][] => {
    if (description === null) return [[name, tensor]];
    return name.startsWith(weightPrefix) ? [[name.slice(weightPrefix.length), tensor]] : [];
  });
  const tensors = new Map(own);
  const shapes = reading(
    path,
    () => new Map(own.map(([name, tensor]) => [name, { shape: shapeOf(tensor.tensorShape) }])),
  );
  return {
    description,
    tensors: shapes,
    layerOf: () => undefined,
    read(name) {
      const tensor = tensors.get(name);
      if (!tensor) throw new Error(`${name} is not in ${path}`);
      return reading(path, () => valuesOf(tensor, name));
    },
    close() {},
  };

  function valuesOf({ tensorShape, tensorContent, floatVal }: TensorProto, name: string): Float32Array {
    const size = sizeOf(shapeOf(tensorShape));
    refuseLargeWeight(name, 4 * size, path);
    if (tensorContent.length === 4 * size) return new Float32Array(tensorContent.slice().buffer);
    // Values that are all alike are written once.
    const [value, another] = floatVal;
    if (tensorContent.length > 0 || value === undefined || another !== undefined)
      throw damaged(path, `${name} would have ${size} values in ${tensorContent.length} bytes`);
    return new Float32Array(size).fill(value);
  }
}

/** The graph names a variable anew, with a number behind, where another had its name. */
function layerAt(layers: ReadonlyMap<string, LayerNode>, kernel: string): LayerNode | undefined {
  const bare = kernel.replace(/:0$/, "");
  const name = [...layers.keys()].find((variable) => variable === bare || variable.replace(/_\d+$/, "") === bare);
  return name === undefined ? undefined : layers.get(name);
}

/** Float32 constants of the graph, by the names of their nodes. */
function constantsOf(bytes: Uint8Array<ArrayBuffer>): Map<string, TensorProto> {
  const [metaGraph] = readMessage(SavedModelSchema, bytes).metaGraphs;
  if (!metaGraph) throw new Error("It holds no graph");
  const constants = new Map<string, TensorProto>();
  for (const { name, op, attr } of metaGraph.graphDef?.node ?? []) {
    const value = op === "Const" ? attr.value?.value : undefined;
    if (value?.case === "tensor" && value.value.dtype === DataType.DT_FLOAT) constants.set(name, value.value);
  }
  return constants;
}
