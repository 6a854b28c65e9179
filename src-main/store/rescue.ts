/**
 * A damaged record: set aside under a new name with its -wal and -shm, and a new one begun with whatever can still be read. The new one is made beside,
 * and its name holds the moment that both are named by, so that a crash at any point is gone on from at the next start.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { renameSteadily } from "../platform/steadily.ts";
import { alone } from "./alone.ts";
import { newerRecord } from "./backup.ts";
import { bringOver, mendReferences, rescueOf, type TableBrought } from "./bring-over.ts";
import { isDamaged, versionByColumns } from "./damage.ts";
import { type Database, isDamageError, openDatabase, openReadOnly } from "./database.ts";
import { migrate, migrations, versionOf } from "./migrate.ts";
import { createNoticeRecords } from "./notices.ts";
import { livingEngines } from "./owners.ts";
import { stampOf } from "./stamp.ts";

const companions = ["-wal", "-shm"];

/**
 * Does nothing for a record that is whole, or that another engine has open: that one looked at it when it began.
 * @returns whether a rescue was made, or one that was cut off was ended
 * @throws StrataError `store.newer`, `store.busy` where another engine takes too long to rescue it, `disk.*`
 */
export function rescueIfDamaged(path: string, now: Date): boolean {
  if (!existsSync(dirname(path)) || !needsRescue(path, now)) return false;
  return alone(path, () => {
    // Another engine may have been faster.
    if (!needsRescue(path, now)) return false;
    if (readyRescue(path) === null) build(path, now);
    takePlace(path);
    return true;
  });
}

function needsRescue(path: string, now: Date): boolean {
  return readyRescue(path) !== null || (!isOpenElsewhere(path, now) && isDamaged(path));
}

const asideOf = (path: string, stamp: string) => join(dirname(path), `strata-damaged-${stamp}.sqlite`);
const readyOf = (path: string, stamp: string) => `${path}.rescued-${stamp}`;

/** The moment in the name of a new record that only has to take its place; null for none. */
function readyRescue(path: string): string | null {
  const start = `${basename(path)}.rescued-`;
  const name = readdirSync(dirname(path)).find((file) => file.startsWith(start) && /Z$/.test(file));
  return name?.slice(start.length) ?? null;
}

function build(path: string, now: Date): void {
  const stamp = stampOf(now);
  const partial = `${path}.partial`;
  const clear = () => {
    for (const suffix of ["", ...companions]) rmSync(`${partial}${suffix}`, { force: true });
  };
  clear();
  const database = openDatabase(partial);
  try {
    const tables = bringTables(path, database, partial);
    createNoticeRecords(database).add(rescueOf(asideOf(path, stamp), tables), now.toISOString());
    // One file, all of it on disk, before it is given its name.
    database.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
  for (const suffix of companions) rmSync(`${partial}${suffix}`, { force: true });
  renameSteadily(partial, readyOf(path, stamp));
}

/** Leaves `to` at this program's version, with what could be read. */
function bringTables(path: string, to: Database, toPath: string): readonly TableBrought[] {
  const old = openOld(path);
  try {
    const version = old === null ? 0 : versionOfOld(old);
    if (version > migrations.length) throw newerRecord(path, migrations.length);
    migrate(to, toPath, migrations.slice(0, version));
    const tables = old === null || version === 0 ? [] : bringRows(old, to);
    migrate(to, toPath);
    return tables;
  } finally {
    old?.close();
  }
}

/** Parents may be read after what belongs to them, or not at all: references are mended at the end. */
function bringRows(old: Database, to: Database): readonly TableBrought[] {
  to.pragma("foreign_keys = OFF");
  const tables = to.transaction(() => {
    const brought = bringOver(old, to);
    mendReferences(to);
    return brought;
  })();
  to.pragma("foreign_keys = ON");
  return tables;
}

function openOld(path: string): Database | null {
  try {
    const database = openReadOnly(path);
    database.pragma("cell_size_check = ON");
    return database;
  } catch (thrown) {
    if (isDamageError(thrown)) return null;
    throw thrown;
  }
}

function versionOfOld(database: Database): number {
  try {
    // Its number may be damaged, too, and what of its columns a later version made would be left behind.
    return Math.max(versionOf(database), versionByColumns(database));
  } catch (thrown) {
    if (isDamageError(thrown)) return numberOf(database);
    throw thrown;
  }
}

function numberOf(database: Database): number {
  try {
    return Math.max(0, versionOf(database));
  } catch (thrown) {
    if (isDamageError(thrown)) return 0;
    throw thrown;
  }
}

/** The companions go first: beside a new file of the old name SQLite would take them for its own. */
function takePlace(path: string): void {
  const stamp = readyRescue(path)!;
  for (const suffix of [...companions, ""])
    if (existsSync(`${path}${suffix}`)) renameSteadily(`${path}${suffix}`, `${asideOf(path, stamp)}${suffix}`);
  renameSteadily(readyOf(path, stamp), path);
}

/** False also where the list of engines cannot be read. */
function isOpenElsewhere(path: string, now: Date): boolean {
  if (!existsSync(path)) return false;
  try {
    const database = openReadOnly(path);
    try {
      return livingEngines(database, now).length > 0;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}
