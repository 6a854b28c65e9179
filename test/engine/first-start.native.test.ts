import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStore } from "../../src-main/store/open-store.ts";
import { recordRuns } from "../support/recorded.ts";
import { startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await startEngine({ offersFirstStart: true });
});
afterEach(() => test.close());

it("a window begins with the page of the first start, until it is dismissed, at later starts too", async () => {
  const { engine, paths } = test;
  expect(await engine.firstStart.view()).toMatchObject({ isWanted: true, proofRunId: null });
  engine.firstStart.dismiss();
  engine.firstStart.dismiss();
  expect((await engine.firstStart.view()).isWanted).toBe(false);
  // It is no notice that stands above every page.
  expect(engine.notices.open()).toEqual([]);
  await engine.close();
  const next = await startEngine({ paths, offersFirstStart: true });
  expect((await next.engine.firstStart.view()).isWanted).toBe(false);
  await next.close();
});

it("where runs are on record no window begins with it, and in a clone none does", async () => {
  const { engine, paths } = test;
  await engine.close();
  const clone = await startEngine({ paths });
  expect((await clone.engine.firstStart.view()).isWanted).toBe(false);
  await clone.close();
  const store = openStore(paths.database);
  recordRuns(store, 1);
  store.close();
  const next = await startEngine({ paths, offersFirstStart: true });
  expect((await next.engine.firstStart.view()).isWanted).toBe(false);
  await next.close();
});

it("it says what there is, and where each thing is kept", async () => {
  const { engine, paths } = test;
  const { places, freeMemoryBytes, freeDiskBytes } = await engine.firstStart.view();
  expect(freeMemoryBytes).toBeGreaterThan(0);
  expect(freeDiskBytes).toBeGreaterThan(0);
  expect(Object.fromEntries(places.map(({ what, path }) => [what, path]))).toEqual({
    ...{ record: paths.database, copies: join(paths.home, "backups"), weights: paths.weights },
    ...{ states: paths.checkpoints, pictures: paths.pictureCache, log: join(paths.home, "strata.log") },
  });
});

it("the proof is a run like any other that is known as the proof; however often it is asked for, one trains at a time", async () => {
  const { firstStart, runs } = test.engine;
  const asked = await Promise.all([firstStart.prove(), firstStart.prove()]);
  const [runId] = asked;
  expect([...asked, await firstStart.prove()]).toEqual([runId, runId, runId]);
  const run = await whenOver(test.engine, runId!);
  expect(run).toMatchObject({
    ...{ state: "finished", title: "Proof: AlexNet on drawn pictures", tags: ["proof"] },
    configuration: { dataset: { kind: "drawn", pictures: 1_500 }, model: { id: "alexnet" }, training: { epochs: 10 } },
  });
  expect((await firstStart.view()).proofRunId).toBe(runId);
  expect(runs.list()).toHaveLength(1);
  expect(await firstStart.prove()).not.toBe(runId);
});
