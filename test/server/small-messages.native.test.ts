/** A small message of whoever holds the token cannot stop the engine for others, nor grow it. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openStore } from "../../src-main/store/open-store.ts";
import { openSocket, query } from "../support/open-socket.ts";
import { recordRuns } from "../support/recorded.ts";
import { startServer } from "../support/with-engine.ts";

type Started = Awaited<ReturnType<typeof startServer>>;
let test: Started;
let runIds: readonly number[];
beforeAll(async () => {
  test = await startServer();
  const store = openStore(test.paths.database);
  runIds = recordRuns(store, 700);
  store.transaction(() => {
    for (const runId of runIds) store.runs.end(runId, "completed", null, "2026-01-01T00:00:00.000Z");
  });
  store.close();
});
afterAll(() => test.close());

it("a run that is named ten thousand times is looked at once", async () => {
  const wire = await openSocket(test.server);
  const read = vi.spyOn(test.engine, "series");
  const mark = vi.spyOn(test.engine, "markRuns");
  const named = Array.from({ length: 10_000 }, () => runIds[0]!);
  const metrics = Array.from({ length: 10_000 }, () => "hardLoss");
  wire.send(query(1, "runs.series", { runIds: named, metrics }));
  wire.send({ ...query(2, "runs.mark", { runIds: named, isPinned: true }), method: "mutation" });
  const answers = await wire.next(2);
  expect(answers.map(({ error }) => error)).toEqual([undefined, undefined]);
  expect(read).toHaveBeenCalledExactlyOnceWith({ runIds: [runIds[0]], metrics: ["hardLoss"], maxPoints: 2_000 });
  expect(mark).toHaveBeenCalledExactlyOnceWith([runIds[0]], { isPinned: true });
  wire.send(query(3, "runs.series", { runIds: runIds.slice(0, 51) }));
  const [tooMany] = await wire.next(1);
  expect(tooMany!.error!.data.strata).toMatchObject({
    code: "settings.invalid",
    problem: "runIds: at most 50 runs at once.",
  });
  wire.socket.close();
});

it("hundreds of runs that change at once are told in one event, and the engine serves others while their files go", async () => {
  const done = new AbortController();
  const events = test.engine.events(done.signal)[Symbol.asyncIterator]();
  const next = async () => (await events.next()).value;
  await next();
  const marked = test.engine.markRuns(runIds, { isArchived: true, addTags: ["old"] });
  expect(marked.map(({ id, isArchived, tags }) => [id, isArchived, tags])).toEqual(
    runIds.map((id) => [id, true, ["old"]]),
  );
  expect(await next()).toMatchObject({ kind: "snapshot" });

  let turns = 0;
  const isOver = vi.fn();
  const countTurns = () => {
    turns++;
    if (isOver.mock.calls.length === 0) setImmediate(countTurns);
  };
  setImmediate(countTurns);
  const freed = await test.engine.freeSpace(runIds).finally(isOver);
  expect(freed).toHaveLength(700);
  expect(turns).toBeGreaterThan(10);
  done.abort();
});
