/** How a GPU computes: settings of a whole training process, which runs that share one have in common. */
import type { Setting } from "./setting.ts";

const ofProcess = { place: "more", canVary: true, isSharedInBlock: true } as const;

export const gpuSettings = [
  {
    id: "deterministicOps",
    path: "training.deterministicOps",
    title: "Deterministic on a GPU",
    about: "Only operations that repeat to the last bit, some of them slower; a processor always repeats",
    value: { kind: "yes-or-no" },
    flag: "deterministic",
    also: ["reproducible"],
    ...ofProcess,
  },
  {
    id: "tf32",
    path: "training.tf32",
    title: "TF32 on a GPU",
    about: "Rounds what float32 products and convolutions multiply to 10 bits of fraction, where the GPU can",
    value: { kind: "yes-or-no" },
    flag: "tf32",
    ...ofProcess,
  },
  {
    id: "gpuMemoryGrowth",
    path: "training.gpuMemoryGrowth",
    title: "GPU memory as needed",
    about: "Takes a GPU’s memory as it is needed, and not all that is free at the start",
    value: { kind: "yes-or-no" },
    flag: "gpu-memory-growth",
    also: ["memory growth"],
    ...ofProcess,
  },
] as const satisfies readonly Setting[];
