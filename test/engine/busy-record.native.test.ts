/** A record that another connection writes for seconds: nothing fails, everything waits, and it is said. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCaller } from "../../src-main/engine/router.ts";
import { type Database, openDatabase } from "../../src-main/store/database.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { eventLimitMillis } from "../support/patience.ts";
import { recordRuns } from "../support/recorded.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

let test: TestEngine;
let other: Database;
/** Read anew at each start of a trainer. */
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  environment = {};
  test = await startEngine({ trainerEnvironment: environment, waits: { busyNoticeMillis: 200 } });
  other = openDatabase(test.paths.database);
});
afterEach(async () => {
  if (other.inTransaction) other.exec("ROLLBACK");
  other.close();
  await test.close();
});

const busyNotice = () =>
  test.engine.notices.open().find(({ problem }) => problem.includes("Another program is writing"));
const whenSaid = async () => {
  while (!busyNotice()) await pause(20);
};

describe("a record that another program writes for seconds", () => {
  it("makes training wait and tells the person; then the run goes on to its end with every point", async () => {
    const isHeld = join(test.paths.home, "held");
    environment.STRATA_SCRIPT_WAITS_FOR_FILE = isHeld;
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd, { training: { epochs: 40 } })))
      .runIds as [number];
    await whenAtStep(engine, runId, 3);
    other.exec("BEGIN IMMEDIATE");
    writeFileSync(isHeld, "");
    await whenSaid();
    const reached = engine.runs.get(runId).stepsDone;
    expect(engine.runs.get(runId).state).toBe("running");
    await pause(500);
    expect(engine.runs.get(runId).stepsDone).toBe(reached);
    other.exec("COMMIT");
    const run = await whenOver(engine, runId);
    expect(run).toMatchObject({ state: "finished", error: null, epochsDone: 40 });
    const losses = engine.runs.series({ runIds: [runId], metrics: ["hardLoss"] });
    expect(losses[0]?.steps).toEqual(Array.from({ length: 160 }, (_, index) => index + 1));
    expect(busyNotice()).toBeUndefined();
  });

  it("leaves a job that would begin waiting, and begins it afterwards", async () => {
    const { engine } = test;
    const started = await engine.scheduling.start(requestFor(scripts.waitsAtStepThree));
    const next = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd));
    await whenAtStep(engine, started.runIds[0]!, 3);
    engine.scheduling.stop(started.runIds[0]!);
    await whenOver(engine, started.runIds[0]!);
    const over = whenOver(engine, next.runIds[0]!);
    other.exec("BEGIN IMMEDIATE");
    await whenSaid();
    other.exec("COMMIT");
    expect(await over).toMatchObject({ state: "finished", error: null });
  });

  it("makes a person's request wait, and answers it with a coded error where that takes too long", async () => {
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
    await whenOver(engine, runId);
    other.exec("BEGIN IMMEDIATE");
    expect(() => engine.runs.rename(runId, "At once")).toThrow(expect.objectContaining({ code: "store.busy" }));
    const rename = vi.spyOn(engine.runs, "rename");
    const renamed = createCaller({ engine }).runs.rename({ runId, title: "After a while" });
    await vi.waitFor(() => expect(rename.mock.calls.length).toBeGreaterThan(1), eventLimitMillis);
    other.exec("COMMIT");
    expect(await renamed).toMatchObject({ title: "After a while" });
    other.exec("BEGIN IMMEDIATE");
    const hasty = { ...engine, waits: { ...engine.waits, busyAnswerMillis: 300 } };
    await expect(createCaller({ engine: hasty }).runs.rename({ runId, title: "Too late" })).rejects.toMatchObject({
      cause: { code: "store.busy" },
    });
    // What only reads is answered meanwhile.
    expect(engine.runs.list()).toMatchObject([{ title: "After a while" }]);
  });

  it("keeps no second engine from starting and reading", async () => {
    const [runId] = (await test.engine.scheduling.start(requestFor(scripts.trainsToTheEnd))).runIds as [number];
    await whenOver(test.engine, runId);
    other.exec("BEGIN IMMEDIATE");
    const second = await startEngine({ paths: test.paths, waits: { firstTries: 2 } });
    expect(second.engine.runs.list()).toMatchObject([{ id: runId }]);
    other.exec("COMMIT");
    await second.close();
  });
});

describe("runs that are deleted for good", () => {
  it("go in pieces of so many rows, and cannot be restored once a part of them is gone", () => {
    const store = openStore(test.paths.database);
    const [gone, kept] = recordRuns(store, 2) as [number, number];
    const points = Array.from({ length: 1_000 }, (_, index) => {
      const where = { metric: "hardLoss", split: "train", cadence: "batch", epoch: 1 } as const;
      return { ...where, step: index + 1, value: 1 };
    });
    for (const runId of [gone, kept]) {
      store.points.add(runId, points);
      store.runs.end(runId, "completed", null, "2026-01-01T00:00:00.000Z");
    }
    store.runs.remove([gone], "2026-01-01T00:00:00.000Z");
    const left = (runId: number) =>
      other.prepare<[number], number>("SELECT count(*) FROM points WHERE run_id = ?").pluck().get(runId);
    const sizes = [left(gone)];
    store.purge.begin("2026-01-02");
    for (let isLast = false; !isLast; sizes.push(left(gone))) ({ isLast } = store.purge.piece(300));
    expect(sizes).toEqual([1_000, 700, 400, 100, 0]);
    expect(left(kept)).toBe(1_000);
    expect(() => store.runs.restore([gone])).toThrow(expect.objectContaining({ code: "run.unknown" }));
    store.close();
  });

  it("of which a piece is gone cannot be restored, and are gone on with by the next engine", async () => {
    const store = openStore(test.paths.database);
    const [runId] = recordRuns(store, 1) as [number];
    store.points.add(
      runId,
      [1, 2, 3].map((step) => ({ metric: "hardLoss", split: "train", cadence: "batch", epoch: 1, step, value: 1 })),
    );
    store.runs.end(runId, "completed", null, "2026-01-01T00:00:00.000Z");
    store.runs.remove([runId], "2026-01-01T00:00:00.000Z");
    store.purge.begin("2026-01-02");
    store.purge.piece(2);
    expect(() => store.runs.restore([runId])).toThrow(expect.objectContaining({ code: "run.unknown" }));
    await test.engine.tidy();
    expect(other.prepare("SELECT count(*) FROM runs").pluck().get()).toBe(0);
    store.close();
  });
});
