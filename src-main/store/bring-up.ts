/**
 * A record of an earlier version is brought up to this one: by one engine, once no other has it open, and with a copy of how it was. An older Strata that
 * still ran on it would find tables that it does not know.
 */
import { rmSync } from "node:fs";
import { StrataError } from "../contract/errors.ts";
import { alone } from "./alone.ts";
import { backUp, removeOldBackups } from "./backup.ts";
import type { Database } from "./database.ts";
import { migrate, migrations, versionOf } from "./migrate.ts";
import { createNoticeRecords } from "./notices.ts";
import { livingEngines } from "./owners.ts";

/**
 * @returns whether it was of an earlier version; what became of it is then said in a notice
 * @throws StrataError `store.newer`, `store.older-open` while another Strata has it open, `store.busy`, and what the disk does; it is as it was then
 */
export function bringUp(database: Database, path: string, now: Date): boolean {
  if (!isEarlier(database)) {
    migrate(database, path);
    return false;
  }
  return alone(path, () => {
    // Another engine may have been faster.
    if (!isEarlier(database)) return false;
    const check = () => {
      if (livingEngines(database, now).length > 0) throw new StrataError("store.older-open", { path });
    };
    // Before the copy, too, which may be large.
    check();
    const copy = backUp(database, path, versionOf(database), now);
    try {
      migrate(database, path, migrations, check);
    } catch (thrown) {
      rmSync(copy, { force: true });
      throw thrown;
    }
    removeOldBackups(path);
    createNoticeRecords(database).add({ kind: "record-brought-up", copy }, now.toISOString());
    return true;
  });
}

/** A new file is of version 0, and has nothing to copy. */
function isEarlier(database: Database): boolean {
  const version = versionOf(database);
  return version > 0 && version < migrations.length;
}
