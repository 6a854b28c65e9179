/**
 * The threads that this machine lends to training: what a person chose, which the record keeps for every window and engine, unless this process was told
 * otherwise when it was started. A training process takes them at its start, so a choice counts from the next job that begins.
 */
import { availableParallelism } from "node:os";
import type { ThreadsChoice, ThreadsView } from "../../contract/machine.ts";
import { threadsChoiceFrom, threadsOfChoice } from "../../platform/threads.ts";
import type { Store } from "../../store/open-store.ts";
import type { Feed } from "../feed/feed.ts";

export interface Threads {
  view(): ThreadsView;
  /** For work that begins now. */
  count(): number;
  /** Variables of a training process that begins now. */
  environment(): NodeJS.ProcessEnv;
  choose(choice: ThreadsChoice): void;
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
  const inForce = () => fixed ?? store.machine.threads();
  const view = (): ThreadsView => ({
    choice: store.machine.threads(),
    fixed,
    threads: threadsOfChoice(inForce()),
    cores: availableParallelism(),
  });
  const tell = () => feed.publish({ kind: "threads", threads: view() });

  return {
    view,
    count: () => threadsOfChoice(inForce()),
    environment: () => ({ ...environment, STRATA_THREADS: String(inForce()) }),
    choose(choice) {
      store.transaction(() => store.machine.setThreads(choice));
      tell();
    },
    tell,
  };
}
