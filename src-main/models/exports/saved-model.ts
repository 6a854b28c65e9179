/**
 * TensorFlow's SavedModel with one signature, `serving_default`: `pictures`, uint8 [any, side, side, 3], to `logits` and `probabilities`. Weights
 * are constants of the graph, so that there is one file, which may have 2 GiB at most; they are written one by one as they are read.
 */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import { writeAll } from "../../platform/write-all.ts";
import type { FrozenGraph } from "../../tensorflow/compiled/frozen-graph.ts";
import { savedModelPieces } from "../../tensorflow/compiled/graph-def.ts";
import { bytesOfPiece, lengthOf } from "../../tensorflow/protobuf/streamed-message.ts";
import { backend } from "../../tensorflow/runtime.ts";

/** What protocol buffers allow a message. */
const mostBytes = 2 ** 31 - 1;

/** @throws StrataError `export.too-large` */
export function writeSavedModel(graph: FrozenGraph, folder: string): void {
  const { TF_UINT8: uint8, TF_FLOAT: float32 } = backend.binding;
  const outputs = Object.entries(graph.outputs).map(([name, node]) => [
    name,
    { node, dtype: float32, shape: [-1, -1] },
  ]);
  const pieces = savedModelPieces(graph.nodes, graph.constants, {
    inputs: { pictures: { node: graph.input, dtype: uint8, shape: [-1, ...graph.exampleShape] } },
    outputs: Object.fromEntries(outputs),
  });
  const bytes = lengthOf(pieces);
  if (bytes > mostBytes) throw new StrataError("export.too-large", { bytes, mostBytes });
  const file = openSync(join(folder, "saved_model.pb"), "wx");
  try {
    for (const piece of pieces) writeAll(file, bytesOfPiece(piece));
  } finally {
    closeSync(file);
  }
}
