/** What TensorFlow says of itself and of this machine. */
import { cpus } from "node:os";
import type { TensorFlowReport } from "../contract/machine.ts";
import type { MadeBy } from "../contract/made-by.ts";
import { gpuInWords, processorInWords } from "../domain/runs/made-by.ts";
import { lookForGpus, visibleGpu } from "../platform/nvidia.ts";
import { processorModel } from "../platform/processor.ts";
import { threadsOf } from "../platform/threads.ts";
import { backend, bindingPath, tf } from "../tensorflow/runtime.ts";

// tfjs-node's backend keeps these two in fields of these names.
const { binding, isUsingGpuDevice } = backend as typeof backend & {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
};

export const tensorFlowVersion = binding.TF_Version;
/** What steps run on. */
export const deviceName = isUsingGpuDevice ? "GPU" : "CPU";

/** Runs one product before it answers, so that a report means that TensorFlow computes and not only that it loads. */
export async function tensorFlowReport(): Promise<TensorFlowReport> {
  const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync()[0]);
  if (product !== 11) throw new Error(`TensorFlow multiplied [1 2] by [3 4] to ${product}`);
  const gpu = await gpuInUse();
  const onGpu = isUsingGpuDevice ? [gpu === null ? "GPU" : `GPU, ${gpuInWords(gpu)}`] : [];
  return {
    version: tensorFlowVersion,
    devices: [...onGpu, cpuInWords()],
    bindingPath,
  };
}

/** The GPU of this process, as its driver tells of it; null on a processor, and where it cannot be told which of several it is. */
export async function gpuInUse(): Promise<MadeBy["gpu"]> {
  if (!isUsingGpuDevice) return null;
  const { smi } = await lookForGpus();
  const gpu = visibleGpu(smi, process.env.CUDA_VISIBLE_DEVICES);
  return gpu && { name: gpu.name, memoryBytes: gpu.memoryBytes, driver: gpu.driver };
}

function cpuInWords(): string {
  return processorInWords({ threads: threadsOf(), cores: cpus().length, processor: processorModel() });
}
