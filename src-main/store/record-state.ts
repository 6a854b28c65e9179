/** The record as the doctor finds it, looked at without changing it. */
import { statSync } from "node:fs";
import type { EngineNotice } from "../contract/notice.ts";
import type { StoredPlace } from "../contract/stored-place.ts";
import { isWhole } from "./damage.ts";
import { openReadOnly } from "./database.ts";
import { migrations, versionOf } from "./migrate.ts";
import { createNoticeRecords } from "./notices.ts";
import { findUnreadableRows } from "./unreadable.ts";

export interface RecordState {
  readonly isWhole: boolean;
  readonly bytes: number;
  /** Rows that cannot be read. */
  readonly unreadable: readonly StoredPlace[];
  /** What was told of a rescue and not dismissed yet. */
  readonly notices: readonly EngineNotice[];
}

/** Null where there is no record yet, or SQLite does not load. */
export function recordState(path: string): RecordState | null {
  try {
    const bytes = statSync(path).size;
    if (!isWhole(path)) return { isWhole: false, bytes, unreadable: [], notices: [] };
    return { isWhole: true, bytes, ...told(path) };
  } catch {
    return null;
  }
}

/** Nothing of a record of an earlier version, which is read once it is brought up to this one. */
function told(path: string): Pick<RecordState, "unreadable" | "notices"> {
  const database = openReadOnly(path);
  try {
    if (versionOf(database) !== migrations.length) return { unreadable: [], notices: [] };
    return { unreadable: findUnreadableRows(database), notices: createNoticeRecords(database).open("record-rescued") };
  } finally {
    database.close();
  }
}
