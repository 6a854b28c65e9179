/**
 * TensorFlow's SavedModel with one signature, `serving_default`: `pictures`, uint8 [any, side, side, 3], to `logits` and `probabilities`. Weights
 * are constants of the graph, so that there is one file, which may have 2 GiB at most.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FrozenGraph, wholeNodes } from "../../tensorflow/compiled/frozen-graph.ts";
import { savedModelBytes } from "../../tensorflow/compiled/graph-def.ts";
import { backend } from "../../tensorflow/runtime.ts";

export function writeSavedModel(graph: FrozenGraph, folder: string): void {
  const { TF_UINT8: uint8, TF_FLOAT: float32 } = backend.binding;
  const outputs = Object.entries(graph.outputs).map(([name, node]) => [
    name,
    { node, dtype: float32, shape: [-1, -1] },
  ]);
  const bytes = savedModelBytes(wholeNodes(graph), {
    inputs: { pictures: { node: graph.input, dtype: uint8, shape: [-1, ...graph.exampleShape] } },
    outputs: Object.fromEntries(outputs),
  });
  writeFileSync(join(folder, "saved_model.pb"), bytes);
}
