/**
 * An engine in a process of its own that scans folders: `node --expose-gc engine-process.ts <home>`. Tells of each scan how long it took, how long its event loop stood
 * still at most.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { createEngine } from "../../../src-main/engine/create-engine.ts";
import { pathsOf } from "../../../src-main/platform/paths.ts";

export interface AskedScan {
  readonly path: string;
  /** Stop once so many pictures were looked at, zero while folders are listed; null scans to the end. */
  readonly stopAt: number | null;
  /** Whether to tell what is left in memory once everything that nobody needs is collected. */
  readonly collects: boolean;
}
export interface ScanTold {
  readonly millis: number;
  /** From the stop to the answer; null where nothing was stopped. */
  readonly stoppedAfterMillis: number | null;
  readonly pictures: number;
  readonly longestBlockMillis: number;
  /** The most that the engine's thread computed between two turns: the same, whatever else the machine does. */
  readonly longestTurnMillis: number;
  /** Null where nothing was collected. */
  readonly liveHeapBytes: number | null;
}

const [home] = process.argv.slice(2);
if (!home) throw new Error("Name a home.");
const engine = await createEngine({ paths: pathsOf(home), version: "bench" });
const delay = monitorEventLoopDelay({ resolution: 1 });

async function scan({ path, stopAt, collects }: AskedScan): Promise<ScanTold> {
  const stop = new AbortController();
  let stoppedAt: number | null = null;
  const done = new AbortController();
  const events = engine.feed.subscribe(done.signal);
  const following = (async () => {
    for await (const event of events) {
      if (event.kind !== "scanning" || stopAt === null || stoppedAt !== null || event.done < stopAt) continue;
      stoppedAt = performance.now();
      stop.abort(new Error("stopped"));
    }
  })();
  delay.reset();
  delay.enable();
  let longestTurnMicros = 0;
  let last = process.threadCpuUsage();
  const turns = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    longestTurnMicros = Math.max(longestTurnMicros, user + system);
    last = process.threadCpuUsage();
  }, 1);
  const begun = performance.now();
  const view = await engine.datasets
    .inspect({ kind: "folder", path }, stop.signal)
    .catch((thrown: unknown) => (stop.signal.aborted ? null : Promise.reject(thrown)));
  const millis = performance.now() - begun;
  const stoppedAfterMillis = stoppedAt === null ? null : performance.now() - stoppedAt;
  done.abort();
  await following;
  // What it stood still for until now is counted with the next beat.
  await pause(100);
  delay.disable();
  clearInterval(turns);
  const { train = 0, validation = 0, test = 0 } = view?.counts ?? {};
  if (collects) globalThis.gc?.();
  return {
    liveHeapBytes: collects ? process.memoryUsage().heapUsed : null,
    ...{ millis, stoppedAfterMillis, pictures: train + validation + test },
    ...{ longestBlockMillis: delay.max / 1e6, longestTurnMillis: longestTurnMicros / 1e3 },
  };
}

process.on("disconnect", () => process.exit(0));
// The other end is the bench, which sends what its types say.
process.on("message", async (asked) => process.send?.(await scan(asked as AskedScan)));
process.send?.("ready");
