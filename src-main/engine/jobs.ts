/** One job trains at a time; the others wait in the order in which they came. */
import type { JobProgress } from "../contract/events.ts";
import type { Interruption } from "../training/job.ts";
import { type Job, type JobTools, type RunningJob, runJob } from "./run-job.ts";

export interface Jobs {
  readonly active: JobProgress | null;
  /** Memory of the process that trains; 0 where none does. */
  readonly heldBytes: number;
  /** Runs that wait or train here. */
  readonly runIds: readonly number[];
  add(job: Job): void;
  /** Ends the run and its arm-mate, for good or until they go on. A run that neither waits nor trains here is left alone. */
  interrupt(runId: number, reason: "stopped-by-person" | "paused"): void;
  /** Ends what trains and empties the queue. Resolves within `limitMillis` and the moment a killed process takes to go. */
  close(limitMillis: number): Promise<void>;
}

export function createJobs(tools: JobTools): Jobs {
  const { store, feed, clock } = tools;
  const queue: Job[] = [];
  let active: RunningJob | null = null;
  let isClosed = false;

  const startNext = (): void => {
    if (active !== null || isClosed) return;
    const job = queue.shift();
    if (!job) return;
    const running = runJob(job, tools);
    active = running;
    void running.done.then(() => {
      active = null;
      feed.publish({ kind: "progress", progress: null });
      startNext();
    });
  };
  const endQueued = (job: Job, reason: Interruption): void => {
    store.transaction(() => {
      for (const runId of job.runIds) store.runs.end(runId, reason, null, clock.now().toISOString());
    });
    for (const runId of job.runIds) feed.publish({ kind: "run", run: store.runs.get(runId) });
  };

  return {
    get active() {
      return active?.progress ?? null;
    },
    get heldBytes() {
      return active?.heldBytes ?? 0;
    },
    get runIds() {
      return [...(active?.runIds ?? []), ...queue.flatMap((job) => job.runIds)];
    },
    add(job) {
      queue.push(job);
      startNext();
    },
    interrupt(runId, reason) {
      if (active?.runIds.includes(runId)) active.interrupt(reason);
      const index = queue.findIndex((job) => job.runIds.includes(runId));
      const [waiting] = index < 0 ? [] : queue.splice(index, 1);
      if (waiting) endQueued(waiting, reason);
    },
    async close(limitMillis) {
      isClosed = true;
      for (const job of queue.splice(0)) endQueued(job, "engine-closed");
      const running = active;
      if (running === null) return;
      running.interrupt("engine-closed");
      const timer = setTimeout(() => running.kill(), limitMillis);
      await running.done;
      clearTimeout(timer);
    },
  };
}
