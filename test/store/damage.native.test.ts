/** Damaged records, each made anew of the same one: a list of damages, and so a long file. */
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { processStart } from "../../src-main/platform/process-start.ts";
import { openDatabase, openReadOnly } from "../../src-main/store/database.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { dataset, recordRuns, result } from "../support/recorded.ts";

const runCount = 12;
const pointsEach = 400;
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-damage-"));
  path = join(folder, "strata.sqlite");
  const store = openStore(path);
  const runIds = recordRuns(store, runCount);
  store.transaction(() => {
    for (const runId of runIds) fillRun(store, runId);
  });
  store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

function fillRun(store: Store, runId: number): void {
  store.points.add(
    runId,
    Array.from({ length: pointsEach }, (_, index) => {
      const where = { metric: "hardLoss", split: "train", cadence: "batch" } as const;
      return { ...where, step: index + 1, epoch: 1, value: runId + index };
    }),
  );
  const confusion = {
    split: "test",
    epoch: 1,
    counts: [
      [2, 0],
      [1, 1],
    ],
  } as const;
  store.evaluations.add(runId, { split: "test", epoch: 1, step: 4, result, confusion, predictions: null });
  store.runs.mark([runId], { addTags: ["kept"] }, "2026-01-01");
  store.runs.end(runId, "completed", null, "2026-01-01T00:00:00.000Z");
}

function change(sql: string): void {
  const database = openDatabase(path);
  database.exec(sql);
  database.close();
}

function overwrite(from: number, bytes: number, value = 0xa5): void {
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(bytes, value), 0, bytes, from);
  closeSync(file);
}

/** Numbers of the pages that hold a table's rows, from SQLite's own account. */
function pagesOf(table: string): readonly number[] {
  const database = openReadOnly(path);
  const pages = database
    .prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno")
    .pluck()
    .all(table);
  database.close();
  return pages;
}
const pageBytes = 4_096;
const setAside = () => readdirSync(folder).filter((name) => /^strata-damaged-.*\.sqlite$/.test(name));
const pointsOf = (store: Store) =>
  store.runs.list().reduce((sum, run) => sum + (store.points.series(run.id, undefined, 1e6)[0]?.steps.length ?? 0), 0);

describe("rows that the record never writes", () => {
  it("are told as damage where they are in the way of new ones", () => {
    change(`PRAGMA foreign_keys = OFF;
      INSERT INTO examples (dataset_id, example_index, name, label, split, content_hash) VALUES (2, 0, 'a', 0, 'train', x'00')`);
    const store = openStore(path);
    const other = { ...dataset, fingerprint: "f2" };
    expect(() => store.datasets.record(other, "2026-01-02")).toThrow(
      expect.objectContaining({ code: "store.damaged" }),
    );
    expect(store.datasets.recent()).toHaveLength(1);
    store.close();
  });
});

describe("a record whose bytes were overwritten in the middle", () => {
  it("gives every row that is not on the damaged page to a new record, and is set aside as it is", () => {
    const pages = pagesOf("points");
    overwrite((pages[Math.floor(pages.length / 2)]! - 1) * pageBytes, pageBytes);
    const damaged = readFileSync(path);

    const store = openStore(path);

    expect(store.isRescued).toBe(true);
    expect(store.runs.list()).toHaveLength(runCount);
    const points = pointsOf(store);
    expect(points).toBeGreaterThan(runCount * pointsEach - 250);
    expect(points).toBeLessThan(runCount * pointsEach);
    expect(store.runs.list().every((run) => run.test !== null && run.tags.join() === "kept")).toBe(true);
    const [aside] = setAside();
    expect(readFileSync(join(folder, aside!))).toEqual(damaged);
    const [notice] = store.notices.open();
    expect(notice?.problem).toContain(
      `${runCount} runs and ${points.toLocaleString("en-US")} points were brought over`,
    );
    expect(notice?.problem).toMatch(/some points of [12] runs?/);
    expect(notice?.remedy).toContain(aside!);
    expect(store.runs.list().map(({ id }) => id)).toEqual(
      Array.from({ length: runCount }, (_, index) => runCount - index),
    );
    store.close();
  });

  it("loses no more than the runs on a damaged page of runs, and what belongs to them", () => {
    const [page] = pagesOf("runs");
    overwrite((page! - 1) * pageBytes, pageBytes);
    const store = openStore(path);
    const kept = store.runs.list();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(runCount);
    expect(pointsOf(store)).toBe(kept.length * pointsEach);
    expect(store.notices.open()[0]?.problem).toContain("of runs");
    // The number of a lost run never names another.
    expect(recordRuns(store, 1)).toEqual([runCount + 1]);
    store.close();
  });

  it("keeps the runs of a data set that was lost, on classes without names", () => {
    const [page] = pagesOf("datasets");
    overwrite((page! - 1) * pageBytes, pageBytes);
    const store = openStore(path);
    expect(store.runs.list()).toHaveLength(runCount);
    expect(store.runs.list()[0]?.dataset.classes).toEqual(["Class 1", "Class 2"]);
    expect(store.datasets.recent()).toHaveLength(1);
    expect(pointsOf(store)).toBe(runCount * pointsEach);
    store.close();
  });

  it("is told of until it is dismissed, and is whole from then on", () => {
    overwrite((pagesOf("points")[0]! - 1) * pageBytes, 100);
    const first = openStore(path);
    first.notices.dismiss(first.notices.open()[0]!.id, "2026-01-01");
    first.close();
    const second = openStore(path);
    expect([second.isRescued, second.notices.open()]).toEqual([false, []]);
    second.close();
    expect(setAside()).toHaveLength(1);
  });
});

describe("a record that is no database any more", () => {
  it("is set aside whole, with its -wal and -shm, and a new one begun with nothing", () => {
    writeFileSync(path, "these are not the bytes of a database, however long one looks at them ".repeat(100));
    writeFileSync(`${path}-wal`, "nor these");
    const store = openStore(path);
    expect(store.runs.list()).toEqual([]);
    expect(store.notices.open()[0]?.problem).toContain("nothing in it could be read");
    const [aside] = setAside();
    expect(readFileSync(join(folder, aside!), "utf8")).toContain("not the bytes of a database");
    expect(readFileSync(join(folder, `${aside}-wal`), "utf8")).toBe("nor these");
    expect(recordRuns(store, 1)).toEqual([1]);
    store.close();
  });

  it("gives what stands before the place where it was cut off", () => {
    truncateSync(path, Math.floor(statSync(path).size / 2 / pageBytes) * pageBytes);
    const store = openStore(path);
    expect(store.isRescued).toBe(true);
    expect(store.notices.open()).toHaveLength(1);
    expect(setAside()).toHaveLength(1);
    for (const run of store.runs.list()) expect(run.configuration.seed).toBe(1);
    store.close();
  });

  it("is missed when all of it was cut off", () => {
    truncateSync(path, 0);
    const store = openStore(path);
    expect(store.notices.open()[0]?.problem).toContain("nothing in it could be read");
    store.close();
  });
});

it("bytes that were overwritten anywhere never keep a record from opening, and every run in its list can be read", () => {
  const whole = readFileSync(path);
  // Every page in turn, but for the first, which says whether it is a database at all.
  for (let page = 1; page < whole.length / pageBytes; page += 3) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    writeFileSync(path, whole);
    overwrite(page * pageBytes, pageBytes / 2, page % 256);
    const store = openStore(path);
    for (const run of store.runs.list()) {
      expect(store.runs.get(run.id).configuration.seed).toBe(1);
      store.points.series(run.id);
      store.evaluations.confusion(run.id, "test", run.dataset.classes.length);
    }
    store.datasets.recent();
    store.close();
  }
});

it("a rescue that was cut off before the new record took its place is ended at the next start", () => {
  overwrite((pagesOf("points")[0]! - 1) * pageBytes, pageBytes);
  const store = openStore(path);
  const brought = pointsOf(store);
  store.close();
  const [aside] = setAside();
  const stamp = /strata-damaged-(.*)\.sqlite/.exec(aside!)![1]!;
  // As it was a moment before: the new record has its name of then, and the damaged one its own.
  writeFileSync(`${path}.rescued-${stamp}`, readFileSync(path));
  writeFileSync(path, readFileSync(join(folder, aside!)));
  rmSync(join(folder, aside!));

  const next = openStore(path);
  expect(pointsOf(next)).toBe(brought);
  expect(setAside()).toEqual([aside]);
  expect(existsSync(`${path}.rescued-${stamp}`)).toBe(false);
  next.close();
});

it("a table that has lost all of its columns begins anew, and everything else is brought over", () => {
  change("ALTER TABLE queue RENAME COLUMN id TO lost; ALTER TABLE queue RENAME COLUMN held_at TO lost_too");
  const store = openStore(path);
  expect([store.isRescued, pointsOf(store)]).toEqual([true, runCount * pointsEach]);
  store.close();
});

it("a record whose header names a form of the future that SQLite does not read is set aside", () => {
  overwrite(44, 4, 9);
  const store = openStore(path);
  expect([store.isRescued, setAside().length]).toEqual([true, 1]);
  store.close();
});

it("a seal that a killed process left half-written is taken away by the next", () => {
  writeFileSync(`${path}-seal.partial`, "");
  openStore(path).close();
  expect(readdirSync(folder).filter((name) => name.includes("seal"))).toEqual(["strata.sqlite-seal"]);
});

it("a record that an engine was killed with is whole, and is left where it is", () => {
  rmSync(`${path}-seal`);
  const store = openStore(path);
  expect([store.isRescued, setAside()]).toEqual([false, []]);
  store.close();
});

it("a record of an earlier version is damaged like any other", async () => {
  rmSync(path);
  const { fillOldRecord } = await import("../support/old-record.ts");
  const database = openDatabase(path);
  fillOldRecord(database, 3);
  database.close();
  overwrite((pagesOf("predictions")[0]! - 1) * pageBytes, pageBytes);
  const store = openStore(path);
  expect(store.runs.list()).toMatchObject([{ id: 7, weights: { file: "7.safetensors" } }]);
  expect(pointsOf(store)).toBe(2);
  store.close();
});

describe("a record whose numbers are damaged too", () => {
  for (const version of [-1, 0, 1, 11])
    it(`is rescued by the columns that it has where it says that it is of version ${version}`, () => {
      change(`PRAGMA user_version = ${version}`);
      const store = openStore(path);
      expect([store.isRescued, pointsOf(store)]).toEqual([true, runCount * pointsEach]);
      expect(store.runs.list().every((run) => run.test !== null && run.tags.join() === "kept")).toBe(true);
      store.close();
    });

  it("is rescued by the numbers that its rows have, whatever the list of numbers says", () => {
    change("UPDATE sqlite_sequence SET seq = 9007199254740991");
    overwrite((pagesOf("points")[0]! - 1) * pageBytes, pageBytes);
    const store = openStore(path);
    expect(store.runs.list()).toHaveLength(runCount);
    expect(recordRuns(store, 1)).toEqual([runCount + 1]);
    store.close();
  });

  it("is rescued without a row of a number that leaves none to be given, and without classes without end", () => {
    change(`
      INSERT INTO runs (id, dataset_id, model_id, model_title, title, state, configuration, owner_id, created_at)
        SELECT 9223372036854775807, dataset_id, model_id, model_title, title, 'queued', configuration, owner_id, created_at FROM runs WHERE id = 1;
      INSERT INTO confusion VALUES (1, 'test', 1, 1099511627776, 0, 1)`);
    overwrite((pagesOf("datasets")[0]! - 1) * pageBytes, pageBytes);
    const store = openStore(path);
    expect(store.runs.list()).toHaveLength(runCount);
    expect(store.runs.list()[0]?.dataset.classes.length).toBeLessThanOrEqual(10_000);
    expect(recordRuns(store, 1)).toEqual([runCount + 1]);
    store.close();
  });
});

describe("the lock of a rescue", () => {
  const start = processStart(process.pid);

  it.skipIf(start === null)(
    "is taken over from a process whose number another has now (left out where starts are not told)",
    () => {
      overwrite((pagesOf("points")[0]! - 1) * pageBytes, pageBytes);
      writeFileSync(`${path}-rescue`, `${process.pid} of-another-boot:1`);
      const store = openStore(path);
      expect(store.isRescued).toBe(true);
      store.close();
    },
  );

  it.skipIf(start === null)("and an engine of such a number do not keep damage from being looked for", () => {
    change(
      `INSERT INTO engines (id, pid, process_start, heartbeat_at) VALUES ('gone', ${process.pid}, 'of-another-boot:1', '${new Date().toISOString()}')`,
    );
    overwrite((pagesOf("points")[0]! - 1) * pageBytes, pageBytes);
    const store = openStore(path);
    expect(store.isRescued).toBe(true);
    store.close();
  });
});
