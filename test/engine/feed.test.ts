import { describe, expect, it } from "vitest";
import type { EngineEvent } from "../../src-main/contract/events.ts";
import type { MetricPoint } from "../../src-main/contract/metric.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { createFeed } from "../../src-main/engine/feed/feed.ts";

const threads = {
  choice: "all",
  fixed: null,
  threads: 2,
  cores: 2,
  runsAtOnce: { choice: "fastest", fixed: null },
} as const;
const snapshot = () =>
  ({
    kind: "snapshot",
    active: [],
    queue: { held: null, jobs: [], waiting: 0, experimentIds: [] },
    threads,
    runs: [],
  }) as const;
const point = (step: number): MetricPoint => ({
  metric: "hardLoss",
  split: "train",
  cadence: "batch",
  step,
  epoch: 1,
  value: 1,
});
const points = (runId: number, ...steps: number[]): EngineEvent => ({
  kind: "points",
  runId,
  points: steps.map(point),
});
const looking = (done: number): EngineEvent => ({ kind: "scanning", path: "/a", done, total: null });
const lookingAtPixels = (done: number): EngineEvent => ({ kind: "scanning-pixels", datasetId: 1, done, total: 9 });

function listen(feed: ReturnType<typeof createFeed>) {
  const done = new AbortController();
  const events = feed.subscribe(done.signal)[Symbol.asyncIterator]();
  const next = async () => (await events.next()).value as EngineEvent | undefined;
  return { next, stop: () => done.abort() };
}

describe("the feed", () => {
  it("begins with a snapshot and then tells what happens", async () => {
    const feed = createFeed({ snapshot, intervalMillis: 0 });
    const window = listen(feed);
    expect(await window.next()).toEqual(snapshot());
    const arrival = window.next();
    feed.publish(points(1, 1));
    expect(await arrival).toEqual(points(1, 1));
  });

  it("joins points and keeps only the latest of what replaces itself", async () => {
    const feed = createFeed({ snapshot, intervalMillis: 0 });
    const window = listen(feed);
    await window.next();
    for (const event of [
      points(1, 1),
      points(2, 1),
      looking(1),
      lookingAtPixels(1),
      points(1, 2, 3),
      looking(2),
      lookingAtPixels(2),
    ])
      feed.publish(event);
    expect(await window.next()).toEqual(looking(2));
    expect(await window.next()).toEqual(lookingAtPixels(2));
    expect(await window.next()).toEqual(points(1, 1, 2, 3));
    expect(await window.next()).toEqual(points(2, 1));
  });

  it("tells of many runs that changed at once by one snapshot", async () => {
    const feed = createFeed({ snapshot, intervalMillis: 0, mostRuns: 2 });
    const window = listen(feed);
    await window.next();
    const change = (id: number) => feed.publish({ kind: "run", run: { id } as RunView });
    for (const id of [1, 2, 2]) change(id);
    expect([(await window.next())?.kind, (await window.next())?.kind]).toEqual(["run", "run"]);
    for (const id of [1, 2, 3, 4]) change(id);
    feed.publish(looking(1));
    expect(await window.next()).toEqual(snapshot());
    feed.publish(looking(2));
    expect(await window.next()).toEqual(looking(2));
  });

  it("tells only the latest choice of threads", async () => {
    const feed = createFeed({ snapshot, intervalMillis: 0 });
    const window = listen(feed);
    await window.next();
    feed.publish({ kind: "threads", threads });
    feed.publish({ kind: "threads", threads: { ...threads, choice: "all-but-one", threads: 1 } });
    feed.publish(points(1, 1));
    expect(await window.next()).toEqual(points(1, 1));
    expect(await window.next()).toMatchObject({ kind: "threads", threads: { choice: "all-but-one", threads: 1 } });
  });

  it("sends a fresh snapshot to a window that fell too far behind, and goes on from there", async () => {
    const feed = createFeed({ snapshot, intervalMillis: 0, mostPoints: 3 });
    const window = listen(feed);
    await window.next();
    feed.publish(points(1, 1, 2));
    feed.publish(points(1, 3, 4));
    feed.publish(points(1, 5));
    expect(await window.next()).toEqual(snapshot());
    feed.publish(points(1, 6));
    expect(await window.next()).toEqual(points(1, 6));
  });

  it("ends for a window that goes away, and for all when it closes", async () => {
    const feed = createFeed({ snapshot, intervalMillis: 0 });
    const gone = listen(feed);
    const stays = listen(feed);
    await gone.next();
    await stays.next();
    const lastOfGone = gone.next();
    gone.stop();
    expect(await lastOfGone).toBeUndefined();
    const lastOfStaying = stays.next();
    feed.close();
    expect(await lastOfStaying).toBeUndefined();
  });
});
