import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { backupsKept, backupsToRemove } from "../../src-main/store/backup.ts";
import { openDatabase, openReadOnly } from "../../src-main/store/database.ts";
import { migrations, versionOf } from "../../src-main/store/migrate.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { fillOldRecord, rowsOf } from "../support/old-record.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-backup-"));
  path = join(folder, "strata.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

const backups = () => readdirSync(join(folder, "backups"));

it("a record of an earlier version is copied as it was before it is brought up, and only then", () => {
  const old = openDatabase(path);
  fillOldRecord(old, 2);
  const rows = rowsOf(old);
  old.close();

  openStore(path).close();
  openStore(path).close();

  expect(backups()).toEqual([expect.stringMatching(/^strata-.*Z-v2\.sqlite$/)]);
  const copy = openReadOnly(join(folder, "backups", backups()[0]!));
  expect(versionOf(copy)).toBe(2);
  expect(rowsOf(copy)).toEqual(rows);
  copy.close();
  const now = openReadOnly(path);
  expect(versionOf(now)).toBe(migrations.length);
  now.close();
});

it("what a process left that was killed as it copied goes with the next copy; what another still writes stays", () => {
  const old = openDatabase(path);
  fillOldRecord(old, 2);
  old.close();
  mkdirSync(join(folder, "backups"));
  const of = (pid: number, end = "") => `strata-2026-01-01T00-00-00-000Z-v2.sqlite.${pid}.partial${end}`;
  const { pid } = spawnSync(process.execPath, ["--version"]);
  for (const name of [of(pid), of(pid, "-journal"), of(process.ppid)]) writeFileSync(join(folder, "backups", name), "");
  openStore(path).close();
  expect(backups().filter((name) => name.includes(".partial"))).toEqual([of(process.ppid)]);
});

it("a new record has nothing to copy", () => {
  openStore(path).close();
  expect(readdirSync(folder)).not.toContain("backups");
});

it("a record that cannot be copied is not brought up", () => {
  const old = openDatabase(path);
  fillOldRecord(old, 2);
  old.close();
  // A file stands where the folder would be.
  writeFileSync(join(folder, "backups"), "");
  expect(() => openStore(path)).toThrow(expect.objectContaining({ code: "disk.read-only" }));
  const untouched = openReadOnly(path);
  expect(versionOf(untouched)).toBe(2);
  untouched.close();
});

it("the newest copies are kept, and files of other names are nobody's business", () => {
  const names = [5, 1, 4, 2, 3].map((day) => `strata-2026-01-0${day}T00-00-00-000Z-v${day}.sqlite`);
  expect(backupsToRemove([...names, "mine.sqlite", "strata-notes.txt"])).toEqual(
    [1, 2].map((day) => names.find((name) => name.includes(`-0${day}T`))),
  );
  expect(backupsToRemove(names.slice(0, backupsKept))).toEqual([]);
});
