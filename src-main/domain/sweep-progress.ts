/** How far a sweep is, by its runs and the jobs of it that are going. */
import type { JobProgress } from "../contract/events.ts";
import type { RunView } from "../contract/run.ts";

export interface SweepProgress {
  readonly id: number;
  readonly runs: number;
  readonly over: number;
  /** From the mean of its finished runs; null before there is one, or where a job cannot say yet how long it has left. */
  readonly secondsLeft: number | null;
  /** The finished run with the best top-1 on the validation pictures; null while none has any. */
  readonly best: { readonly run: RunView; readonly top1: number } | null;
}

/** @param active all that is going in this engine */
export function sweepProgress(id: number, all: readonly RunView[], active: readonly JobProgress[]): SweepProgress {
  const runs = all.filter(({ sweepId }) => sweepId === id);
  const finished = runs.filter(({ state }) => state === "finished");
  const waiting = runs.filter(({ state }) => state === "queued").length;
  const going = active.filter((job) => job.runIds.some((runId) => runs.some((run) => run.id === runId)));
  const seconds = finished.flatMap((run) => run.seconds ?? []);
  const left = going.map(({ secondsLeft }) => secondsLeft);
  const isKnown = seconds.length > 0 && left.every((one) => one !== null);
  const mean = sumOf(seconds) / seconds.length;
  return {
    id,
    runs: runs.length,
    over: runs.filter(({ endReason }) => endReason !== null).length,
    secondsLeft: isKnown ? (sumOf(left) + waiting * mean) / Math.max(1, going.length) : null,
    best: finished
      .flatMap((run) => (run.validation?.top1 === undefined ? [] : { run, top1: run.validation.top1 }))
      .reduce<SweepProgress["best"]>((best, one) => (best === null || one.top1 > best.top1 ? one : best), null),
  };
}

function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
