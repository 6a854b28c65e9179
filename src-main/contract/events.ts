/** What training says while it runs, and what the engine tells every window. */

import type { SplitLogits } from "./calibration.ts";
import type { SplitName } from "./dataset.ts";
import type { CodedError } from "./errors.ts";
import type { ThreadsView } from "./machine.ts";
import type { MadeBy } from "./made-by.ts";
import type { EvaluationResult, MetricPoint, StepTime } from "./metric.ts";
import type { EngineNotice } from "./notice.ts";
import type { QueueView } from "./queue.ts";
import type { ConfusionMatrix, EndReason, JobStage, Prediction, RunView, SpentTime } from "./run.ts";
import type { InitialWeightsMatch, KeptWeights } from "./weights.ts";

/**
 * From the training process to the engine, in order. `arm` is the index of the run in the job: 0, or 0 and 1 for a pair.
 * The engine records each before it tells anyone.
 */
export type TrainingEvent =
  /** Before the first step, and beside training until all are done. */
  | { readonly kind: "preparing"; readonly done: number; readonly total: number }
  /** All that were found broken so far, whenever there are more. */
  | { readonly kind: "pictures-skipped"; readonly names: readonly string[] }
  | {
      readonly kind: "started";
      readonly arm: number;
      readonly stepsPerEpoch: number;
      readonly parameters: number;
      readonly auxiliaryParameters: number;
      readonly initialWeightsHash: string;
      readonly trainingObjectiveFloor: number;
      /** Steps that are done already, of a job that goes on; else 0. */
      readonly step: number;
      /** What makes this part of it. */
      readonly madeBy: MadeBy;
      /** Null where no weights were brought along. */
      readonly initialWeightsMatch: InitialWeightsMatch | null;
    }
  | { readonly kind: "points"; readonly arm: number; readonly points: readonly MetricPoint[] }
  /** How long each arm has been in its own steps once this one was done; about once a second, and around evaluations. */
  | { readonly kind: "time"; readonly step: number; readonly trainingMillis: readonly number[] }
  | {
      readonly kind: "progress";
      /** Told again whenever it changes: before what it names begins, so that it stands while the process is busy with it. */
      readonly phase: Exclude<JobStage, "starting" | "preparing">;
      readonly epoch: number;
      readonly step: number;
      readonly imagesPerSecond: number | null;
      readonly secondsLeft: number | null;
    }
  | {
      readonly kind: "evaluated";
      readonly arm: number;
      readonly split: SplitName;
      readonly epoch: number;
      readonly step: number;
      readonly result: EvaluationResult;
      readonly confusion: ConfusionMatrix;
      /** Only from the last evaluation of a run: the test pictures, or the validation pictures where there is no test. */
      readonly predictions: readonly Prediction[] | null;
    }
  /** At the end of a run: what its weights answered to the validation and the test pictures; not where that were too many numbers. */
  | ({ readonly kind: "answered"; readonly arm: number; readonly split: SplitName } & SplitLogits)
  | {
      readonly kind: "epoch-ended";
      readonly epoch: number;
      readonly step: number;
      readonly trainingSeconds: readonly number[];
    }
  /** Before the first step of a job that goes on: from which step, 0 for its very beginning, and why later checkpoints were passed over. */
  | { readonly kind: "resumed"; readonly step: number; readonly errors: readonly CodedError[] }
  /** The state of all arms is on disk, in this folder of the job's own; `costs` are what the best is chosen by, the lower the better, in the middle of an epoch null. */
  | {
      readonly kind: "checkpoint";
      readonly step: number;
      readonly epoch: number;
      readonly folder: string;
      /** One an arm. */
      readonly bytes: readonly number[];
      readonly costs: readonly (number | null)[];
    }
  /** Training goes on; the checkpoint before stands. */
  | { readonly kind: "checkpoint-failed"; readonly error: CodedError }
  /** The weights of an earlier epoch stand in the network again. */
  | { readonly kind: "restored"; readonly arm: number; readonly epoch: number }
  /** After each epoch, and before the end. */
  | {
      readonly kind: "memory";
      readonly epoch: number;
      /** Of TensorFlow's, alive in the training process. */
      readonly tensors: number;
      /** By how many tensors an epoch left more behind than the one before, epoch for epoch; 0 as long as there is no such trend. */
      readonly leakedTensors: number;
      readonly residentBytes: number;
      /** The most that the process has held so far. */
      readonly peakBytes: number;
    }
  /** Once, before the end of a job that made a step: where its time went. */
  | { readonly kind: "spent"; readonly spent: SpentTime }
  /** Before `ended`: where the last weights are, or why they are nowhere. */
  | {
      readonly kind: "weights";
      readonly arm: number;
      readonly kept: KeptWeights | null;
      readonly error: CodedError | null;
    }
  | { readonly kind: "ended"; readonly arm: number; readonly reason: EndReason; readonly error: CodedError | null };

/** Where a job stands; the newest replaces the one before. */
export interface JobProgress {
  readonly runIds: readonly number[];
  /** `measuring`: it is tried how many of its experiment's runs had better train side by side. */
  readonly phase: JobStage | "measuring";
  /** Pictures done and in all, while preparing; beside training until all are done, then null. */
  readonly prepared: { readonly done: number; readonly total: number } | null;
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number | null;
  readonly imagesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** From the engine to every window. A window that (re)connects is sent a `snapshot` first. */
export type EngineEvent =
  | {
      readonly kind: "snapshot";
      readonly active: readonly JobProgress[];
      readonly queue: QueueView;
      readonly threads: ThreadsView;
      /** What trains, awaits an answer or waits first, and what ended last, each with the runs of its experiment; others are asked for. */
      readonly runs: readonly RunView[];
    }
  | { readonly kind: "run"; readonly run: RunView }
  | { readonly kind: "points"; readonly runId: number; readonly points: readonly MetricPoint[] }
  | { readonly kind: "times"; readonly runId: number; readonly times: readonly StepTime[] }
  /** Where every job stands that trains here or is about to; none where nothing does. */
  | { readonly kind: "progress"; readonly active: readonly JobProgress[] }
  | { readonly kind: "queue"; readonly queue: QueueView }
  | { readonly kind: "threads"; readonly threads: ThreadsView }
  | { readonly kind: "notices"; readonly notices: readonly EngineNotice[] }
  | { readonly kind: "scanning"; readonly path: string; readonly done: number; readonly total: number | null }
  | { readonly kind: "writing-out"; readonly path: string; readonly done: number; readonly total: number | null }
  | {
      readonly kind: "scanning-pixels";
      readonly datasetId: number;
      readonly done: number;
      readonly total: number | null;
    }
  | { readonly kind: "runs-removed"; readonly runIds: readonly number[] };
