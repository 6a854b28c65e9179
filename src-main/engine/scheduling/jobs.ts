/**
 * One job trains at a time; which comes next is the record's to say. A data set is opened when its job's turn comes: where that fails, the job's runs end with
 * the reason, and the next begins.
 */
import type { JobProgress } from "../../contract/events.ts";
import type { WaitingJob } from "../../store/queue.ts";
import type { DatasetLibrary } from "../datasets/dataset-library.ts";
import { tellRuns } from "../feed/tell-runs.ts";
import { isBusy } from "../record/patience.ts";
import {
  type Job,
  type JobTools,
  processErrorOf,
  type RunningJob,
  runJob,
  startingProgress,
} from "../trainer/run-job.ts";

export interface Jobs {
  /** Of what trains here or is about to. */
  readonly active: JobProgress | null;
  /** Memory of the process that trains; 0 where none does. */
  readonly heldBytes: number;
  /** How long the job that trains here has; 0 where none does. */
  readonly seconds: number;
  /** Runs that train here. */
  readonly runIds: readonly number[];
  /** Runs that train here or are about to: their pictures are being looked at. */
  readonly runIdsSoon: readonly number[];
  /** Begins the first job that waits for this engine, unless one trains already. Call whenever something may have changed that. */
  startNext(): void;
  /** Ends what trains, if the run is of it, for good or until it goes on. */
  interrupt(runId: number, reason: "stopped-by-person" | "paused"): void;
  /** Kills what trains and records nothing more of it: another engine has taken it up. */
  abandon(): void;
  /** Ends what trains; what waits stays in the record's queue. Resolves within `limitMillis` and the moment a killed process takes to go. */
  close(limitMillis: number): Promise<void>;
}

export function createJobs(
  tools: JobTools & {
    readonly engineId: string;
    readonly datasets: DatasetLibrary;
    readonly isHeld: () => boolean;
    /** The queue is another than it was. */
    readonly onChange: () => void;
  },
): Jobs {
  const { store, feed, clock, log, signal, engineId, datasets, isHeld, onChange } = tools;
  let active: RunningJob | null = null;
  let opening: { readonly progress: JobProgress; readonly stop: AbortController } | null = null;
  let isClosed = false;

  const open = async (runIds: WaitingJob, stop: AbortSignal): Promise<Job> => {
    const runs = runIds.map(store.runs.get);
    const [first] = runs as [(typeof runs)[number]];
    const { dataset } = await datasets.openFor(first, AbortSignal.any([stop, signal]));
    const isResumed = first.startedAt !== null;
    return { runIds, arms: runs.map(({ configuration }) => configuration), dataset, isResumed };
  };
  const failWaiting = (runIds: WaitingJob, thrown: unknown): void => {
    log.warn({ err: thrown, runIds }, "a job could not begin");
    store.transaction(() => {
      const isOurs = store.queue.jobsOf(engineId).some((job) => job[0] === runIds[0]);
      if (!isOurs) return;
      for (const runId of runIds) store.runs.end(runId, "error", processErrorOf(thrown), clock.now().toISOString());
    });
    tellRuns(store, feed, runIds);
  };
  const begin = (job: Job): void => {
    const isOurs = store.transaction(() => store.queue.begin(job.runIds, engineId, clock.now().toISOString()));
    if (!isOurs) return;
    const running = runJob(job, tools);
    active = running;
    const next = (): void => {
      active = null;
      feed.publish({ kind: "progress", progress: null });
      startNext();
    };
    running.done.then(next).catch((thrown: unknown) => log.error({ err: thrown }, "the next job could not begin"));
  };
  const openAndBegin = async (runIds: WaitingJob): Promise<void> => {
    const progress = startingProgress(runIds, store.runs.find(runIds[0]!)?.configuration.training.epochs ?? 0);
    const stop = new AbortController();
    opening = { progress, stop };
    feed.publish({ kind: "progress", progress });
    try {
      const job = await open(runIds, stop.signal);
      // Meanwhile the person may have held the queue, or the engine may have been told to end.
      if (!isClosed && !isHeld()) begin(job);
    } catch (thrown) {
      // It still waits, and the next heartbeat tries again.
      if (isBusy(thrown)) return;
      // One that was stopped has its end recorded already.
      if (!isClosed && !stop.signal.aborted) failWaiting(runIds, thrown);
    } finally {
      opening = null;
      if (active === null) feed.publish({ kind: "progress", progress: null });
    }
    if (isClosed) return;
    onChange();
    startNext();
  };
  const startNext = (): void => {
    if (active !== null || opening !== null || isClosed || isHeld()) return;
    const [next] = store.queue.jobsOf(engineId);
    if (!next) return;
    openAndBegin(next).catch((thrown: unknown) => {
      // It still waits, and the next heartbeat tries again.
      log.error({ err: thrown, runIds: next }, "the start of a job could not be recorded");
    });
  };

  return {
    get active() {
      return active?.progress ?? opening?.progress ?? null;
    },
    get heldBytes() {
      return active?.heldBytes ?? 0;
    },
    get seconds() {
      return active?.seconds ?? 0;
    },
    get runIds() {
      return active?.runIds ?? [];
    },
    get runIdsSoon() {
      return active?.runIds ?? opening?.progress.runIds ?? [];
    },
    startNext,
    interrupt(runId, reason) {
      if (active?.runIds.includes(runId)) active.interrupt(reason);
      else if (opening?.progress.runIds.includes(runId)) opening.stop.abort();
    },
    abandon() {
      active?.abandon();
    },
    async close(limitMillis) {
      isClosed = true;
      const running = active;
      if (running === null) return;
      running.interrupt("engine-closed");
      const timer = setTimeout(() => running.kill(), limitMillis);
      await running.done;
      clearTimeout(timer);
    },
  };
}
