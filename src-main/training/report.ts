/** What TensorFlow says of itself and of this machine. */
import { availableParallelism, cpus } from "node:os";
import type { TensorFlowReport } from "../contract/machine.ts";
import { threadsOf } from "../platform/threads.ts";
import { backend, bindingPath, tf } from "../tensorflow/runtime.ts";

// tfjs-node's backend keeps these two in fields of these names.
const { binding, isUsingGpuDevice } = backend as typeof backend & {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
};

/** Runs one product before it answers, so that a report means that TensorFlow computes and not only that it loads. */
export function tensorFlowReport(): TensorFlowReport {
  const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync()[0]);
  if (product !== 11) throw new Error(`TensorFlow multiplied [1 2] by [3 4] to ${product}`);
  return {
    version: binding.TF_Version,
    devices: isUsingGpuDevice ? ["GPU", cpuInWords()] : [cpuInWords()],
    bindingPath,
  };
}

/**
 * The device that steps run on, and how.
 * @param refusal why they run op by op; null if they are compiled
 */
export function deviceInWords(refusal: string | null): string {
  const device = isUsingGpuDevice ? "GPU" : cpuInWords();
  return `${device} · ${refusal === null ? "compiled step" : `step by single operations: ${refusal}`}`;
}

/** Nothing where every core may be used. */
function threadsInWords(): string {
  const threads = threadsOf();
  return threads === availableParallelism() ? "" : `, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}

function cpuInWords(): string {
  const cores = cpus();
  return `CPU, ${cores.length} × ${cores[0]?.model.trim() || "core"}${threadsInWords()}`;
}
