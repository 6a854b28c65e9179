/** What a training will cost, before it is begun. */

/** How long a request would take here, and in what memory. Times are null where it does not fit: then nothing was tried. */
export interface TrainEstimate {
  /** Its steps and its evaluation on the validation pictures. */
  readonly secondsPerEpoch: number | null;
  /** From the start of the training process to its end, with decoding where pictures are not decoded yet. */
  readonly seconds: number | null;
  /** Of these, the decoding, which a later run on the same pictures is spared. */
  readonly decodingSeconds: number | null;
  /** `runs`: from runs of the same network on this machine. `measured`: a few steps were tried just now. */
  readonly basis: "runs" | "measured" | null;
  readonly memory: MemoryEstimate;
}

export interface MemoryEstimate {
  /** The most that the training process is predicted to hold, all arms together. */
  readonly peakBytes: number;
  /** What it could take: free now, and held by what trains now; no more than a container's limit. */
  readonly freeBytes: number;
  /** Into the memory of the processor and, where it trains on one, of the GPU. */
  readonly doesFit: boolean;
  /** The largest batch that is predicted to fit. Null where the one asked for does, and where none would. */
  readonly batchThatFits: number | null;
  /** Of the GPU that it would train on; null on a processor, and where the GPU does not tell of its memory. */
  readonly gpu: GpuMemoryEstimate | null;
}

export interface GpuMemoryEstimate {
  readonly name: string;
  /** The most that it is predicted to hold there, all arms together. */
  readonly peakBytes: number;
  /** What it could take there once nothing of ours trains. */
  readonly freeBytes: number;
}
