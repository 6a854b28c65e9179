/** A graph loaded into TensorFlow: variables that live as long as it does, and native calls that run parts of it. */
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs-node-gpu";
import { makeFolder } from "../../platform/make-folder.ts";
import { removeSteadily } from "../../platform/steadily.ts";
import { backend } from "../runtime.ts";
import { type GraphNode, savedModelBytes } from "./graph-def.ts";

export interface GraphSession {
  /** @returns a tensor a fetched node, in their order; the caller disposes them */
  run(feeds: readonly GraphFeed[], fetches: readonly string[]): Tensor[];
  close(): void;
}
export interface GraphFeed {
  readonly node: string;
  readonly tensor: Tensor;
}

/**
 * TensorFlow takes graphs from a file alone: one is written, and removed once it is loaded.
 * @param keepAs path at which the file stays to be inspected; null keeps none
 */
export function openSession(nodes: readonly GraphNode[], keepAs: string | null): GraphSession {
  const { binding } = backend;
  const folder = mkdtempSync(join(tmpdir(), "strata-graph-"));
  let id: number;
  try {
    const file = join(folder, "saved_model.pb");
    writeFileSync(file, savedModelBytes(nodes));
    if (keepAs) {
      makeFolder(dirname(keepAs));
      copyFileSync(file, keepAs);
    }
    id = binding.loadSavedModel(folder, "serve");
  } finally {
    removeWhatCan(folder);
  }
  return {
    run(feeds, fetches) {
      const ids = backend.getInputTensorIds(feeds.map(({ tensor }) => tensor));
      const inputs = feeds.map(({ node }) => `${node}:0`).join(",");
      const outputs = fetches.map((node) => `${node}:0`).join(",");
      return binding.runSavedModel(id, ids, inputs, outputs).map((output) => backend.createOutputTensor(output));
    },
    close: () => binding.deleteSavedModel(id),
  };
}

/** What another program holds open stays in the system's temporary folder, and costs the training nothing. */
function removeWhatCan(folder: string): void {
  try {
    removeSteadily(folder);
  } catch {
    // As said.
  }
}
