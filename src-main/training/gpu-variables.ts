/**
 * Variables by which TensorFlow and NVIDIA's libraries are told how a GPU computes. They read them when they are loaded, so a process that trains sets
 * them before; they are the same for all of its arms.
 */
import type { TrainingSettings } from "../contract/configuration.ts";

/** What a process that only looks or answers has: it leaves the rest of the memory to those that train. */
export const memoryGrowthVariable = "TF_FORCE_GPU_ALLOW_GROWTH";

/** By name; null for one that is not to be set. What a person's environment says of them gives way to the run's settings, which are recorded. */
export function gpuVariables({
  deterministicOps,
  tf32,
  gpuMemoryGrowth,
}: Pick<TrainingSettings, "deterministicOps" | "tf32" | "gpuMemoryGrowth">): Readonly<Record<string, string | null>> {
  return {
    TF_DETERMINISTIC_OPS: deterministicOps ? "1" : "0",
    // 0 keeps cuBLAS and cuDNN from it whatever TensorFlow asks for; unset leaves it to TensorFlow, which asks for it.
    NVIDIA_TF32_OVERRIDE: tf32 ? null : "0",
    [memoryGrowthVariable]: String(gpuMemoryGrowth),
  };
}

/** @param environment of this process, before TensorFlow is loaded */
export function setGpuVariables(settings: Parameters<typeof gpuVariables>[0], environment = process.env): void {
  for (const [name, value] of Object.entries(gpuVariables(settings))) {
    if (value === null) delete environment[name];
    else environment[name] = value;
  }
}
