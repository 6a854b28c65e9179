/** Every two seconds: this engine says in the record that it lives, and looks at what others did there. */
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Store } from "../store/open-store.ts";
import { heartbeatMillis } from "../store/owners.ts";
import type { Feed } from "./feed.ts";
import type { Jobs } from "./jobs.ts";

export function startHeartbeat(tools: {
  readonly engineId: string;
  readonly store: Store;
  readonly feed: Feed;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Log;
}): { stop(): void } {
  const { engineId, store, feed, jobs, clock, log } = tools;
  const tell = (runIds: readonly number[]) => {
    for (const runId of runIds) {
      const run = store.runs.find(runId);
      if (run !== null) feed.publish({ kind: "run", run });
    }
  };
  let others: readonly number[] = [];

  const beat = (): void => {
    const held = jobs.runIds;
    store.owners.beat(engineId, process.pid, clock.now(), held);
    tell(store.owners.interruptOrphans(clock.now()));
    for (const { runId, wish } of store.owners.unfinished(engineId)) {
      if (!held.includes(runId)) {
        // Its end could not be recorded when it came, for want of disk, say.
        store.runs.end(runId, "engine-died", null, clock.now().toISOString());
        tell([runId]);
      } else if (wish !== null) jobs.interrupt(runId, wish === "stop" ? "stopped-by-person" : "paused");
    }
    if (!store.wasChangedElsewhere()) return;
    const unfinished = store.owners.unfinishedElsewhere(engineId);
    // Those of the last look too: they may have ended since.
    tell([...others, ...unfinished]);
    others = unfinished;
  };
  const timer = setInterval(() => {
    try {
      beat();
    } catch (thrown) {
      log.error({ err: thrown }, "heartbeat failed");
    }
  }, heartbeatMillis);
  timer.unref();
  beat();
  return { stop: () => clearInterval(timer) };
}
