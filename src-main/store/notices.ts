/** What a person has to be told, until it is dismissed. */
import { type EngineNotice, type Rescue, rescue, rescueInWords } from "../contract/notice.ts";
import type { Database } from "./database.ts";

interface NoticeRow {
  readonly id: number;
  readonly details: string;
  readonly created_at: string;
}

export type NoticeRecords = ReturnType<typeof createNoticeRecords>;

export function createNoticeRecords(database: Database) {
  const insert = database.prepare<[string, string, string]>(
    "INSERT INTO notices (kind, details, created_at) VALUES (?, ?, ?)",
  );
  const open = database.prepare<[], NoticeRow>(
    "SELECT id, details, created_at FROM notices WHERE dismissed_at IS NULL ORDER BY id",
  );
  const dismiss = database.prepare<[string, number]>("UPDATE notices SET dismissed_at = ? WHERE id = ?");

  return {
    add(notice: Rescue, at: string): void {
      insert.run(notice.kind, JSON.stringify(notice), at);
    },
    /** The oldest first. One of a kind that this program does not know is left to the program that does. */
    open(): readonly EngineNotice[] {
      return open.all().flatMap(({ id, details, created_at }) => {
        const known = rescue.safeParse(JSON.parse(details));
        return known.success ? [{ id, at: created_at, ...rescueInWords(known.data) }] : [];
      });
    },
    dismiss(id: number, at: string): void {
      dismiss.run(at, id);
    },
  };
}
