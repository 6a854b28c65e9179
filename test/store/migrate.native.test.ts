import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src-main/store/database.ts";
import { migrate, migrations, versionOf } from "../../src-main/store/migrate.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { fillOldRecord, rowsOf } from "../support/old-record.ts";

describe("migrating a record", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-store-"));
    path = join(folder, "strata.sqlite");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("brings an empty file to this program's version, and a second opening changes nothing", () => {
    openStore(path).close();
    openStore(path).close();
    const database = openDatabase(path);
    expect(versionOf(database)).toBe(migrations.length);
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
    database.close();
  });

  it("keeps what was there, and does each step once", () => {
    const database = openDatabase(path);
    migrate(database, path, ["CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1);"]);
    migrate(database, path, ["unreached", "ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'new';"]);
    expect(database.prepare("SELECT a, b FROM t").all()).toEqual([{ a: 1, b: "new" }]);
    expect(versionOf(database)).toBe(2);
    database.close();
  });

  it("leaves the record as it was when a step fails half-way", () => {
    const database = openDatabase(path);
    migrate(database, path, ["CREATE TABLE t (a INTEGER) STRICT;"]);
    expect(() => migrate(database, path, ["", "INSERT INTO t VALUES (1); INSERT INTO missing VALUES (1);"])).toThrow();
    expect(database.prepare("SELECT * FROM t").all()).toEqual([]);
    expect(versionOf(database)).toBe(1);
    database.close();
  });

  for (const version of migrations.keys()) {
    if (version === 0) continue;
    it(`brings a record of version ${version} to the next one with every row of every table as it was`, () => {
      const database = openDatabase(path);
      fillOldRecord(database, version);
      const before = rowsOf(database);
      expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);

      migrate(database, path, migrations.slice(0, version + 1));

      expect(versionOf(database)).toBe(version + 1);
      const after = rowsOf(database);
      for (const [table, rows] of Object.entries(before))
        expect(after[table]).toEqual(rows.map((row) => expect.objectContaining(row)));
      expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
      expect(database.pragma("foreign_key_check")).toEqual([]);
      expect(database.pragma("foreign_keys", { simple: true })).toBe(1);
      database.close();
    });
  }

  it("brings a record of every version to this program's, which reads its run", () => {
    for (const version of migrations.keys()) {
      if (version === 0) continue;
      const file = join(folder, `from-${version}.sqlite`);
      const database = openDatabase(file);
      fillOldRecord(database, version);
      database.close();
      const store = openStore(file);
      expect(store.runs.list()).toEqual([store.runs.get(7)]);
      expect(store.runs.get(7)).toMatchObject({
        ...{ title: "Old", state: "finished", note: "kept", tags: version < 5 ? [] : ["night"] },
        device: version < 2 ? null : "CPU",
        weights: version < 3 ? null : { file: "7.safetensors", bytes: 10 },
        validation: { hardLoss: 0.5 },
        ...{ best: { epoch: 2 }, isPinned: version >= 5, isArchived: false },
      });
      expect(store.points.series(7)).toHaveLength(1);
      store.close();
    }
  });

  it("refuses the record of a newer program and does not touch it", () => {
    const database = openDatabase(path);
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    expect(() => openStore(path)).toThrow(expect.objectContaining({ code: "store.newer" }));
    const untouched = openDatabase(path);
    expect(untouched.prepare("SELECT * FROM sqlite_schema").all()).toEqual([]);
    untouched.close();
  });

  it("says that a folder cannot be written when a file stands in its place", () => {
    writeFileSync(join(folder, "home"), "");
    expect(() => openStore(join(folder, "home", "strata.sqlite"))).toThrow(
      expect.objectContaining({ code: "disk.read-only" }),
    );
  });
});
