import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** One row of a home's record, read without any of Strata's own code. */
export function recordRow(home: string, sql: string, ...values: (string | number)[]): Record<string, unknown> {
  const database = new DatabaseSync(join(home, "strata.sqlite"), { readOnly: true, timeout: 5_000 });
  try {
    const row = database.prepare(sql).get(...values);
    if (!row) throw new Error(`No row: ${sql}`);
    return row;
  } finally {
    database.close();
  }
}
