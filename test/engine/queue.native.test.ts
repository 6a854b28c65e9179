import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "../../src-main/engine/create-engine.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { pictures, writeFiles } from "../support/picture-folder.ts";
import { recordRuns } from "../support/recorded.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { eventWhere, requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

let home: string;
const open: TestEngine[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "strata-queue-"));
});
afterEach(async () => {
  for (const test of open.splice(0)) await test.close();
  await rm(home, { recursive: true, force: true });
});

const start = async (keepsQueue: boolean): Promise<Engine> => {
  const test = await startEngine({ paths: pathsOf(home), keepsQueue });
  open.push(test);
  return test.engine;
};
const train = async (engine: Engine, seed: number): Promise<number> =>
  (await engine.scheduling.start(requestFor(seed))).runIds[0]!;
const inOrder = (engine: Engine, runIds: readonly number[]): readonly number[] =>
  runIds.toSorted((a, b) => Date.parse(engine.runs.get(a).startedAt!) - Date.parse(engine.runs.get(b).startedAt!));

it("a run that waits for an engine which is gone can be gone on with from anywhere, as a command does", async () => {
  const before = await start(true);
  before.queue.hold();
  const runId = await train(before, scripts.trainsToTheEnd);
  const other = await start(false);
  await expect(other.scheduling.resume(runId)).rejects.toThrow(expect.objectContaining({ code: "run.active" }));
  await before.close();
  await other.scheduling.resume(runId);
  expect(await whenOver(other, runId)).toMatchObject({ state: "finished", endReason: "completed" });
});

/** An engine that closed while one run trained and two waited, the second before the first. @returns these runs */
async function closedWithTwoWaiting(): Promise<[number, number, number]> {
  const engine = await start(true);
  const training = await train(engine, scripts.waitsAtStepThree);
  const first = await train(engine, scripts.trainsToTheEnd);
  const second = await train(engine, scripts.trainsToTheEnd);
  await whenAtStep(engine, training, 3);
  engine.queue.move(second, "front");
  await engine.close();
  return [training, first, second];
}

describe("a queue whose engine ended", () => {
  it("is left alone by a command that trains one thing and ends", async () => {
    const [, first, second] = await closedWithTwoWaiting();
    const command = await start(false);
    const own = await train(command, scripts.trainsToTheEnd);
    expect(await whenOver(command, own)).toMatchObject({ state: "finished" });
    expect(command.queue.view()).toMatchObject({ held: null, jobs: [[second], [first]] });
  });

  it("is taken up by the next app, which asks about the run that trained before anything begins", async () => {
    const [training, first, second] = await closedWithTwoWaiting();
    const app = await start(true);
    expect(app.runs.get(training)).toMatchObject({ state: "interrupted", awaitsAnswer: true, isResumable: true });
    expect(app.queue.view()).toMatchObject({ held: "interrupted", jobs: [[second], [first]] });

    app.queue.leave();
    await whenOver(app, first);
    expect(app.runs.get(second).state).toBe("finished");
    expect(inOrder(app, [first, second])).toEqual([second, first]);
    expect(app.runs.get(training)).toMatchObject({ state: "interrupted", awaitsAnswer: false, isResumable: true });
  });

  it("goes on behind that run when it goes on", async () => {
    const [training, first, second] = await closedWithTwoWaiting();
    const app = await start(true);
    await app.scheduling.resume(training);
    await whenAtStep(app, training, 3);
    expect(app.runs.get(training)).toMatchObject({ awaitsAnswer: false, resumed: { step: 0 } });
    expect(app.queue.view()).toMatchObject({ held: null, jobs: [[second], [first]] });
    app.scheduling.stop(training);
    await whenOver(app, first);
    expect([first, second].map((runId) => app.runs.get(runId).state)).toEqual(["finished", "finished"]);
  });
});

describe("a queue that a person holds", () => {
  it("begins nothing until it goes on, in the next app too", async () => {
    const engine = await start(true);
    engine.queue.hold();
    const waiting = await train(engine, scripts.trainsToTheEnd);
    expect(engine.runs.get(waiting).state).toBe("queued");
    await engine.close();
    const next = await start(true);
    expect(next.queue.view()).toMatchObject({ held: "person", jobs: [[waiting]] });
    next.queue.goOn();
    expect(await whenOver(next, waiting)).toMatchObject({ state: "finished" });
    expect(next.queue.view()).toMatchObject({ held: null, jobs: [] });
  });

  it("lets what trains end, and tells every window", async () => {
    const engine = await start(true);
    const training = await train(engine, scripts.waitsAtStepThree);
    await whenAtStep(engine, training, 3);
    const held = eventWhere(engine, (event) => {
      const queue = event.kind === "snapshot" || event.kind === "queue" ? event.queue : null;
      return queue?.held ? queue : undefined;
    });
    engine.queue.hold();
    expect(await held).toMatchObject({ held: "person", jobs: [] });
    expect(engine.runs.get(training).state).toBe("running");
  });
});

it("a job whose pictures are gone when its turn comes ends with that reason, and the next begins", async () => {
  const folder = join(home, "pictures");
  writeFiles(folder, { ...(await pictures("cats", 16)), ...(await pictures("dogs", 16, 100)) });
  const engine = await start(true);
  engine.queue.hold();
  const request = requestFor(scripts.trainsToTheEnd);
  const dataset = { kind: "folder", path: folder } as const;
  const { runIds } = await engine.scheduling.start({
    ...request,
    configuration: { ...request.configuration, dataset },
  });
  await engine.close();
  rmSync(folder, { recursive: true });

  const next = await start(true);
  const behind = await train(next, scripts.trainsToTheEnd);
  next.queue.goOn();
  expect(await whenOver(next, behind)).toMatchObject({ state: "finished" });
  const failed = next.runs.get(runIds[0]!);
  expect(failed).toMatchObject({ state: "failed", startedAt: null, error: { code: "data.not-found" } });
});

it("what waits and belongs to nobody has one new owner, however many ask", () => {
  const [one, other] = [openStore(pathsOf(home).database), openStore(pathsOf(home).database)];
  const now = new Date();
  const runIds = recordRuns(one, 3, "gone");
  for (const [store, id] of [[one, "one"] as const, [other, "other"] as const])
    store.owners.beat(id, process.pid, now, []);
  const claimed = [one, other].map((store, index) =>
    store.transaction(() => store.queue.claim(["one", "other"][index]!)),
  );
  expect(claimed).toEqual([runIds, []]);
  expect(other.queue.begin([runIds[0]!], "other", now.toISOString())).toBe(false);
  expect(one.queue.begin([runIds[0]!], "one", now.toISOString())).toBe(true);
  expect(one.queue.begin([runIds[0]!], "one", now.toISOString())).toBe(false);
  one.close();
  other.close();
});

it("an engine lets go of a job that another has taken up, and records nothing more of it", async () => {
  const engine = await start(true);
  const runId = await train(engine, scripts.waitsAtStepThree);
  await whenAtStep(engine, runId, 3);
  // As another engine does with a run of a sweep whose engine slept too long.
  const store = openStore(pathsOf(home).database);
  store.owners.beat("other", process.pid, new Date(), []);
  store.runs.requeue([runId], "other", "front");
  await eventWhere(engine, (event) => (event.kind === "progress" && event.active.length === 0 ? true : undefined));
  expect(engine.runs.get(runId)).toMatchObject({ state: "queued", endReason: null });
  expect(store.queue.jobsOf("other")).toEqual([[runId]]);
  store.close();
});
