/** Sweeps, and which runs belong to them. */
import { StrataError } from "../contract/errors.ts";
import { type SweepRequest, sweepRequest } from "../contract/sweep.ts";
import { settingOf } from "../domain/settings/settings.ts";
import type { Database } from "./database.ts";
import { createSetAside, type SetAside, storedJson } from "./stored-json.ts";

export interface SweepRecord {
  readonly id: number;
  readonly createdAt: string;
  readonly request: SweepRequest;
}

interface SweepRow {
  readonly id: number;
  readonly created_at: string;
  readonly request: string;
}

/** Of another version it may vary what this one does not have: then it is none that can be told of. */
const storedRequest = storedJson<SweepRequest>(
  sweepRequest.refine(({ vary }) => vary.every(({ setting }) => settingOf(setting) !== undefined), {
    error: "a setting is varied that there is not",
  }),
);

export type SweepRecords = ReturnType<typeof createSweepRecords>;

export function createSweepRecords(database: Database, setAside: SetAside = createSetAside()) {
  const insert = database.prepare<[string, string]>("INSERT INTO sweeps (request, created_at) VALUES (?, ?)");
  const byId = database.prepare<[number], SweepRow>("SELECT id, created_at, request FROM sweeps WHERE id = ?");
  const all = database.prepare<[], SweepRow>(`
    SELECT id, created_at, request FROM sweeps
    WHERE id IN (SELECT sweep_id FROM runs WHERE sweep_id IS NOT NULL AND deleted_at IS NULL) ORDER BY id DESC`);
  const runIds = database
    .prepare<[number], number>("SELECT id FROM runs WHERE sweep_id = ? AND deleted_at IS NULL ORDER BY id")
    .pluck();
  const claim = database.prepare<[string, number]>(`
    UPDATE runs SET owner_id = ?
    WHERE sweep_id = ? AND state = 'queued' AND owner_id NOT IN (SELECT id FROM engines)`);
  const elsewhere = database
    .prepare<[number, string], number>(
      "SELECT count(*) FROM runs WHERE sweep_id = ? AND state IN ('queued', 'running') AND owner_id <> ?",
    )
    .pluck();

  return {
    create(request: SweepRequest, createdAt: string): number {
      return Number(insert.run(JSON.stringify(request), createdAt).lastInsertRowid);
    },
    /** Throws `sweep.unknown`. */
    get(sweepId: number): SweepRecord {
      const row = byId.get(sweepId);
      if (!row) throw new StrataError("sweep.unknown", { sweepId });
      return recordOf(row);
    },
    /** Those that have runs, the newest first. */
    list(): readonly SweepRecord[] {
      return setAside.readable(all.all(), recordOf);
    },
    /** Its runs, in the order in which they were made. */
    runIds(sweepId: number): readonly number[] {
      return runIds.all(sweepId);
    },
    /** Makes this engine the owner of what waits of the sweep and belongs to nobody. @returns whether another engine has some of it */
    claim(sweepId: number, engineId: string): boolean {
      claim.run(engineId, sweepId);
      return elsewhere.get(sweepId, engineId)! > 0;
    },
  };
}

function recordOf({ id, created_at, request }: SweepRow): SweepRecord {
  return { id, createdAt: created_at, request: storedRequest(request, { table: "sweeps", id, column: "request" }) };
}
