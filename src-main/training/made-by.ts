/** What makes the runs that this process trains. */
import { cpus } from "node:os";
import type { Precision } from "../contract/configuration.ts";
import type { MadeBy } from "../contract/made-by.ts";
import { lookForGpus, visibleGpu } from "../platform/nvidia.ts";
import { processorFeatures, processorModel } from "../platform/processor.ts";
import { threadsOf } from "../platform/threads.ts";
import { strataCommit, strataVersion } from "../platform/version.ts";
import { deviceName, tensorFlowVersion } from "./report.ts";

/** The GPU of this process, as its driver tells of it; null on a processor, and where it cannot be told which of several it is. */
export async function gpuInUse(): Promise<MadeBy["gpu"]> {
  if (deviceName !== "GPU") return null;
  const { smi } = await lookForGpus();
  const gpu = visibleGpu(smi, process.env.CUDA_VISIBLE_DEVICES);
  return gpu && { name: gpu.name, memoryBytes: gpu.memoryBytes, driver: gpu.driver };
}

let program: Pick<MadeBy, "version" | "commit" | "processorFeatures"> | undefined;

/**
 * @param refusal why steps run op by op; null if they are compiled
 * @param gpu as `gpuInUse` found it
 */
export function madeByThis(refusal: string | null, precision: Precision, gpu: MadeBy["gpu"]): MadeBy {
  // Asking git takes a moment: once for both arms.
  program ??= { version: strataVersion(), commit: strataCommit(), processorFeatures: processorFeatures() };
  return {
    ...program,
    tensorflow: tensorFlowVersion,
    device: deviceName,
    gpu,
    isCompiled: refusal === null,
    refusal,
    precision: refusal === null ? precision : "float32",
    threads: threadsOf(),
    cores: cpus().length,
    processor: processorModel(),
    platform: process.platform,
    architecture: process.arch,
  };
}
