/** Which of its views the Live page shows. */
import type { JobProgress } from "../../../src-main/contract/events.ts";
import type { QueueView } from "../../../src-main/contract/queue.ts";
import type { RunView } from "../../../src-main/contract/run.ts";

export type LiveView =
  | { readonly kind: "loading" }
  /** Nothing is going; `latest` is the newest run's job, to look back at. */
  | { readonly kind: "idle"; readonly latest: readonly RunView[] }
  /** Another engine on this record trains this, and perhaps more. */
  | { readonly kind: "elsewhere"; readonly runs: readonly RunView[] }
  /** Recorded and waiting for the engine to begin. */
  | { readonly kind: "queued"; readonly runs: readonly RunView[] }
  | { readonly kind: "going"; readonly runs: readonly RunView[]; readonly progress: JobProgress }
  /** The job that was seen going in this window has ended. */
  | { readonly kind: "over"; readonly runs: readonly RunView[] };

export interface LiveQuestion {
  readonly isLoading: boolean;
  readonly active: JobProgress | null | undefined;
  readonly runs: readonly RunView[];
  /** Jobs that wait, in order. */
  readonly waiting: QueueView["jobs"];
  /** Runs of the job that was last seen going in this window. */
  readonly lastSeen: readonly number[];
}

export function liveView({ isLoading, active, runs, waiting, lastSeen }: LiveQuestion): LiveView {
  if (isLoading || active === undefined) return { kind: "loading" };
  const known = (ids: readonly number[]): RunView[] =>
    runs.filter((run) => ids.includes(run.id)).sort((a, b) => a.id - b.id);
  if (active !== null) {
    const going = known(active.runIds);
    if (going.length > 0) return { kind: "going", runs: going, progress: active };
  }
  const [elsewhere] = trainedElsewhere(runs, active);
  if (elsewhere) return { kind: "elsewhere", runs: elsewhere };
  const queued = known(waiting[0] ?? []);
  if (queued.length > 0) return { kind: "queued", runs: queued };
  const seen = known(lastSeen);
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
export function trainedElsewhere(runs: readonly RunView[], active: JobProgress | null): RunView[][] {
  const isElsewhere = ({ id, state }: RunView) => state === "running" && !active?.runIds.includes(id);
  return runs
    .filter((run) => isElsewhere(run) && run.arm !== "B")
    .sort((a, b) => a.id - b.id)
    .map((run) => jobOf(runs, run));
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

/** A run with its arm-mate, arm A first. */
export function jobOf(runs: readonly RunView[], run: RunView | undefined): RunView[] {
  if (!run) return [];
  if (run.experimentId === null) return [run];
  return runs.filter((other) => other.experimentId === run.experimentId).sort((a, b) => a.id - b.id);
}
