/**
 * Rows of a damaged record, read as far as they can be and written into a new one of the same version. Every table is read from its start and, where a page
 * is damaged, once more run by run (or row by row, for tables of such), each from both its ends, so that a page takes no more with it than what is on it.
 */
import type { Rescue } from "../contract/notice.ts";
import { type Database, isDamageError } from "./database.ts";

type Row = readonly (string | number | bigint | Buffer | null)[];

export interface TableBrought {
  readonly table: string;
  readonly brought: number;
  /** Rows that were seen and broke a rule of the table, or whose own key could not be read. */
  readonly lostRows: number;
  /** Runs, or data sets, of which a part could not be read. */
  readonly inPart: number;
}

/** `to` has foreign keys switched off, and tables of the same version as `from`. */
export function bringOver(from: Database, to: Database): readonly TableBrought[] {
  const tables = to
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all()
    // An engine that trained with the damaged record is gone.
    .filter((table) => table !== "engines");
  const largest = Math.max(
    0,
    ...tables.map((table) => largestKey(from, to, table)).filter((key) => Number.isSafeInteger(key)),
  );
  const brought = tables.map((table) => inPlaceOfSeeds(to, table, () => bringTable(from, to, table, largest)));
  keepSequences(from, to);
  return brought;
}

interface Columns {
  readonly names: readonly string[];
  /** For each of them what is selected of the old table. */
  readonly values: readonly string[];
  /** The first column of the key: a run's or a data set's number, or the row's own. */
  readonly key: string;
  readonly order: readonly string[];
}

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: 0 | 1;
  readonly dflt_value: string | null;
  readonly pk: number;
}

const infoOf = (database: Database, table: string) => database.pragma(`table_info(${table})`) as readonly ColumnInfo[];

/** Where the schema itself cannot be read, a reading of the table says what it lacks. */
function columnsThere(from: Database, to: Database, table: string): readonly string[] {
  try {
    return infoOf(from, table).map(({ name }) => name);
  } catch (thrown) {
    if (!isDamageError(thrown)) throw thrown;
    return infoOf(to, table).map(({ name }) => name);
  }
}

/** A column that the old table has lost is left to its default; where there is none, nothing stands in it, and what stood there is told as unreadable. */
function columnsOf(from: Database, to: Database, table: string): Columns {
  const there = new Set(columnsThere(from, to, table));
  const nothing = ({ type }: ColumnInfo) => (type === "TEXT" ? "''" : type === "BLOB" ? "x''" : "0");
  const columns = infoOf(to, table);
  const brought = columns.filter(
    ({ name, notnull, dflt_value }) => there.has(name) || (notnull === 1 && dflt_value === null),
  );
  const order = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  return {
    names: brought.map(({ name }) => name),
    values: brought.map((column) => (there.has(column.name) ? column.name : nothing(column))),
    key: order[0]!.name,
    order: order.map(({ name }) => name),
  };
}

/** No record has so many runs or data sets: a greater number is itself damage. */
const mostNumber = 1_000_000;

/** The largest number that a row of the table has, as far as it can be read. Numbers that were given and are on no row any more are not looked for. */
function largestKey(from: Database, to: Database, table: string): number {
  const { key } = columnsOf(from, to, table);
  try {
    return (
      from
        .prepare<[number], number | null>(`SELECT max(${key}) FROM ${table} WHERE ${key} <= ?`)
        .pluck()
        .get(mostNumber) ?? 0
    );
  } catch (thrown) {
    if (isDamageError(thrown)) return 0;
    throw thrown;
  }
}

/** Rows that a new record begins with give way to the old ones, and come back where those cannot be read. */
function inPlaceOfSeeds<T>(to: Database, table: string, bring: () => T): T {
  const { names } = columnsOf(to, to, table);
  const seeds = to
    .prepare<[], Row>(`SELECT ${names.join(", ")} FROM ${table}`)
    .raw()
    .all() as Row[];
  to.exec(`DELETE FROM ${table}`);
  const brought = bring();
  const insert = to.prepare<unknown[]>(insertSql(table, names));
  for (const seed of seeds) insert.run(...seed);
  return brought;
}

/** One that is there already, from the first reading, stays. */
function insertSql(table: string, names: readonly string[]): string {
  return `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")}) ON CONFLICT DO NOTHING`;
}

function bringTable(from: Database, to: Database, table: string, largest: number): TableBrought {
  const { names, values: selected, key, order } = columnsOf(from, to, table);
  // Every column that it could have brought is gone: what a new record begins with stays.
  if (names.length === 0) return { table, brought: 0, lostRows: 0, inPart: 0 };
  const select = `SELECT ${selected.join(", ")} FROM ${table}`;
  const insert = to.prepare<unknown[]>(insertSql(table, names));
  const holds = to.prepare<[unknown], number>(`SELECT 1 FROM ${table} WHERE ${key} = ? LIMIT 1`).pluck();
  let brought = 0;
  let lostRows = 0;
  let inPart = 0;
  const take = (row: Row): void => {
    const number = row[names.indexOf(key)];
    // SQLite can give no number after the greatest.
    if (typeof number === "number" && !Number.isSafeInteger(number)) {
      lostRows += 1;
      return;
    }
    try {
      brought += insert.run(...row).changes;
    } catch (thrown) {
      // What a damaged page holds need not be of the column's type.
      if (!(thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("SQLITE_CONSTRAINT")))
        throw thrown;
      lostRows += 1;
    }
  };
  const read = (sql: string, ...values: number[]): boolean => {
    try {
      const rows = from
        .prepare<number[], Row>(sql)
        .raw()
        .iterate(...values) as IterableIterator<Row>;
      for (const row of rows) take(row);
      return true;
    } catch (thrown) {
      if (isDamageError(thrown)) return false;
      throw thrown;
    }
  };

  if (read(`${select} ORDER BY ${order.join(", ")}`)) return { table, brought, lostRows, inPart };
  // What was seen is seen again.
  lostRows = 0;
  const backwards = order.map((name) => `${name} DESC`).join(", ");
  for (let value = 1; value <= largest; value++) {
    const ofValue = `${select} WHERE ${key} = ? ORDER BY`;
    if (read(`${ofValue} ${order.join(", ")}`, value)) continue;
    if (order.length === 1) lostRows += 1;
    else {
      read(`${ofValue} ${backwards}`, value);
      if (holds.get(value)) inPart += 1;
      else lostRows += 1;
    }
  }
  return { table, brought, lostRows, inPart };
}

/** The number of a run that was deleted still never names another, unless the list of numbers is damaged itself. */
function keepSequences(from: Database, to: Database): void {
  try {
    const rows = from.prepare<[], { name: string; seq: number }>("SELECT name, seq FROM sqlite_sequence").all();
    for (const { name, seq } of rows.filter((row) => row.seq <= mostNumber)) {
      to.prepare<[number, string]>("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?").run(seq, name);
    }
  } catch (thrown) {
    if (!isDamageError(thrown)) throw thrown;
  }
}

/** A damaged answer may name any class. */
const mostClasses = 10_000;

/** What belongs to nothing after the loss goes, but a run stays whenever it can: alone where its experiment is lost, on pictures without names where its data set is. */
export function mendReferences(database: Database): void {
  // Pairs of earlier versions had no blocks.
  const hasBlocks =
    database.prepare("SELECT 1 FROM pragma_table_info('runs') WHERE name = 'block'").get() !== undefined;
  database.exec(`
    UPDATE runs SET experiment_id = NULL, ${hasBlocks ? "block = NULL," : ""} arm = NULL
      WHERE experiment_id IS NOT NULL AND experiment_id NOT IN (SELECT id FROM experiments);
    INSERT INTO datasets (id, source_key, fingerprint, name, source, view, looked_at)
      SELECT dataset_id, 'lost ' || dataset_id, 'lost', 'Data set ' || dataset_id,
        configuration -> '$.dataset',
        json_object(
          'classes', json((SELECT json_group_array(json_object('name', 'Class ' || number, 'train', 0, 'validation', 0, 'test', 0)) FROM (
            WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${mostClasses} AND number <= ifnull((
              SELECT max(max(true_class, answer)) FROM confusion WHERE run_id IN (
                SELECT id FROM runs AS mates WHERE mates.dataset_id = runs.dataset_id)), 1))
            SELECT number FROM numbers))),
          'counts', json_object('train', 0, 'validation', 0, 'test', 0),
          'splitOrigin', json_object('validation', 'none', 'test', 'none'),
          'sidePixels', json_object('smallest', 0, 'largest', 0), 'problems', json_array(), 'samples', json_array()),
        created_at
      FROM runs WHERE json_valid(configuration) AND dataset_id NOT IN (SELECT id FROM datasets) GROUP BY dataset_id;`);
  const tables = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  // Runs first: what belongs to one that goes has to go after it.
  for (const table of ["runs", ...tables.filter((name) => name !== "runs")]) {
    const keys = database.pragma(`foreign_key_list(${table})`) as readonly {
      table: string;
      from: string;
      to: string;
    }[];
    const columns = database.pragma(`table_info(${table})`) as readonly { name: string; notnull: number }[];
    for (const key of keys) {
      const isNeeded = columns.some(({ name, notnull }) => name === key.from && notnull === 1);
      const deed = isNeeded ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${key.from} = NULL`;
      database.exec(
        `${deed} WHERE ${key.from} IS NOT NULL AND ${key.from} NOT IN (SELECT ${key.to} FROM ${key.table})`,
      );
    }
  }
}

/** For the person: the rest of the tables are of no use without runs, and are not counted out. */
export function rescueOf(setAside: string, tables: readonly TableBrought[]): Rescue {
  const brought = (name: string) => tables.find(({ table }) => table === name)?.brought ?? 0;
  return {
    kind: "record-rescued",
    setAside,
    brought: { runs: brought("runs"), points: brought("points") },
    lost: tables
      .filter(({ lostRows, inPart }) => lostRows > 0 || inPart > 0)
      .map(({ table, lostRows, inPart }) => ({ table, rows: lostRows, runsInPart: inPart })),
  };
}
