/**
 * What happens, told to every window a few times a second at most. Between two deliveries the news of one kind is put together: points are joined,
 * of progress and of a run only the latest counts. A window that does not keep up is not fed from an ever longer list: it is sent a fresh snapshot,
 * which tells it to ask for the series again.
 */
import type { EngineEvent, JobProgress } from "../../contract/events.ts";
import type { ThreadsView } from "../../contract/machine.ts";
import type { MetricPoint, StepTime } from "../../contract/metric.ts";
import type { EngineNotice } from "../../contract/notice.ts";
import type { QueueView } from "../../contract/queue.ts";
import type { RunView } from "../../contract/run.ts";
import { usualWaits } from "../waits.ts";

export interface Feed {
  publish(event: EngineEvent): void;
  /** So much has changed that every window is sent a fresh snapshot. */
  renew(): void;
  /** A snapshot first, then everything until `signal` aborts or the feed closes. */
  subscribe(signal: AbortSignal): AsyncIterable<EngineEvent>;
  close(): void;
}

export interface FeedOptions {
  readonly snapshot: () => EngineEvent & { kind: "snapshot" };
  /** Shortest time between two deliveries to one window. */
  readonly intervalMillis?: number;
  /** Points that may wait for one window. */
  readonly mostPoints?: number;
  /** Runs that are told one by one; where more have changed, a snapshot tells of all. */
  readonly mostRuns?: number;
}

type Limits = Required<Pick<FeedOptions, "mostPoints" | "mostRuns">>;

export function createFeed(options: FeedOptions): Feed {
  const { snapshot, intervalMillis = usualWaits.newsMillis, mostPoints = 20_000, mostRuns = 500 } = options;
  const limits = { mostPoints, mostRuns };
  const subscribers = new Set<Subscriber>();
  const closing = new AbortController();

  async function* deliver(subscriber: Subscriber, signal: AbortSignal): AsyncGenerator<EngineEvent> {
    try {
      while (!signal.aborted) {
        await subscriber.arrival(signal);
        if (signal.aborted) return;
        const events = subscriber.pending.isBehind ? [snapshot()] : eventsOf(subscriber.pending);
        subscriber.pending = nothing();
        yield* events;
        await pause(intervalMillis, signal);
      }
    } finally {
      subscribers.delete(subscriber);
    }
  }

  return {
    publish(event) {
      for (const subscriber of subscribers) subscriber.add(event, limits);
    },
    renew() {
      for (const subscriber of subscribers) subscriber.renew();
    },
    subscribe(signal) {
      // Joined before the snapshot is taken, so that nothing falls between the two.
      const subscriber = createSubscriber();
      subscribers.add(subscriber);
      return deliver(subscriber, AbortSignal.any([signal, closing.signal]));
    },
    close() {
      closing.abort();
    },
  };
}

interface Pending {
  /** Set at first, and when too much is waiting: the next delivery is a snapshot. */
  isBehind: boolean;
  removed: number[];
  runs: Map<number, RunView>;
  points: Map<number, MetricPoint[]>;
  times: Map<number, StepTime[]>;
  pointCount: number;
  /** Undefined: no news. */
  active: readonly JobProgress[] | undefined;
  queue: QueueView | undefined;
  threads: ThreadsView | undefined;
  notices: readonly EngineNotice[] | undefined;
  scanning: (EngineEvent & { kind: "scanning" }) | undefined;
  writingOut: (EngineEvent & { kind: "writing-out" }) | undefined;
  scanningPixels: (EngineEvent & { kind: "scanning-pixels" }) | undefined;
}

function nothing(): Pending {
  return {
    isBehind: false,
    removed: [],
    runs: new Map(),
    points: new Map(),
    times: new Map(),
    pointCount: 0,
    active: undefined,
    queue: undefined,
    threads: undefined,
    notices: undefined,
    scanning: undefined,
    writingOut: undefined,
    scanningPixels: undefined,
  };
}

function eventsOf({
  removed,
  runs,
  points,
  times,
  active,
  queue,
  threads,
  notices,
  scanning,
  writingOut,
  scanningPixels,
}: Pending): readonly EngineEvent[] {
  const events: EngineEvent[] = [];
  if (scanning) events.push(scanning);
  if (writingOut) events.push(writingOut);
  if (scanningPixels) events.push(scanningPixels);
  if (removed.length > 0) events.push({ kind: "runs-removed", runIds: removed });
  // Points first: a run that is told to be over is complete.
  for (const [runId, joined] of points) events.push({ kind: "points", runId, points: joined });
  for (const [runId, joined] of times) events.push({ kind: "times", runId, times: joined });
  for (const run of runs.values()) events.push({ kind: "run", run });
  if (queue) events.push({ kind: "queue", queue });
  if (threads) events.push({ kind: "threads", threads });
  if (notices) events.push({ kind: "notices", notices });
  if (active !== undefined) events.push({ kind: "progress", active });
  return events;
}

interface Subscriber {
  pending: Pending;
  add(event: EngineEvent, limits: Limits): void;
  renew(): void;
  /** Resolves when something is waiting, or the signal aborts. */
  arrival(signal: AbortSignal): Promise<void>;
}

function createSubscriber(): Subscriber {
  let hasNews = true;
  let wake: (() => void) | null = null;
  const arrived = (): void => {
    hasNews = true;
    wake?.();
  };
  const subscriber: Subscriber = {
    pending: { ...nothing(), isBehind: true },
    add(event, limits) {
      join(subscriber.pending, event, limits);
      arrived();
    },
    renew() {
      fallBehind(subscriber.pending);
      arrived();
    },
    async arrival(signal) {
      if (!hasNews) {
        await new Promise<void>((resolve) => {
          wake = () => {
            signal.removeEventListener("abort", resolveOnAbort);
            resolve();
          };
          const resolveOnAbort = () => wake?.();
          signal.addEventListener("abort", resolveOnAbort, { once: true });
        });
        wake = null;
      }
      hasNews = false;
    },
  };
  return subscriber;
}

function join(pending: Pending, event: EngineEvent, { mostPoints, mostRuns }: Limits): void {
  if (pending.isBehind) return;
  switch (event.kind) {
    case "snapshot":
      pending.isBehind = true;
      return;
    case "run":
      pending.runs.set(event.run.id, event.run);
      if (pending.runs.size > mostRuns) fallBehind(pending);
      return;
    case "points": {
      const waiting = pending.points.get(event.runId) ?? [];
      waiting.push(...event.points);
      pending.points.set(event.runId, waiting);
      pending.pointCount += event.points.length;
      if (pending.pointCount > mostPoints) fallBehind(pending);
      return;
    }
    case "times":
      pending.times.set(event.runId, [...(pending.times.get(event.runId) ?? []), ...event.times]);
      return;
    case "progress":
      pending.active = event.active;
      return;
    case "queue":
      pending.queue = event.queue;
      return;
    case "threads":
      pending.threads = event.threads;
      return;
    case "notices":
      pending.notices = event.notices;
      return;
    case "scanning":
      pending.scanning = event;
      return;
    case "writing-out":
      pending.writingOut = event;
      return;
    case "scanning-pixels":
      pending.scanningPixels = event;
      return;
    case "runs-removed":
      pending.removed.push(...event.runIds);
      for (const runId of event.runIds) pending.runs.delete(runId);
      return;
  }
}

/** What waits is let go: the snapshot tells it all. */
function fallBehind(pending: Pending): void {
  Object.assign(pending, { ...nothing(), isBehind: true });
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, millis);
    signal.addEventListener("abort", finish, { once: true });
  });
}
