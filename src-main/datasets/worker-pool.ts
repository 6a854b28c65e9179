/** Threads for work on pictures. A pool is made for one piece of work and destroyed after it, so that nothing keeps the process alive. */
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { Piscina } from "piscina";
import { mostSilentMillis, noAnswer } from "../platform/in-time.ts";
import { threadsOf } from "../platform/threads.ts";
import { createReadWatch } from "../platform/watched-reads.ts";

/** Reading and decoding scale with the cores; above this many threads the disk is the limit, and each thread costs memory. */
const mostThreads = 8;

// Threads that use WebAssembly at once, as Node itself does to read TypeScript, now and then bring the whole process down when V8 replaces
// a much-called wrapper and frees the one before (nodejs/node#64500, V8 13.6). Wrappers that are never replaced are never freed.
setFlagsFromString("--wasm-wrapper-tiering-budget=1000000000");

const mostClosingMillis = 1_000;
const lookMillis = 250;

export interface WorkerPool<Task, Result> {
  readonly threads: number;
  run(task: Task): Promise<Result>;
  close(): Promise<void>;
}

/**
 * `worker` is a module whose default export takes a task and gives a result; both are copied between threads. Its threads read files at once and are watched:
 * where a disk does not answer, what is asked of the pool fails with `file.no-answer`.
 * @param mayUse threads; those of `STRATA_THREADS` unless named
 */
export function createWorkerPool<Task, Result>(worker: URL, mayUse = threadsOf()): WorkerPool<Task, Result> {
  const threads = Math.min(mostThreads, mayUse);
  const { reads, silentPath } = createReadWatch();
  const pool = new Piscina<Task, Result>({
    filename: worker.href,
    minThreads: 1,
    maxThreads: threads,
    workerData: { reads },
  });
  /** Of those who wait; a disk that does not answer one task does not answer the others. */
  const waiting = new Set<(reason: unknown) => void>();
  const watch = setInterval(() => {
    const path = silentPath(performance.now(), mostSilentMillis());
    if (path !== null) for (const reject of waiting) reject(noAnswer(path));
  }, lookMillis).unref();
  return {
    threads,
    run(task) {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      waiting.add(reject);
      pool.run(task).then(resolve, reject);
      return promise.finally(() => waiting.delete(reject));
    },
    async close() {
      clearInterval(watch);
      // A thread ends once its reads have returned, and some never do.
      await Promise.race([pool.destroy(), pause(mostClosingMillis, undefined, { ref: false })]);
    },
  };
}

/**
 * Does `work` over the items, at most `lanes` at a time. After a failure no further item is taken, and the first failure is thrown
 * once everything under way has settled.
 */
export async function inLanes<Item>(
  items: Iterable<Item>,
  lanes: number,
  work: (item: Item, laneIndex: number) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const lane = async (laneIndex: number) => {
    while (failures.length === 0) {
      const next = iterator.next();
      if (next.done) return;
      try {
        await work(next.value, laneIndex);
      } catch (failure) {
        failures.push(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, laneIndex) => lane(laneIndex)));
  if (failures.length > 0) throw failures[0];
}

/** The items in runs of `size`, in order. */
export function* chunksOf<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
