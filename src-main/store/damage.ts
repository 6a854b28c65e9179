/**
 * Whether the record's file is whole. Looking at every page of it takes a second a million points, so that it is done only when the file is not as the
 * last engine left it: after a kill, a power cut, or a hand or a disk that changed it meanwhile.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { privateFileMode } from "../platform/private.ts";
import { type Database, isDamageError, openDatabase, openReadOnly } from "./database.ts";
import { migrate, migrations, versionOf } from "./migrate.ts";

const seal = z.object({ bytes: z.number(), modifiedMillis: z.number() });
const sealPath = (path: string): string => `${path}-seal`;

/** Says beside a closed record how it was left. Without it the next start looks at every page, which is no harm. */
export function sealRecord(path: string): void {
  try {
    const { size, mtimeMs } = statSync(path);
    // One name for all processes: what a killed one leaves there, the next takes away. Where two write it at once, the seal is of either, or says nothing.
    const beside = `${sealPath(path)}.partial`;
    writeFileSync(beside, JSON.stringify({ bytes: size, modifiedMillis: mtimeMs }), { mode: privateFileMode });
    renameSync(beside, sealPath(path));
  } catch {
    // A disk that is full, or a folder that is gone.
  }
}

/** The next start looks at every page. */
export function unsealRecord(path: string): void {
  rmSync(sealPath(path), { force: true });
}

/** Throws what the disk does. A file that is not there, or has never held anything, is not damaged. */
export function isDamaged(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file) return false;
  const left = readSeal(path);
  if (file.size === 0) return left !== null;
  if (left?.bytes === file.size && left.modifiedMillis === file.mtimeMs) return false;
  return !isWhole(path);
}

/** Looks at every page, and for every column. */
export function isWhole(path: string): boolean {
  try {
    const database = openReadOnly(path);
    try {
      return database.pragma("quick_check(1)", { simple: true }) === "ok" && hasEveryColumn(database);
    } finally {
      database.close();
    }
  } catch (thrown) {
    if (isDamageError(thrown)) return false;
    throw thrown;
  }
}

/**
 * Whether it has what the migrations of its version make, and nothing of a later one: a table or a column may be lost with every page whole, and so may the
 * number of its version.
 */
function hasEveryColumn(database: Database): boolean {
  const version = versionOf(database);
  if (version > migrations.length) return true;
  const its = new Set(columnsByVersion()[version]);
  const there = new Set(columnsIn(database));
  const latest = columnsByVersion()[versionByColumns(database)]!;
  return [...its].every((column) => there.has(column)) && latest.every((column) => its.has(column));
}

/** The latest version whose every column is there; 0 for none. */
export function versionByColumns(database: Database): number {
  const there = new Set(columnsIn(database));
  return columnsByVersion().findLastIndex((columns) => columns.every((column) => there.has(column)));
}

let columns: readonly (readonly string[])[] | null = null;

/** What a record of each version has, from version 0 on, which has nothing. */
function columnsByVersion(): readonly (readonly string[])[] {
  if (columns !== null) return columns;
  const whole = openDatabase(":memory:");
  try {
    const later = migrations.map((_, index) => {
      migrate(whole, ":memory:", migrations.slice(0, index + 1));
      return columnsIn(whole);
    });
    columns = [[], ...later];
    return columns;
  } finally {
    whole.close();
  }
}

function columnsIn(database: Database): readonly string[] {
  return database
    .prepare<[], string>(`
      SELECT tables.name || '.' || columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
      WHERE tables.type = 'table'`)
    .pluck()
    .all();
}

function readSeal(path: string): z.infer<typeof seal> | null {
  try {
    return seal.parse(JSON.parse(readFileSync(sealPath(path), "utf8")));
  } catch {
    return null;
  }
}
