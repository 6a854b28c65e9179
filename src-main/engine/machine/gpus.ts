/**
 * The GPUs that training uses, what is free on them, and which job has which: one each, the one with most memory free. None where TensorFlow is not its
 * build for GPUs: then nothing is asked. A process that sees several GPUs would take memory of all, and compute op by op on another than in graphs:
 * each sees one.
 */
import type { Gpu } from "../../contract/machine.ts";
import { isForGpus } from "../../platform/gpu-findings.ts";
import { nativeFolder } from "../../platform/native.ts";
import { gpusOf, lookForGpus } from "../../platform/nvidia.ts";
import type { GpuRoom } from "../estimation/estimate-memory.ts";

export interface Gpus {
  /** As last looked at; 0 on a processor. */
  readonly count: number;
  /** Sees what is free now. */
  look(): Promise<void>;
  /** What a job could take that begins once nothing of ours trains; null on a processor, and where the GPU does not tell. */
  room(): Promise<GpuRoom | null>;
  /** By what was last seen; null where there is none to take. */
  take(): TakenGpu | null;
  /** Variables of a process beside the jobs: it sees the GPU that it disturbs least. */
  environment(): NodeJS.ProcessEnv;
}

export interface TakenGpu {
  readonly uuid: string;
  letGo(): void;
}

/** Variables of a process that sees this GPU alone. */
export function seeing(uuid: string): NodeJS.ProcessEnv {
  return { CUDA_VISIBLE_DEVICES: uuid };
}

/** @param environment of training processes: where `CUDA_VISIBLE_DEVICES` names GPUs, others are not used */
export function createGpus(environment: NodeJS.ProcessEnv): Gpus {
  let gpus: readonly Gpu[] = [];
  /** By UUID, with what was free before its job began. */
  const taken = new Map<string, number | null>();

  const look = async (): Promise<void> => {
    if (!isForGpus(nativeFolder(environment))) return;
    const { smi } = await lookForGpus(environment);
    const visible = environment.CUDA_VISIBLE_DEVICES?.split(",");
    const all = gpusOf(smi);
    gpus = visible === undefined ? all : all.filter(({ uuid }) => visible.includes(uuid));
  };
  const freest = (of: readonly Gpu[]): Gpu | null =>
    of.toSorted((a, b) => (b.freeBytes ?? 0) - (a.freeBytes ?? 0))[0] ?? null;
  const untaken = () => gpus.filter(({ uuid }) => !taken.has(uuid));

  return {
    get count() {
      return gpus.length;
    },
    look,
    async room() {
      await look();
      const free = freest(gpus.map((gpu) => ({ ...gpu, freeBytes: taken.get(gpu.uuid) ?? gpu.freeBytes })));
      return free === null || free.freeBytes === null ? null : { name: free.name, freeBytes: free.freeBytes };
    },
    take() {
      const gpu = freest(untaken());
      if (gpu === null) return null;
      const { uuid, freeBytes } = gpu;
      taken.set(uuid, freeBytes);
      return { uuid, letGo: () => taken.delete(uuid) };
    },
    environment() {
      const gpu = freest(untaken()) ?? freest(gpus);
      return gpu === null ? {} : seeing(gpu.uuid);
    },
  };
}
