/** A copy of the record before each change of its form: `backups/strata-<moment>-v<version>.sqlite` beside it, whole or not there. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { StrataError } from "../contract/errors.ts";
import { atomically } from "../platform/atomically.ts";
import { isProcessAlive } from "../platform/process-start.ts";
import { type Database, makePrivately } from "./database.ts";
import { sqlitePath } from "./sqlite-path.ts";
import { stampOf } from "./stamp.ts";

/** The newest are kept. A person who goes back more than a few versions has the program of then, and its own copies. */
export const backupsKept = 3;

const nameForm = /^strata-.*-v(\d+)\.sqlite$/;

/** @returns the copy's path. Throws what the disk or the file does, and then the record is as it was. */
export function backUp(database: Database, path: string, version: number, now: Date): string {
  const folder = backupFolderOf(path);
  const copy = join(folder, `strata-${stampOf(now)}-v${version}.sqlite`);
  for (const name of namesIn(folder).filter(isLeftPartial)) rmSync(join(folder, name), { force: true });
  atomically(copy, (partial) => {
    makePrivately(partial);
    database.prepare("VACUUM INTO ?").run(sqlitePath(partial));
  });
  return copy;
}

/** Once the copy that was made last is worth more than the oldest. */
export function removeOldBackups(path: string): void {
  const folder = backupFolderOf(path);
  for (const name of backupsToRemove(namesIn(folder))) rmSync(join(folder, name), { force: true });
}

/** Where copies of this record are. */
export function backupFolderOf(path: string): string {
  return join(dirname(path), "backups");
}

/** What to say of a record that a later program brought up, with the newest copy that one of version `most` can open. */
export function newerRecord(path: string, most: number): StrataError<"store.newer"> {
  const folder = backupFolderOf(path);
  const copy = latestOpenable(namesIn(folder), most);
  return new StrataError("store.newer", { path, copy: copy === null ? null : join(folder, copy) });
}

/** Of copies by these names the newest that a program of version `most` can open; null for none. */
export function latestOpenable(names: readonly string[], most: number): string | null {
  const isOpenable = (name: string) => Number(nameForm.exec(name)?.[1] ?? Number.POSITIVE_INFINITY) <= most;
  return names.filter(isOpenable).sort().at(-1) ?? null;
}

/** Of a process that was killed as it copied: `….sqlite.<process>.partial`, with what SQLite lays beside. */
function isLeftPartial(name: string): boolean {
  const pid = /^strata-.*-v\d+\.sqlite\.(\d+)\.partial(-journal|-wal|-shm)?$/.exec(name)?.[1];
  // One of this number is of a process before, since nothing is copied here yet.
  return pid !== undefined && (Number(pid) === process.pid || !isProcessAlive(Number(pid), null));
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A name begins with its moment, so that the order of names is that of time. */
export function backupsToRemove(names: readonly string[]): readonly string[] {
  return names
    .filter((name) => nameForm.test(name))
    .sort()
    .slice(0, -backupsKept);
}
