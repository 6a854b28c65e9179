/** The GPUs that training uses, and what is free on them. None where TensorFlow is not its build for GPUs: then nothing is asked. */
import type { Gpu } from "../../contract/machine.ts";
import { isForGpus } from "../../platform/gpu-findings.ts";
import { nativeFolder } from "../../platform/native.ts";
import { lookForGpus } from "../../platform/nvidia.ts";
import type { GpuRoom } from "../estimation/estimate-memory.ts";

export interface Gpus {
  /** What a job could take that begins once nothing of ours trains; null on a processor, and where the GPU does not tell. */
  room(): Promise<GpuRoom | null>;
}

/** @param environment of training processes: where `CUDA_VISIBLE_DEVICES` names GPUs, others are not used */
export function createGpus(environment: NodeJS.ProcessEnv): Gpus {
  let gpus: readonly Gpu[] = [];

  const look = async (): Promise<void> => {
    if (!isForGpus(nativeFolder(environment))) return;
    const { smi } = await lookForGpus(environment);
    const visible = environment.CUDA_VISIBLE_DEVICES?.split(",");
    const all = smi === null || "problem" in smi ? [] : smi;
    gpus = visible === undefined ? all : all.filter(({ uuid }) => visible.includes(uuid));
  };

  return {
    async room() {
      await look();
      const [freest] = gpus.toSorted((a, b) => (b.freeBytes ?? 0) - (a.freeBytes ?? 0));
      return freest === undefined || freest.freeBytes === null
        ? null
        : { name: freest.name, freeBytes: freest.freeBytes };
    },
  };
}
