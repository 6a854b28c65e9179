/** The record as the doctor finds it, looked at without changing it. */
import { statSync } from "node:fs";
import type { EngineNotice } from "../contract/notice.ts";
import { isWhole } from "./damage.ts";
import { openReadOnly } from "./database.ts";
import { createNoticeRecords } from "./notices.ts";

export interface RecordState {
  readonly isWhole: boolean;
  readonly bytes: number;
  /** What was told and not dismissed yet. */
  readonly notices: readonly EngineNotice[];
}

/** Null where there is no record yet, or SQLite does not load. */
export function recordState(path: string): RecordState | null {
  try {
    const bytes = statSync(path).size;
    if (!isWhole(path)) return { isWhole: false, bytes, notices: [] };
    return { isWhole: true, bytes, notices: noticesOf(path) };
  } catch {
    return null;
  }
}

/** None in a record of a version before there were any. */
function noticesOf(path: string): readonly EngineNotice[] {
  const database = openReadOnly(path);
  try {
    return createNoticeRecords(database).open();
  } catch {
    return [];
  } finally {
    database.close();
  }
}
