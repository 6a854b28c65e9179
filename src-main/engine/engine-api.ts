/** The engine without a shell: what every shell may ask of it. */
import type { ArchitectureView } from "../contract/architecture.ts";
import type { ModelChoice, TrainRequest } from "../contract/configuration.ts";
import type { BrowsedFiles, DatasetSource, DatasetView, FolderListing } from "../contract/dataset.ts";
import type { CodedError } from "../contract/errors.ts";
import type { EngineEvent } from "../contract/events.ts";
import type { EngineStatus, ThreadsChoice } from "../contract/machine.ts";
import type { MetricId, SeriesView } from "../contract/metric.ts";
import type { QueueMove, QueueView } from "../contract/queue.ts";
import type {
  ComparisonView,
  ConfusionMatrix,
  MemoryEstimate,
  RunMarks,
  RunView,
  TrainEstimate,
} from "../contract/run.ts";
import type { SweepEstimate, SweepRequest, SweepView } from "../contract/sweep.ts";
import type { KeptEpoch, WeightsLook, WeightsSource } from "../contract/weights.ts";

export interface StartedTraining {
  readonly experimentId: number | null;
  readonly runIds: readonly number[];
}

export interface StartedSweep {
  readonly sweepId: number;
  /** All of its runs. */
  readonly runIds: readonly number[];
}

/** A `signal` aborts when whoever asked waits no more: the work behind it ends, and the answer is the signal's reason. */
export interface EngineApi {
  status(): EngineStatus;
  dismissNotice(noticeId: number): void;
  /** Kept in the record; counts from the next job that begins. */
  chooseThreads(choice: ThreadsChoice): void;

  /** Looks at a source and records its version. */
  inspectDataset(source: DatasetSource, signal?: AbortSignal): Promise<DatasetView>;
  /** Data sets looked at before, the latest first, one a source. */
  recentDatasets(): readonly DatasetView[];
  /** Folders in a folder, and files of one kind where they are asked for. */
  browseFolders(path: string | null, files?: BrowsedFiles, signal?: AbortSignal): Promise<FolderListing>;

  shelf(): readonly ArchitectureView[];
  architecture(choice: { id: string; inputPixels?: number; width?: number; classes?: number }): ArchitectureView;

  /**
   * What weights would give a network of so many classes, before training begins from them.
   * @throws StrataError `weights.*`; `weights.changed` where the file is not the one of `sha256`, which null leaves open
   */
  lookAtWeights(
    question: {
      readonly from: WeightsSource;
      readonly sha256: string | null;
      readonly model: ModelChoice;
      readonly classes: number;
    },
    signal?: AbortSignal,
  ): Promise<WeightsLook>;

  estimate(request: TrainRequest, signal?: AbortSignal): Promise<TrainEstimate>;
  /** The estimate's memory alone, which needs nothing tried. */
  estimateMemory(request: TrainRequest, signal?: AbortSignal): Promise<MemoryEstimate>;
  /** Records the runs and starts, or waits behind the queue. Throws what `checkConfiguration` does, and `data.*`, and then records nothing. */
  startTraining(request: TrainRequest): Promise<StartedTraining>;
  /** Stops the run and its arm-mate within one batch; what is recorded stays. A queued run is taken out of the queue. */
  stopTraining(runId: number): void;
  /** As a stop, with all that is needed to go on saved. */
  pauseTraining(runId: number): void;
  /**
   * The run and its arm-mate go on from where they were, or wait for it behind the job that is going. Throws `run.complete`, `run.active`,
   * `data.*` where the pictures are not what they were.
   */
  resumeTraining(runId: number): Promise<StartedTraining>;

  queue(): QueueView;
  /** Nothing begins until the queue goes on; what trains is trained to its end. */
  holdQueue(): void;
  /** Lets the queue go on, whatever held it. */
  letQueueGoOn(): void;
  /** Moves a job that waits; one that no longer waits is left alone. */
  moveInQueue(move: { readonly runId: number; readonly to: QueueMove }): void;
  /** Says of all runs that await an answer that they do not go on by themselves. They still can be resumed. */
  leaveInterrupted(): void;

  estimateSweep(request: SweepRequest): Promise<SweepEstimate>;
  /** Records a sweep and its runs, which wait in the queue, one after another. Throws `sweep.*`, `model.*`, `data.*`. */
  startSweep(request: SweepRequest): Promise<StartedSweep>;
  /** What is left of the sweep waits in the queue again; finished runs are left alone. Throws `sweep.unknown` and `sweep.elsewhere`. */
  continueSweep(sweepId: number): StartedSweep;
  /** Ends all of the sweep that waits or trains, for good or until it goes on. */
  stopSweep(sweepId: number): void;
  pauseSweep(sweepId: number): void;
  /** The newest first. */
  sweeps(): readonly SweepView[];
  sweep(sweepId: number): SweepView;

  runs(): readonly RunView[];
  run(runId: number): RunView;
  renameRun(runId: number, title: string): RunView;
  annotateRun(runId: number, note: string): RunView;
  /** Pins, archives and tags; throws `run.unknown`, and then marks none. */
  markRuns(runIds: readonly number[], marks: RunMarks): readonly RunView[];
  /**
   * Deletes the runs' weights and checkpoints, for good; the record of them stays.
   * Throws `run.unknown` and `run.active`, and then deletes none; `disk.read-only` where a file cannot be deleted.
   */
  freeSpace(runIds: readonly number[]): Promise<readonly RunView[]>;
  /** Hides the runs; they are gone for good at a later start. Refused while one is active. */
  removeRuns(runIds: readonly number[]): void;
  restoreRuns(runIds: readonly number[]): readonly RunView[];
  /** Thinned so that no series has more than `maxPoints`. All metrics unless some are named. */
  series(question: {
    runIds: readonly number[];
    metrics?: readonly MetricId[];
    maxPoints?: number;
  }): readonly SeriesView[];
  /** The latest recorded matrix of a run: of its test pictures where they were looked at. */
  confusion(runId: number): ConfusionMatrix | null;
  /** Path of the file that holds a run's weights, null for those that it ended with. Throws `weights.none`, `weights.not-kept`. */
  weightsFile(runId: number, which: KeptEpoch | null): string;
  /** What is wrong with these weights for whoever takes them along; null where nothing is. */
  checkWeights(runId: number, which: KeptEpoch | null): Promise<CodedError | null>;
  compare(runIds: readonly number[]): ComparisonView;

  /** A snapshot first, then everything that happens until `signal` aborts. */
  events(signal: AbortSignal): AsyncIterable<EngineEvent>;
}
