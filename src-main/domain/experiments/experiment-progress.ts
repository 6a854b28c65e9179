/** How far an experiment is, by its runs and the jobs of it that are going. */
import type { JobProgress } from "../../contract/events.ts";
import type { RunView } from "../../contract/run.ts";
import { blockKey } from "./blocks.ts";

export interface ExperimentProgress {
  readonly id: number;
  readonly runs: number;
  readonly over: number;
  /** From the mean of its finished runs; null before there is one, or where a job cannot say yet how long it has left. */
  readonly secondsLeft: number | null;
  /** The finished run with the best top-1 on the validation pictures; null while none has any. */
  readonly best: { readonly run: RunView; readonly top1: number } | null;
}

/** @param active all that is going in this engine */
export function experimentProgress(
  id: number,
  all: readonly RunView[],
  active: readonly JobProgress[],
): ExperimentProgress {
  const runs = all.filter(({ experiment }) => experiment?.id === id);
  const finished = runs.filter(({ state }) => state === "finished");
  const waiting = new Set(runs.filter(({ state }) => state === "queued").map(blockKey)).size;
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
      .reduce<ExperimentProgress["best"]>((best, one) => (best === null || one.top1 > best.top1 ? one : best), null),
  };
}

function sumOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
