/**
 * The threads that this machine lends to training: what a person chose, which the record keeps for every window and engine, unless this process was told
 * otherwise when it was started. A training process takes them at its start, so a choice counts from the next job that begins.
 */
import { availableParallelism } from "node:os";
import type { RunsAtOnce, ThreadsChoice, ThreadsView } from "../../contract/machine.ts";
import type { Machine } from "../../domain/experiments/side-by-side.ts";
import { runsAtOnceFrom, threadsChoiceFrom, threadsOfChoice } from "../../platform/threads.ts";
import type { Store } from "../../store/open-store.ts";
import type { Feed } from "../feed/feed.ts";

export interface Threads {
  view(): ThreadsView;
  /** For work that begins now. */
  count(): number;
  /** What jobs side by side have together: a person may want more of them at once than there are threads. */
  forJobs(): Pick<Machine, "threads" | "mostJobs">;
  /** Variables of a training process that begins now, on so many threads where it is held to them, and never on more than are lent. */
  environment(threads?: number | null): NodeJS.ProcessEnv;
  choose(choice: ThreadsChoice): void;
  /** How many runs of one experiment may train side by side. */
  runsAtOnce(): RunsAtOnce;
  chooseRunsAtOnce(choice: RunsAtOnce): void;
  /** Tells every window how it stands. */
  tell(): void;
}

/** @param tools.environment what training processes have otherwise than this one */
export function createThreads(tools: {
  readonly store: Store;
  readonly feed: Feed;
  readonly environment: NodeJS.ProcessEnv | undefined;
}): Threads {
  const { store, feed, environment } = tools;
  const fixed = threadsChoiceFrom({ ...process.env, ...environment }.STRATA_THREADS);
  const fixedRunsAtOnce = runsAtOnceFrom({ ...process.env, ...environment }.STRATA_RUNS_AT_ONCE);
  const inForce = () => fixed ?? store.machine.threads();
  const count = () => threadsOfChoice(inForce());
  const runsAtOnce = () => fixedRunsAtOnce ?? store.machine.runsAtOnce();
  const view = (): ThreadsView => ({
    choice: store.machine.threads(),
    fixed,
    threads: count(),
    cores: availableParallelism(),
    runsAtOnce: { choice: store.machine.runsAtOnce(), fixed: fixedRunsAtOnce },
  });
  const tell = () => feed.publish({ kind: "threads", threads: view() });

  return {
    view,
    count,
    forJobs() {
      const wanted = runsAtOnce();
      return wanted === "fastest"
        ? { threads: count(), mostJobs: null }
        : { threads: Math.max(count(), wanted), mostJobs: wanted };
    },
    environment: (threads = null) => ({
      ...environment,
      STRATA_THREADS: String(threads === null ? inForce() : Math.min(threads, count())),
    }),
    choose(choice) {
      store.transaction(() => store.machine.setThreads(choice));
      tell();
    },
    runsAtOnce,
    chooseRunsAtOnce(choice) {
      store.transaction(() => store.machine.setRunsAtOnce(choice));
      tell();
    },
    tell,
  };
}
