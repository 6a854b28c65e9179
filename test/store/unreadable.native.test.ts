import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openDatabase } from "../../src-main/store/database.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { recordState } from "../../src-main/store/record-state.ts";
import { gridOf } from "../support/experiment-of.ts";
import { dataset, recordRuns, result } from "../support/recorded.ts";
import { requestFor, startEngine, whenOver } from "../support/with-engine.ts";

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "strata-unreadable-"));
  path = join(home, "strata.sqlite");
  const store = openStore(path);
  for (const runId of recordRuns(store, 2)) {
    store.points.add(runId, [{ metric: "hardLoss", split: "train", cadence: "batch", step: 1, epoch: 1, value: 0.5 }]);
    store.runs.end(runId, "completed", null, "2026-01-01T00:00:00.000Z");
  }
  store.close();
});
afterEach(() => rmSync(home, { recursive: true }));

function change(sql: string): void {
  const database = openDatabase(path);
  database.exec(sql);
  database.close();
}
const cut = (table: string, column: string) =>
  change(`UPDATE ${table} SET ${column} = substr(${column}, 1, 40) WHERE id = 1`);
function withStore<T>(work: (store: Store) => T): T {
  const store = openStore(path);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

describe("a row whose JSON is damaged", () => {
  it("is left out of the list of runs and named, and asked for alone answers with a coded error; nothing of it is deleted", () => {
    cut("runs", "configuration");
    withStore((store) => {
      expect(store.runs.list().map(({ id }) => id)).toEqual([2]);
      expect(store.unreadableNews()).toEqual([{ table: "runs", id: 1, column: "configuration" }]);
      expect(store.unreadableNews()).toEqual([]);
      expect(() => store.runs.get(1)).toThrow(
        expect.objectContaining({
          code: "store.unreadable",
          problem: expect.stringContaining("row 1 of the table runs, column configuration"),
        }),
      );
      expect(store.runs.find(1)).toBeNull();
      expect(store.points.series(1)).toHaveLength(1);
    });
    expect(recordState(path)).toMatchObject({
      isWhole: true,
      unreadable: [{ table: "runs", id: 1, column: "configuration" }],
    });
  });

  const places = [
    { table: "runs", column: "error" },
    { table: "runs", column: "weights_error" },
    { table: "runs", column: "checkpoint_error" },
    { table: "runs", column: "initial_weights_match" },
    { table: "runs", column: "made_by" },
  ] as const;
  it.each(places)("is named by its column $column", ({ table, column }) => {
    change(`UPDATE ${table} SET ${column} = '{"code":"disk.fu' WHERE id = 1`);
    withStore((store) => {
      expect(store.runs.list().map(({ id }) => id)).toEqual([2]);
      expect(store.unreadableNews()).toEqual([{ table, id: 1, column }]);
    });
  });

  it("may be one that is JSON, and not of the form that was written", () => {
    change("UPDATE runs SET configuration = json_remove(configuration, '$.training') WHERE id = 1");
    withStore((store) => expect(store.runs.list().map(({ id }) => id)).toEqual([2]));
  });

  it("that is a data set's leaves its runs listed, on numbers for classes, until its folder is looked at again", () => {
    cut("datasets", "view");
    withStore((store) => {
      expect(store.datasets.recent()).toEqual([]);
      expect(store.datasets.latestOf(dataset.source)).toBeNull();
      expect(() => store.datasets.view(1)).toThrow(expect.objectContaining({ code: "store.unreadable" }));
      expect(store.runs.list().map((run) => run.dataset.classes)).toEqual([
        ["Class 1", "Class 2"],
        ["Class 1", "Class 2"],
      ]);
      expect(store.unreadableNews()).toEqual([{ table: "datasets", id: 1, column: "view" }]);
      expect(store.datasets.record(dataset, "2026-01-02T00:00:00.000Z").id).toBe(1);
      expect(store.runs.get(2).dataset.classes).toEqual(["cat", "dog"]);
    });
  });

  it("leaves the runs of an experiment that cannot be read by themselves, and takes a notice alone", () => {
    change(`
      INSERT INTO experiments (id, request, blocks, created_at) VALUES (1, '{"configuration"', 1, '2026-01-01T00:00:00.000Z');
      UPDATE runs SET experiment_id = 1, block = 0, arm = 0 WHERE id = 1;
      INSERT INTO notices (id, kind, details, created_at) VALUES (1, 'record-rescued', '{"kind', '2026-01-01T00:00:00.000Z');
      UPDATE machine SET threads = 'al-but';`);
    withStore((store) => {
      store.findUnreadable();
      expect(store.unreadableNews()).toEqual([
        { table: "experiments", id: 1, column: "request" },
        { table: "notices", id: 1, column: "details" },
        { table: "machine", id: 1, column: "threads" },
      ]);
      expect(store.runs.list().map(({ id, experiment }) => [id, experiment])).toEqual([
        [2, null],
        [1, null],
      ]);
      expect(store.experiments.list()).toEqual([]);
      expect(() => store.experiments.get(1)).toThrow(expect.objectContaining({ code: "store.unreadable" }));
    });
  });

  it("can be an experiment over a setting that this version does not have", () => {
    withStore((store) => {
      const { configuration, seeds } = { configuration: store.runs.get(2).configuration, seeds: [1] };
      const known = store.experiments.create(
        gridOf(configuration, [{ setting: "epochs", values: [1, 2] }], seeds),
        "2026-01-02T00:00:00.000Z",
      );
      const unknown = store.experiments.create(
        gridOf(configuration, [{ setting: "hue", values: [1, 2] }], seeds),
        "2026-01-02T00:00:00.000Z",
      );
      expect(store.experiments.get(known).id).toBe(known);
      expect(() => store.experiments.get(unknown)).toThrow(expect.objectContaining({ code: "store.unreadable" }));
    });
  });

  it("can be a cell of a class that there is not, which no matrix has", () => {
    withStore((store) => {
      const confusion = {
        split: "test",
        epoch: 1,
        counts: [
          [2, 0],
          [0, 2],
        ],
      } as const;
      store.evaluations.add(1, { split: "test", epoch: 1, step: 4, result, confusion, predictions: null });
    });
    change("INSERT INTO confusion VALUES (1, 'test', 1, 1099511627776, 0, 1)");
    withStore((store) =>
      expect(store.evaluations.confusion(1, "test", 2)?.counts).toEqual([
        [2, 0],
        [0, 2],
      ]),
    );
  });
});

describe("an engine on a record with a row that cannot be read", () => {
  it("starts, tells every window of it, names it once, and trains on", async () => {
    cut("runs", "configuration");
    const paths = pathsOf(home);
    const first = await startEngine({ paths });
    expect(first.engine.notices.open()).toMatchObject([
      { problem: expect.stringContaining("row 1 of the table runs") },
    ]);
    const [runId] = (await first.engine.scheduling.start(requestFor(1))).runIds as [number];
    expect(await whenOver(first.engine, runId)).toMatchObject({ state: "finished" });
    first.engine.notices.dismiss(first.engine.notices.open()[0]!.id);
    await first.close();

    const second = await startEngine({ paths });
    expect(second.engine.notices.open()).toEqual([]);
    expect(second.engine.runs.list().map(({ id }) => id)).toEqual([runId, 2]);
    await second.close();
  });

  it("ends a run that waits and cannot be read with the reason, and trains what waits behind it", async () => {
    withStore((store) => recordRuns(store, 1, "gone"));
    change("UPDATE runs SET configuration = '{' WHERE id = 3");
    const { engine, close } = await startEngine({ paths: pathsOf(home), keepsQueue: true });
    const [behind] = (await engine.scheduling.start(requestFor(1))).runIds as [number];
    expect(await whenOver(engine, behind)).toMatchObject({ state: "finished" });
    await close();
    const database = openDatabase(path);
    expect(database.prepare("SELECT state, error ->> '$.code' AS code FROM runs WHERE id = 3").get()).toEqual({
      state: "failed",
      code: "store.unreadable",
    });
    database.close();
  });

  it("trains a run to its end whose row is damaged meanwhile", async () => {
    const { engine, close } = await startEngine({ paths: pathsOf(home) });
    const [runId] = (await engine.scheduling.start(requestFor(4))).runIds as [number];
    for await (const event of engine.feed.subscribe(new AbortController().signal))
      if (event.kind === "progress" && event.active[0]?.step === 3) break;
    change(`UPDATE runs SET configuration = '{' WHERE id = ${runId}`);
    engine.scheduling.stop(runId);
    for await (const event of engine.feed.subscribe(new AbortController().signal))
      if ((event.kind === "progress" || event.kind === "snapshot") && event.active.length === 0) break;
    await close();
    const database = openDatabase(path);
    expect(database.prepare("SELECT state FROM runs WHERE id = ?").pluck().get(runId)).toBe("stopped");
    database.close();
  });
});

describe("a column that is gone", () => {
  it("is damage: the record is set aside and a new one begun with every row and what is left of it", () => {
    change("ALTER TABLE runs DROP COLUMN made_by");
    withStore((store) => {
      expect(store.isRescued).toBe(true);
      expect(store.runs.list().map(({ id, madeBy }) => [id, madeBy])).toEqual([
        [2, []],
        [1, []],
      ]);
      expect(store.points.series(1)).toHaveLength(1);
      expect(store.notices.open()).toHaveLength(1);
    });
  });

  it("whose loss leaves a row unreadable has its rows named, and what belongs to them kept", () => {
    change("ALTER TABLE runs DROP COLUMN configuration");
    withStore((store) => {
      expect([store.isRescued, store.runs.list()]).toEqual([true, []]);
      expect(store.unreadableNews().map(({ table, id, column }) => `${table} ${id} ${column}`)).toEqual([
        "runs 2 configuration",
        "runs 1 configuration",
      ]);
      expect(store.points.series(1)).toHaveLength(1);
    });
  });

  it("is named by the doctor, and so is a table", () => {
    change("DROP TABLE run_tags");
    expect(recordState(path)).toMatchObject({ isWhole: false });
    withStore((store) =>
      expect([store.isRescued, store.runs.list()]).toMatchObject([true, [{ tags: [] }, { tags: [] }]]),
    );
  });
});
