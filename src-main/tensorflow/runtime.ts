/**
 * TensorFlow for the training process: the only file that imports tfjs-node-gpu. The package's own entry would look for a binding that can no
 * longer be downloaded, so its parts are put together here around the binding that set-up compiled.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import type * as TensorFlow from "@tensorflow/tfjs-node-gpu";
import { StrataError } from "../contract/errors.ts";
import { nativeFolder } from "../platform/native.ts";

/** The part of tfjs-node's backend that runs one TensorFlow op by its own name. */
export interface NodeBackend extends TensorFlow.KernelBackend {
  executeSingleOutput(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorFlow.Tensor[],
  ): TensorFlow.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorFlow.Tensor[],
    outputs: number,
  ): TensorFlow.Tensor[];
}

/** As the binding takes it: `type` is one of its TF_ATTR numbers. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

const require = createRequire(import.meta.url);

function load(): { tf: typeof TensorFlow; backend: NodeBackend; bindingPath: string } {
  const folder = nativeFolder();
  if (!folder) throw new StrataError("native.missing", {});
  const bindingPath = join(folder, "tfjs_binding.node");
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  // Node 23 removed two helpers that tfjs-node 4.22 still calls (tensorflow/tfjs#8609).
  Object.assign(util, { isNullOrUndefined: (v: unknown) => v === null || v === undefined, isArray: Array.isArray });

  try {
    const binding: unknown = require(bindingPath);
    require("@tensorflow/tfjs-node-gpu/dist/register_all_kernels");
    // tfjs-node's own copy of tfjs, so that its kernels and our code meet in the same registry.
    const requireBeside = createRequire(require.resolve("@tensorflow/tfjs-node-gpu/package.json"));
    const tf: typeof TensorFlow = requireBeside("@tensorflow/tfjs");
    const { NodeJSKernelBackend } = require("@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend");
    const backend: NodeBackend = new NodeJSKernelBackend(binding, "strata");
    tf.registerBackend("tensorflow", () => backend, 3);
    void tf.setBackend("tensorflow"); // The backend is already made, so nothing is left to wait for.
    return { tf, backend, bindingPath };
  } catch (thrown) {
    throw new StrataError(
      "native.broken",
      { problem: thrown instanceof Error ? thrown.message : String(thrown) },
      { cause: thrown },
    );
  }
}

export const { tf, backend, bindingPath } = load();
