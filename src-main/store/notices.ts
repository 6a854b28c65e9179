/** What a person has to be told, until it is dismissed. */
import { z } from "zod";
import { type EngineNotice, type NoticeDetails, noticeDetails, noticeInWords } from "../contract/notice.ts";
import type { StoredPlace } from "../contract/stored-place.ts";
import type { Database } from "./database.ts";
import { createSetAside, type SetAside, storedJson } from "./stored-json.ts";

interface NoticeRow {
  readonly id: number;
  readonly details: string;
  readonly created_at: string;
}

const anyDetails = storedJson(z.looseObject({ kind: z.string() }));

export type NoticeRecords = ReturnType<typeof createNoticeRecords>;

export function createNoticeRecords(database: Database, setAside: SetAside = createSetAside()) {
  const insert = database.prepare<[string, string, string]>(
    "INSERT INTO notices (kind, details, created_at) VALUES (?, ?, ?)",
  );
  const open = database.prepare<[], NoticeRow>(
    "SELECT id, details, created_at FROM notices WHERE dismissed_at IS NULL ORDER BY id",
  );
  const all = database.prepare<[], NoticeRow>("SELECT id, details, created_at FROM notices ORDER BY id");
  const welcomed = database.prepare<[], number>("SELECT 1 FROM notices WHERE kind = 'first-start'").pluck();
  const welcome = database.prepare<[string, string]>(`
    INSERT INTO notices (kind, details, created_at, dismissed_at) VALUES ('first-start', '{"kind":"first-start"}', ?, ?)`);
  const dismiss = database.prepare<[string, number]>("UPDATE notices SET dismissed_at = ? WHERE id = ?");

  /** One of a kind that this program does not know is left to the program that does. */
  const known = (rows: readonly NoticeRow[]) =>
    setAside
      .readable(rows, ({ id, details, created_at }) => ({
        id,
        at: created_at,
        parsed: noticeDetails.safeParse(anyDetails(details, { table: "notices", id, column: "details" })),
      }))
      .flatMap(({ id, at, parsed }) => (parsed.success ? [{ id, at, details: parsed.data }] : []));
  const add = (notice: NoticeDetails, at: string): void => {
    insert.run(notice.kind, JSON.stringify(notice), at);
  };

  return {
    add,
    /** Names each row once, however often it is met. @returns whether any of these had not been named */
    addUnreadable(rows: readonly StoredPlace[], at: string): boolean {
      const key = ({ table, id, column }: StoredPlace) => `${table} ${id} ${column}`;
      const named = new Set(
        known(all.all()).flatMap(({ details }) => (details.kind === "rows-unreadable" ? details.rows.map(key) : [])),
      );
      const fresh = rows.filter((row) => !named.has(key(row)));
      if (fresh.length > 0) add({ kind: "rows-unreadable", rows: fresh }, at);
      return fresh.length > 0;
    },
    /** The oldest first; of one kind, or all. */
    open(kind?: NoticeDetails["kind"]): readonly EngineNotice[] {
      const asked = known(open.all()).filter(({ details }) => kind === undefined || details.kind === kind);
      return asked.map(({ id, at, details }) => ({ id, at, ...noticeInWords(details) }));
    },
    dismiss(id: number, at: string): void {
      dismiss.run(at, id);
    },
    /** Whether the page of the first start was dismissed: a notice that has a page in place of words. */
    isWelcomed(): boolean {
      return welcomed.get() !== undefined;
    },
    welcome(at: string): void {
      if (welcomed.get() === undefined) welcome.run(at, at);
    },
  };
}
