/** Which of its faces the Live page shows. */
import type { JobProgress } from "../../../src-main/contract/events.ts";
import type { QueueView } from "../../../src-main/contract/queue.ts";
import type { RunView } from "../../../src-main/contract/run.ts";

export type LiveView =
  | { readonly kind: "loading" }
  /** Nothing is going; `latest` is the newest run's job, to look back at. */
  | { readonly kind: "idle"; readonly latest: readonly RunView[] }
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

/** A run with its arm-mate, arm A first. */
export function jobOf(runs: readonly RunView[], run: RunView | undefined): RunView[] {
  if (!run) return [];
  if (run.experimentId === null) return [run];
  return runs.filter((other) => other.experimentId === run.experimentId).sort((a, b) => a.id - b.id);
}
