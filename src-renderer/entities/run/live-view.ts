/** Which of its views the Live page shows. */
import type { JobProgress } from "../../../src-main/contract/events.ts";
import type { QueueView } from "../../../src-main/contract/queue.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import { isOfSameBlock } from "../../../src-main/domain/experiments/blocks.ts";

export type LiveView =
  | { readonly kind: "loading" }
  /** Nothing is going; `latest` is the newest run's job, to look back at. */
  | { readonly kind: "idle"; readonly latest: readonly RunView[] }
  /** Another engine on this record trains this, and perhaps more. */
  | { readonly kind: "elsewhere"; readonly runs: readonly RunView[] }
  /** Recorded and waiting for the engine to begin. */
  | { readonly kind: "queued"; readonly runs: readonly RunView[] }
  /** One of those that are going, with its jobs: its arms may have one each. */
  | ({ readonly kind: "going" } & GoingBlock)
  /** The job that was seen going in this window has ended. */
  | { readonly kind: "over"; readonly runs: readonly RunView[] };

/** Runs that are compared with each other and begin together: one, or the arms of a block. */
export interface GoingBlock {
  readonly runs: readonly RunView[];
  readonly jobs: readonly JobProgress[];
}

export interface LiveQuestion {
  readonly isLoading: boolean;
  readonly active: readonly JobProgress[] | undefined;
  readonly runs: readonly RunView[];
  /** Jobs that wait, in order. */
  readonly waiting: QueueView["jobs"];
  /** Runs of what was last seen going in this window, or opened. */
  readonly lastSeen: readonly number[];
}

export function liveView({ isLoading, active, runs, waiting, lastSeen }: LiveQuestion): LiveView {
  if (isLoading || active === undefined) return { kind: "loading" };
  const known = (ids: readonly number[]): RunView[] =>
    runs.filter((run) => ids.includes(run.id)).sort((a, b) => a.id - b.id);
  const going = goingBlocks(runs, active);
  const shown = going.find((block) => block.runs.some(({ id }) => lastSeen.includes(id))) ?? going[0];
  if (shown) return { kind: "going", ...shown };
  const [elsewhere] = trainedElsewhere(runs, active);
  if (elsewhere) return { kind: "elsewhere", runs: elsewhere };
  const queued = known(waiting[0] ?? []);
  if (queued.length > 0) return { kind: "queued", runs: queued };
  const seen = jobOf(runs, known(lastSeen)[0]);
  if (seen.length > 0 && seen.every((run) => run.state !== "running")) return { kind: "over", runs: seen };
  return {
    kind: "idle",
    latest: jobOf(
      runs,
      runs.find((run) => run.state !== "queued"),
    ),
  };
}

/** Jobs that train by the record and not in this engine, which tells of its own alone; the one that began first comes first. */
export function trainedElsewhere(runs: readonly RunView[], active: readonly JobProgress[]): RunView[][] {
  const here = new Set(active.flatMap(({ runIds }) => runIds));
  return blocksOf(
    runs,
    runs.filter(({ id, state }) => state === "running" && !here.has(id)),
  );
}

/** What trains in this engine or is about to, in the order in which it began. */
export function goingBlocks(runs: readonly RunView[], active: readonly JobProgress[]): GoingBlock[] {
  const firsts = active.flatMap((job) => runs.find(({ id }) => id === job.runIds[0]) ?? []);
  return blocksOf(runs, firsts).map((block) => ({
    runs: block,
    jobs: active.filter((job) => block.some(({ id }) => job.runIds.includes(id))),
  }));
}

/** The blocks that these runs are of, each once, the one with the oldest run first. */
export function blocksOf(runs: readonly RunView[], some: readonly RunView[]): RunView[][] {
  const blocks = [...some].sort((a, b) => a.id - b.id).map((run) => jobOf(runs, run));
  return [...new Map(blocks.map((block) => [block[0]?.id, block])).values()];
}

/** How far a run is by the record, which is all that is known of what another engine trains. */
export function recordedProgress(job: readonly RunView[]): JobProgress | null {
  const [run] = job;
  if (!run) return null;
  const { stepsDone, stepsPerEpoch, configuration, imagesPerSecond } = run;
  const { epochs } = configuration.training;
  const steps = stepsPerEpoch === null ? null : stepsPerEpoch * epochs;
  const begun = stepsPerEpoch === null ? 1 : Math.floor(stepsDone / stepsPerEpoch) + 1;
  return {
    runIds: job.map(({ id }) => id),
    phase: stepsDone === 0 ? "starting" : "training",
    prepared: null,
    epoch: Math.min(epochs, begun),
    epochs,
    step: stepsDone,
    steps,
    imagesPerSecond,
    secondsLeft: null,
  };
}

/** A run with the others of its block, in the order of the arms. */
export function jobOf(runs: readonly RunView[], run: RunView | undefined): RunView[] {
  if (!run) return [];
  if (run.experiment === null) return [run];
  return runs.filter((other) => isOfSameBlock(other, run)).sort((a, b) => a.id - b.id);
}
