/**
 * TensorFlow for the training process: the only file that imports tfjs-node-gpu. The package's own entry would look for a binding that can no
 * longer be downloaded, so its parts are put together here around the binding that set-up compiled.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import type * as TensorFlow from "@tensorflow/tfjs-node-gpu";
import { StrataError } from "../contract/errors.ts";
import { isInstalled } from "../platform/installed.ts";
import { nativeFolder } from "../platform/native.ts";
import { libraryVariables } from "./library-variables.ts";

/** A tensor as the binding knows it; `dtype` is one of TensorFlow's own numbers. */
export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** What the backend holds for a data id. */
interface HeldTensor {
  readonly dtype: number;
  /** The binding's; below zero until the values are handed over. */
  id: number;
  /** Values that the binding was not given yet. */
  values: unknown;
}

type BindingConstant =
  | `TF_${"FLOAT" | "INT32" | "BOOL" | "UINT8"}`
  | `TF_ATTR_${"INT" | "FLOAT" | "BOOL" | "STRING" | "TYPE" | "SHAPE"}`;

/** The native addon, as far as we call it ourselves. Names of nodes are joined by commas. */
export interface Binding extends Readonly<Record<BindingConstant, number>> {
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array | Uint8Array): number;
  deleteTensor(id: number): void;
  loadSavedModel(folder: string, tags: string): number;
  runSavedModel(id: number, inputIds: readonly number[], inputNodes: string, outputNodes: string): NativeTensor[];
  deleteSavedModel(id: number): void;
}

/** tfjs-node's backend with the fields that its own kernels use: above all, running one TensorFlow op by its own name. */
export interface NodeBackend extends TensorFlow.KernelBackend {
  readonly binding: Binding;
  readonly tensorMap: { get(id: TensorFlow.DataId): HeldTensor };
  getInputTensorIds(tensors: readonly TensorFlow.Tensor[]): number[];
  /** A tensor that owns what the binding made. */
  createOutputTensor(native: NativeTensor): TensorFlow.Tensor;
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
  if (!folder) throw new StrataError("native.missing", { isInstalled });
  const bindingPath = join(folder, "tfjs_binding.node");
  // For a process that was not started with them.
  for (const [name, value] of Object.entries(libraryVariables)) process.env[name] ??= value;
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
      { problem: thrown instanceof Error ? thrown.message : String(thrown), isInstalled },
      { cause: thrown },
    );
  }
}

export const { tf, backend, bindingPath } = load();
