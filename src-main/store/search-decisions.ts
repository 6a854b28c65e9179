/** What successive halving decided, in the order in which it did. A rung's results are the first decisions of each block there. */
import type { SearchDecision } from "../contract/experiment.ts";
import type { Database } from "./database.ts";

/** What a block came to a rung with. */
export interface RungResult {
  readonly block: number;
  readonly value: number | null;
}

const columns = "block, rung, epochs, value, decision, rank, results, go_on AS goOn, decided_at AS decidedAt";
/** Of a block, so that it is what counts. */
const isLast = (table: string) =>
  `${table}.id = (SELECT max(id) FROM search_decisions AS later WHERE later.experiment_id = ${table}.experiment_id AND later.block = ${table}.block)`;
/** Blocks of runs that were told to stop by their search and nothing since. */
export const isToldToStop = `(experiment_id, block) IN (
  SELECT experiment_id, block FROM search_decisions AS told WHERE decision = 'stops' AND ${isLast("told")})`;

export type SearchDecisionRecords = ReturnType<typeof createSearchDecisionRecords>;

export function createSearchDecisionRecords(database: Database) {
  const insert = database.prepare<SearchDecision & { readonly experimentId: number }>(`
    INSERT INTO search_decisions (experiment_id, block, rung, epochs, value, decision, rank, results, go_on, decided_at)
    VALUES (@experimentId, @block, @rung, @epochs, @value, @decision, @rank, @results, @goOn, @decidedAt)`);
  const all = database.prepare<[number], SearchDecision>(
    `SELECT ${columns} FROM search_decisions WHERE experiment_id = ? ORDER BY id`,
  );
  const ofBlock = database.prepare<[number, number], SearchDecision>(
    `SELECT ${columns} FROM search_decisions WHERE experiment_id = ? AND block = ? ORDER BY id`,
  );
  const results = database.prepare<[number, number], RungResult>(`
    SELECT block, value FROM search_decisions
    WHERE experiment_id = ? AND rung = ? AND decision IN ('goes-on', 'stops') ORDER BY id`);
  // Few of the many that stopped have a value in between, and only of those it is asked what became of them.
  const stopped = database.prepare<[number, number, number, number], SearchDecision>(`
    SELECT ${columns} FROM search_decisions AS told
    WHERE experiment_id = ? AND rung = ? AND decision = 'stops' AND value BETWEEN ? AND ? AND ${isLast("told")}
      AND (SELECT min(end_reason IS 'halved') FROM runs
        WHERE runs.experiment_id = told.experiment_id AND runs.block = told.block AND deleted_at IS NULL) = 1
    ORDER BY id`);
  const runIds = database
    .prepare<[number, number], number>(
      "SELECT id FROM runs WHERE experiment_id = ? AND block = ? AND deleted_at IS NULL ORDER BY arm, id",
    )
    .pluck();

  return {
    add(experimentId: number, decision: SearchDecision): void {
      insert.run({ experimentId, ...decision });
    },
    list(experimentId: number): readonly SearchDecision[] {
      return all.all(experimentId);
    },
    ofBlock(experimentId: number, block: number): readonly SearchDecision[] {
      return ofBlock.all(experimentId, block);
    },
    /** In the order in which they came. */
    results(experimentId: number, rung: number): readonly RungResult[] {
      return results.all(experimentId, rung);
    },
    /** Blocks that stopped at the rung with a value from one to the other, and of which nothing else was decided or done since. */
    stopped(experimentId: number, rung: number, values: readonly number[]): readonly SearchDecision[] {
      return stopped.all(experimentId, rung, Math.min(...values), Math.max(...values));
    },
    runIds(experimentId: number, block: number): readonly number[] {
      return runIds.all(experimentId, block);
    },
  };
}
