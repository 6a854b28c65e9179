/** Which memory a run is short of. */
import type { MemoryEstimate } from "../contract/estimate.ts";

/** Of the processor and the GPU, the one that it does not fit into, or the processor's; with its name in a sentence. */
export function scarceMemory({ peakBytes, freeBytes, gpu }: MemoryEstimate): {
  readonly peakBytes: number;
  readonly freeBytes: number;
  readonly of: string;
} {
  if (gpu !== null && gpu.peakBytes > gpu.freeBytes && peakBytes <= freeBytes)
    return { ...gpu, of: `the memory of ${gpu.name}` };
  return { peakBytes, freeBytes, of: "memory" };
}
