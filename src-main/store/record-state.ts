/** The record as the doctor finds it, looked at without changing it. */
import { statSync } from "node:fs";
import type { StrataError } from "../contract/errors.ts";
import type { EngineNotice } from "../contract/notice.ts";
import type { StoredPlace } from "../contract/stored-place.ts";
import { newerRecord } from "./backup.ts";
import { isWhole } from "./damage.ts";
import { openReadOnly } from "./database.ts";
import { migrations, versionOf } from "./migrate.ts";
import { createNoticeRecords } from "./notices.ts";
import { findUnreadableRows } from "./unreadable.ts";

export interface RecordState {
  readonly isWhole: boolean;
  readonly bytes: number;
  /** Where a later program brought it up, so that this one does not open it. */
  readonly newer: StrataError<"store.newer"> | null;
  /** Rows that cannot be read. */
  readonly unreadable: readonly StoredPlace[];
  /** What was told of a rescue and not dismissed yet. */
  readonly notices: readonly EngineNotice[];
}

/** Null where there is no record yet, or SQLite does not load. */
export function recordState(path: string): RecordState | null {
  try {
    const bytes = statSync(path).size;
    if (!isWhole(path)) return { isWhole: false, bytes, newer: null, unreadable: [], notices: [] };
    return { isWhole: true, bytes, ...told(path) };
  } catch {
    return null;
  }
}

/** No row of a record of another version: an earlier one is read once it is brought up to this one. */
function told(path: string): Pick<RecordState, "newer" | "unreadable" | "notices"> {
  const database = openReadOnly(path);
  try {
    const version = versionOf(database);
    const newer = version > migrations.length ? newerRecord(path, migrations.length) : null;
    if (version !== migrations.length) return { newer, unreadable: [], notices: [] };
    const notices = createNoticeRecords(database).open("record-rescued");
    return { newer, unreadable: findUnreadableRows(database), notices };
  } finally {
    database.close();
  }
}
