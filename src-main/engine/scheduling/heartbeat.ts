/** Every few seconds: this engine says in the record that it lives, and looks at what others did there or left behind. */
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { Store } from "../../store/open-store.ts";
import { staleMillis } from "../../store/owners.ts";
import type { Feed } from "../feed/feed.ts";
import { tellRuns } from "../feed/tell-runs.ts";
import type { Threads } from "../machine/threads.ts";
import type { Notices } from "../record/notices.ts";
import { isBusy, type Patience } from "../record/patience.ts";
import type { Waits } from "../waits.ts";
import type { Jobs } from "./jobs.ts";
import type { Queue } from "./queue.ts";

/** Runs of other engines that are told one by one. */
const mostWatched = 40;

export async function startHeartbeat(tools: {
  readonly engineId: string;
  readonly store: Store;
  readonly feed: Feed;
  readonly jobs: Jobs;
  readonly queue: Queue;
  readonly threads: Threads;
  readonly notices: Notices;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly log: Log;
  readonly waits: Waits;
}): Promise<{ stop(): Promise<void> }> {
  const { engineId, store, feed, jobs, queue, threads, notices, patience, clock, log, waits } = tools;
  const tell = (runIds: readonly number[]) => tellRuns(store, feed, runIds);
  let others: readonly number[] = [];
  let lastBeat = clock.monotonicMillis();

  /** What trains here and what the record says of it, brought together. */
  const settle = (): void => {
    const held = jobs.runIds;
    const recorded = store.owners.running(engineId);
    // While this engine slept, another took it for dead and the job up.
    for (const job of jobs.running)
      if (!recorded.some(({ runId }) => job.runIds.includes(runId)) && isOthers(job.runIds)) job.abandon();
    for (const { runId, wish } of recorded) {
      if (!held.includes(runId)) {
        // Its end could not be recorded when it came, for want of disk, say.
        store.runs.end(runId, "engine-died", null, clock.now().toISOString());
        tell([runId]);
      } else if (wish !== null) jobs.interrupt(runId, wish === "stop" ? "stopped-by-person" : "paused");
    }
  };
  const isOthers = (runIds: readonly number[]) => runIds.some((runId) => store.runs.find(runId)?.endReason === null);

  const beat = (): void => {
    const isAwake = clock.monotonicMillis() - lastBeat < staleMillis / 2;
    lastBeat = clock.monotonicMillis();
    store.owners.beat(engineId, process.pid, clock.now(), jobs.runIds);
    for (const { runIds, seconds } of jobs.running) store.runs.setAttempt(runIds, seconds);
    // After a sleep of the machine every heart stood still; the others are given until the next beat to say that they live.
    if (isAwake) {
      const taken = queue.takeUp();
      tell(taken);
      if (taken.length > 0) queue.tell();
    }
    settle();
    jobs.startNext();
    notices.nameUnreadable();
    if (!store.wasChangedElsewhere()) return;
    const unfinished = store.owners.unfinishedElsewhere(engineId, mostWatched + 1);
    // Those of the last look too: they may have ended since. Where another engine's queue is long, a snapshot tells of it all.
    if (Math.max(others.length, unfinished.length) > mostWatched) feed.renew();
    else tell([...others, ...unfinished]);
    queue.tell();
    threads.tell();
    others = unfinished;
  };
  await patience.untilFree(beat, waits.firstTries).catch((thrown: unknown) => {
    if (!isBusy(thrown)) throw thrown;
  });
  let beating: Promise<void> | null = null;
  const timer = setInterval(() => {
    beating ??= patience
      .untilFree(beat)
      .catch((thrown: unknown) => log.error({ err: thrown }, "heartbeat failed"))
      .finally(() => {
        beating = null;
      });
  }, waits.heartbeatMillis);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await beating;
    },
  };
}
