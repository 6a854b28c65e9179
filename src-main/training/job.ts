/** What the engine hands to a training process, and how that process is told to stop. */

import type { ModelChoice, Precision, RunConfiguration } from "../contract/configuration.ts";
import type { CodedError } from "../contract/errors.ts";
import type { TrainingEvent } from "../contract/events.ts";
import type { RowTimes, StepCosts, TensorFlowReport, WayTimes, WayTiming } from "../contract/machine.ts";
import type { EndReason } from "../contract/run.ts";
import type { ExportedWeights } from "../contract/weights.ts";
import type { Dataset } from "../datasets/example.ts";
import type { ExportRequest } from "../models/exports/export-weights.ts";
import type { ProcessMemory } from "../platform/memory.ts";
import type { Paths } from "../platform/paths.ts";

export interface TrainingJob {
  readonly dataset: Dataset;
  /** One configuration an arm: one for a single run, two for a pair. They share data, seed, model and batches. */
  readonly arms: readonly RunConfiguration[];
  readonly paths: Paths;
  /** Name of the job's own folder in the folder of checkpoints. */
  readonly checkpointFolder: string;
  /** Names of folders in there that it may go on from, the latest first; null for a job that begins. */
  readonly resumeFrom: readonly string[] | null;
}

/** Where training puts what it has to say. Resolves when the receiver is ready for more (back-pressure). */
export type TrainingSink = (event: TrainingEvent) => Promise<void>;

/** A flag with a reason, looked at between batches. */
export interface Interrupter {
  readonly reason: Interruption | null;
}
export type Interruption = Extract<EndReason, "paused" | "halved" | "stopped-by-person" | "engine-closed">;

/** A few steps on noise, to say what they cost. */
export interface Measurement {
  readonly arms: readonly RunConfiguration[];
  readonly classes: number;
  /** Of each arm that are timed, after a first that also prepares what later ones find ready. */
  readonly steps: number;
  /** Fewer steps do, once an arm's have taken as long as this. */
  readonly enoughSeconds: number;
  /** More steps are timed until an arm's have taken as long as this: beside other processes, so that all are timed at the same time. */
  readonly leastSeconds?: number;
}

/** Passes on noise, to say how long each row takes. */
export interface RowTiming {
  readonly model: ModelChoice;
  readonly classes: number;
  readonly batchSize: number;
}

/** Messages from the engine to the training process. */
export type TrainerCommand =
  | { readonly kind: "train"; readonly job: TrainingJob }
  /** A few steps on noise, to say what they cost. */
  | ({ readonly kind: "measure" } & Measurement)
  | ({ readonly kind: "time-rows" } & RowTiming)
  | ({ readonly kind: "time-ways" } & WayTiming)
  /** Of matrices of 2048 × 2048 where no side is named. */
  | { readonly kind: "matmul-peak"; readonly precision: Precision; readonly side?: number }
  | { readonly kind: "report" }
  | { readonly kind: "export"; readonly request: ExportRequest }
  | { readonly kind: "interrupt"; readonly reason: Interruption }
  /** Acknowledges one event; the trainer sends the next. */
  | { readonly kind: "received" };

/**
 * Messages from the training process to the engine. After the last message of a command the process ends on its own with code 0.
 * A `train` ends with one `ended` event an arm, or with `failed` where it could not begin.
 */
export type TrainerMessage =
  | { readonly kind: "event"; readonly event: TrainingEvent }
  /** While it trains, once a second, where the system tells it to nobody else. */
  | { readonly kind: "holds"; readonly memory: ProcessMemory }
  /** Arms in the order of the command. */
  | { readonly kind: "measured"; readonly costs: StepCosts }
  | { readonly kind: "row-times"; readonly times: RowTimes }
  | { readonly kind: "way-times"; readonly times: WayTimes }
  | { readonly kind: "matmul-peak"; readonly flopsPerSecond: number }
  | { readonly kind: "report"; readonly report: TensorFlowReport }
  | { readonly kind: "exported"; readonly exported: ExportedWeights }
  | { readonly kind: "failed"; readonly error: CodedError };
