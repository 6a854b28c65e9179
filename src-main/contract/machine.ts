/** What this machine is, what was found on it and how it is used. */
import { z } from "zod";
import type { ModelChoice, Precision } from "./configuration.ts";
import type { CodedError } from "./errors.ts";
import type { EngineNotice } from "./notice.ts";

export interface EngineStatus {
  readonly version: string;
  /** `starting` until TensorFlow has answered once. */
  readonly state: "starting" | "ready" | "failed";
  /** In words, e.g. `TensorFlow 2.21.0`; null until known. */
  readonly tensorflow: string | null;
  readonly device: string | null;
  readonly cores: number;
  readonly memoryBytes: number;
  /** What is wrong, when the state is `failed`. */
  readonly problem: string | null;
  /** What a person has to be told once; each until it is dismissed. */
  readonly notices: readonly EngineNotice[];
}

/** Threads to train and decode with: one a core, one less, or so many. */
export const threadsChoice = z.union([z.enum(["all", "all-but-one"]), z.int().min(1)]);
export type ThreadsChoice = z.infer<typeof threadsChoice>;

/** How many runs of one experiment train side by side: as many as were measured to be fastest on this machine in all, or so many. */
export const runsAtOnce = z.union([z.literal("fastest"), z.int().min(1)]);
export type RunsAtOnce = z.infer<typeof runsAtOnce>;

export interface ThreadsView {
  /** As a person chose it; every engine on this record keeps to it. */
  readonly choice: ThreadsChoice;
  /** What this engine was started with, which stands before the choice; null where it was told nothing. */
  readonly fixed: ThreadsChoice | null;
  /** What that comes to: threads of a job that begins now. */
  readonly threads: number;
  readonly cores: number;
  /** As a person chose it, and what this engine was started with, which stands before the choice. */
  readonly runsAtOnce: { readonly choice: RunsAtOnce; readonly fixed: RunsAtOnce | null };
}

/** What the training process says of TensorFlow on this machine. */
export interface TensorFlowReport {
  readonly version: string;
  readonly devices: readonly string[];
  readonly bindingPath: string;
}

/** An NVIDIA GPU, as its driver tells of it. */
export interface Gpu {
  /** By its place on the bus. */
  readonly index: number;
  /** `GPU-…`: means the same GPU after a restart and to every program. */
  readonly uuid: string;
  readonly name: string;
  /** Null where it has none of its own. */
  readonly memoryBytes: number | null;
  readonly freeBytes: number | null;
  /** Version; under WSL2 that of Windows' driver. */
  readonly driver: string;
}

/** What training steps cost on this machine, tried on noise. */
export interface StepCosts {
  /** One an arm. */
  readonly secondsPerStep: readonly number[];
  /** Of an evaluation of a batch as in an evaluation; one an arm. */
  readonly secondsPerEvaluation: readonly number[];
  /** From the start of the training process to the end of every arm's first step. */
  readonly firstStepSeconds: number;
  /** Most memory that the training process has held at once, all arms built. */
  readonly peakMemoryBytes: number;
  /** Why steps run op by op; null if they are compiled. */
  readonly refusal: string | null;
  /** What steps ran on: `CPU` or `GPU`. */
  readonly device: string;
}

/** How long each row of a network takes in a forward pass on this machine, tried on noise. */
export interface RowTimes {
  readonly batchSize: number;
  /** That were timed, those for warming up left out. */
  readonly passes: number;
  /** What they ran on: `CPU` or `GPU`. */
  readonly device: string;
  readonly threads: number;
  /** In the order in which they run, by their path, one time a pass; a module's own is its concatenation. Heads run in training alone and have none. */
  readonly rows: readonly { readonly path: string; readonly millis: readonly number[] }[];
  /** Of other passes that ran op by op without a look at their rows, in turns with these. */
  readonly wholeMillis: readonly number[];
  /** As one compiled graph, as an evaluation runs; null where it cannot be compiled. */
  readonly compiledMillis: readonly number[] | null;
}

/** Which ways to one output are timed, and where: the id of a factorisation, and what `KernelPlace` says. */
export const wayTiming = z.object({
  factorisation: z.string().max(100),
  grid: z.int().min(1).max(64),
  channels: z.int().min(1).max(512),
  kernel: z.int().min(1).max(15),
});
export type WayTiming = z.infer<typeof wayTiming>;

/** How long each way to one output takes on this machine, tried on noise: one time a round, in which all ways take turns. */
export interface WayTimes {
  readonly batchSize: number;
  /** That were timed, those for warming up left out. */
  readonly rounds: number;
  /** What they ran on: `CPU` or `GPU`. */
  readonly device: string;
  readonly threads: number;
  /** In the order of the factorisation. */
  readonly ways: readonly {
    readonly title: string;
    readonly forwardMillis: readonly number[];
    /** Forward, and back to the gradients of its weights and of what came in. */
    readonly trainingMillis: readonly number[];
  }[];
  /** Why they ran op by op; null if they were compiled. */
  readonly refusal: string | null;
}

/** One network's training step: compiled, and op by op. */
export interface NetworkBench {
  readonly model: ModelChoice;
  readonly classes: number;
  readonly batchSize: number;
  readonly precision: Precision;
  readonly compiled: StepBench | CodedError;
  /** In float32 whatever the precision. */
  readonly eager: StepBench | CodedError;
}
export interface StepBench {
  readonly millisPerStep: number;
  readonly imagesPerSecond: number;
  readonly firstStepSeconds: number;
  readonly peakMemoryBytes: number;
  /** Floating-point operations of convolutions and products, forward and twice as many backward, of those that this machine's best products do in the same time. */
  readonly shareOfPeak: number;
  /** Why steps ran op by op though they were to be compiled. */
  readonly refusal: string | null;
}

/** One line of `strata doctor`. */
export interface DoctorFinding {
  readonly name: string;
  readonly isFine: boolean;
  readonly found: string;
  readonly remedy: string | null;
}
