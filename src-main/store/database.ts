/**
 * The record's file: the only import of better-sqlite3.
 *
 * WAL with `synchronous = NORMAL`: a transaction is in the file system when `commit` returns, so a killed process loses nothing that was recorded.
 * Only a power cut can take the last moments, and it cannot damage the file. FULL would wait for the disk at every batch of points for no more than that.
 */
import { closeSync, existsSync, openSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { StrataError } from "../contract/errors.ts";
import { codedHomeError } from "../platform/disk-trouble.ts";
import { makeFolder } from "../platform/make-folder.ts";
import { privateFileMode, privateFolderMode } from "../platform/private.ts";
import { sqlitePath } from "./sqlite-path.ts";

export type Database = Sqlite.Database;

/** Another process may be bringing the record up to a new version. */
const openingPatienceMillis = 30_000;
/** Waiting in SQLite stops this whole process, so that it is short; longer waits are the caller's, and let everything else go on. */
const patienceMillis = 250;

/** Once the record is open and of this version: steps to it may wait long, and sort more than there is memory for. */
export function settle(database: Database): void {
  database.pragma(`busy_timeout = ${patienceMillis}`);
  // What is laid beside the record leaves no trace outside of it.
  database.pragma("temp_store = MEMORY");
}

/** Opens or makes the file; another process may have it open too. Throws `disk.*` and `store.damaged`. */
export function openDatabase(path: string): Database {
  return withStoreErrors(path, () => {
    if (path !== ":memory:") makePrivately(path);
    const database = new Sqlite(sqlitePath(path), { timeout: openingPatienceMillis });
    try {
      database.pragma("journal_mode = WAL");
      database.pragma("synchronous = NORMAL");
      database.pragma("foreign_keys = ON");
      return database;
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  });
}

/**
 * Makes an empty file where there is none: a database to SQLite, and what SQLite lays beside it has its mode. One that is there is not opened, for to close
 * it again would take from this process all locks that it has on it.
 */
export function makePrivately(path: string): void {
  makeFolder(dirname(path), privateFolderMode);
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "wx", privateFileMode));
  } catch (thrown) {
    // Another process was faster, or it is a link that leads nowhere.
    if (codeOf(thrown) !== "EEXIST") throw thrown;
  }
}

/** From its first read on, `work` has the record's only right to write: it never finds half-way that another process wrote meanwhile. */
export function writing<A extends unknown[], R>(database: Database, work: (...values: A) => R): (...values: A) => R {
  return database.transaction(work).immediate;
}

/** Opens a file that is there, and changes nothing in it. Throws what SQLite does. */
export function openReadOnly(path: string): Database {
  return new Sqlite(sqlitePath(path), { readonly: true, fileMustExist: true, timeout: 5_000 });
}

/** Runs `work` and says a disk's or a file's troubles in coded errors. */
export function withStoreErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw codedStoreError(thrown, path);
  }
}

/** A file that is no database, pages that do not add up, or tables and columns that are gone, or there before the step that makes them. */
export function isDamageError(thrown: unknown): boolean {
  const code = codeOf(thrown);
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) return true;
  // SQLite has no code of its own for these.
  return (
    code === "SQLITE_ERROR" &&
    /^no such (table|column)|has no column named|^duplicate column name|already exists$|^unsupported file format/.test(
      (thrown as Error).message,
    )
  );
}

/** Rows that the record never writes: of owners that are not there, or whose keys are taken where its own numbering gives new ones. */
function isForeignRowError(thrown: unknown): boolean {
  return /^SQLITE_CONSTRAINT_(FOREIGNKEY|UNIQUE|PRIMARYKEY)$/.test(codeOf(thrown));
}

/** Another process writes, and did not end in time. Nothing was done. */
function isBusyError(thrown: unknown): boolean {
  return codeOf(thrown).startsWith("SQLITE_BUSY") || codeOf(thrown).startsWith("SQLITE_LOCKED");
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
}

/** The coded error for what SQLite or the file system threw; anything else comes back as it is. */
export function codedStoreError(thrown: unknown, path: string): unknown {
  const options = { cause: thrown };
  if (isDamageError(thrown) || isForeignRowError(thrown)) return new StrataError("store.damaged", { path }, options);
  if (isBusyError(thrown)) return new StrataError("store.busy", { path }, options);
  return codedHomeError(thrown, path);
}

/** SQLite's own version; null where it does not load on this machine. */
export function sqliteVersion(): string | null {
  try {
    const database = new Sqlite(":memory:");
    const version = database.prepare<[], string>("SELECT sqlite_version()").pluck().get() ?? null;
    database.close();
    return version;
  } catch {
    return null;
  }
}
