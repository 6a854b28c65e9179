/**
 * TensorFlow's SavedModel: variables in a checkpoint beside it, or, as Strata writes it, constants of its graph. Field numbers are those of
 * saved_model.proto, meta_graph.proto, graph.proto, node_def.proto and tensor.proto.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { damagedWeights as damaged, refuseLargeWeight } from "../../platform/weights-file.ts";
import {
  bytesIn,
  messagesIn,
  type ReadField,
  readFields,
  textIn,
  wholeIn,
} from "../../tensorflow/compiled/read-wire.ts";
import { descriptionAt, type ForeignModel, reading, readSmall, sizeOf, weightPrefix } from "./foreign-model.ts";
import { functionGraph } from "./function-graph.ts";
import type { LayerNode } from "./layer-graph.ts";
import { openTensorBundle } from "./tensor-bundle.ts";

/** What protocol buffers allow: the weights may be inside. */
const mostBytes = 2 ** 31 - 1;
/** Of a graph whose weights are beside it; Keras' of Inception-v3 takes four megabytes. */
const mostGraphBytes = 128 * 2 ** 20;
const float32 = 1;

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
  const own = [...constants].flatMap(([name, tensor]): [string, ReadField[]][] => {
    if (description === null) return [[name, tensor]];
    return name.startsWith(weightPrefix) ? [[name.slice(weightPrefix.length), tensor]] : [];
  });
  const tensors = new Map(own);
  const shapes = reading(path, () => new Map(own.map(([name, tensor]) => [name, { shape: shapeOf(tensor) }])));
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

  function valuesOf(tensor: readonly ReadField[], name: string): Float32Array {
    const size = sizeOf(shapeOf(tensor));
    refuseLargeWeight(name, 4 * size, path);
    const content = bytesIn(tensor, 4);
    if (content.length === 4 * size) return new Float32Array(content.slice().buffer);
    // Values that are all alike are written once.
    const [one, another] = tensor.filter(({ field }) => field === 5);
    const value = one === undefined || typeof one.value === "object" ? Number.NaN : Number(one.value);
    if (content.length > 0 || another || Number.isNaN(value))
      throw damaged(path, `${name} would have ${size} values in ${content.length} bytes`);
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
function constantsOf(bytes: Uint8Array<ArrayBuffer>): Map<string, ReadField[]> {
  const constants = new Map<string, ReadField[]>();
  const [metaGraph] = messagesIn(readFields(bytes), 2);
  if (!metaGraph) throw new Error("it holds no graph");
  for (const node of messagesIn(readFields(bytesIn(metaGraph, 2)), 1)) {
    if (textIn(node, 2) !== "Const") continue;
    const value = messagesIn(node, 5).find((attribute) => textIn(attribute, 1) === "value");
    const tensor = readFields(bytesIn(readFields(bytesIn(value ?? [], 2)), 8));
    if (wholeIn(tensor, 1) === float32) constants.set(textIn(node, 1), tensor);
  }
  return constants;
}

function shapeOf(tensor: readonly ReadField[]): number[] {
  const shape = messagesIn(readFields(bytesIn(tensor, 2)), 2).map((side) => wholeIn(side, 1));
  sizeOf(shape);
  return shape;
}
