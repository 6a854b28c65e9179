/**
 * The queue as a person sees and moves it. An engine that stays (the app) takes up what others left: jobs that wait and belong to nobody, in their order, and
 * what was training in a sweep, before all of them. Anything else that was training is asked about first, and meanwhile the queue that was behind it waits.
 */
import { type QueueMove, type QueueView, toldJobs } from "../../contract/queue.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../store/open-store.ts";
import type { Search } from "../experiments/search.ts";
import type { Feed } from "../feed/feed.ts";
import { tellRuns } from "../feed/tell-runs.ts";
import type { Jobs } from "./jobs.ts";

export interface Queue {
  /** With the first so many jobs. */
  view(most?: number): QueueView;
  /** Whether nothing may begin now. */
  isHeld(): boolean;
  /** Tells every window how the queue stands. */
  tell(): void;
  hold(): void;
  goOn(): void;
  /** Moves the run and its arm-mate; nothing happens to one that no longer waits. */
  move(runId: number, to: QueueMove): void;
  /** Ends what waits of these runs. */
  end(runIds: readonly number[], reason: "stopped-by-person" | "paused"): void;
  /** What awaits an answer does not go on. */
  leave(): void;
  /** Looks for what engines that are gone left behind. @returns runs that changed */
  takeUp(): readonly number[];
}

export function createQueue(tools: {
  readonly engineId: string;
  /** Whether this engine stays, and so takes up what waits. */
  readonly keepsQueue: boolean;
  readonly store: Store;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly jobs: () => Jobs;
  readonly search: Search;
}): Queue {
  const { engineId, keepsQueue, store, feed, clock, jobs, search } = tools;
  /** Until the person said what becomes of the jobs that this queue was behind. */
  let waitsForAnswer = false;
  const held = (): QueueView["held"] => {
    if (store.queue.isHeld()) return "person";
    return waitsForAnswer && store.queue.awaitingAnswer().length > 0 ? "interrupted" : null;
  };
  const view = (most = toldJobs): QueueView => ({
    held: held(),
    jobs: store.queue.jobs(most),
    waiting: store.queue.count(),
    experimentIds: store.queue.experiments(),
  });
  // A command that trains one thing and ends does so whatever the app's queue does.
  const isHeld = () => keepsQueue && held() !== null;
  const tell = () => feed.publish({ kind: "queue", queue: view() });
  const changed = (): void => {
    jobs().startNext();
    tell();
  };

  return {
    view,
    isHeld,
    tell,
    hold() {
      store.queue.hold(clock.now().toISOString());
      changed();
    },
    goOn() {
      waitsForAnswer = false;
      store.queue.hold(null);
      changed();
    },
    move(runId, to) {
      store.queue.move(runId, to);
      changed();
    },
    end(runIds, reason) {
      const ended = store.transaction(() => {
        const waiting = runIds.filter((runId) => store.runs.standing(runId).state === "queued");
        for (const runId of waiting) store.runs.end(runId, reason, null, clock.now().toISOString());
        return waiting;
      });
      tellRuns(store, feed, ended);
      if (ended.length > 0) changed();
    },
    leave() {
      const left = store.queue.awaitingAnswer();
      store.transaction(() => {
        for (const runId of left) store.queue.leave(runId);
      });
      tellRuns(store, feed, left);
      changed();
    },
    takeUp() {
      return store.transaction(() => {
        const interrupted = store.owners.interruptOrphans(clock);
        if (!keepsQueue) return interrupted;
        const goingOn = store.queue.interruptedAmongMany();
        store.runs.requeueBlocks(goingOn, engineId);
        const claimed = store.queue.claim(engineId);
        if (claimed.length > 0 && jobs().runIds.length === 0 && store.queue.awaitingAnswer().length > 0)
          waitsForAnswer = true;
        return [...interrupted, ...goingOn, ...claimed, ...search.promote(interrupted)];
      });
    },
  };
}
