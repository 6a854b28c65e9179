/** What successive halving decided, in the order in which it did. A rung's results are the first decisions of each block there. */
import type { SearchDecision } from "../contract/experiment.ts";
import type { Database } from "./database.ts";

/** A block that stopped, and where it stands by now: from 1, the best first. */
export type StoppedBlock = Pick<SearchDecision, "block" | "epochs"> & { readonly value: number; readonly rank: number };

const columns = "block, rung, epochs, value, decision, rank, results, go_on AS goOn, decided_at AS decidedAt";
/** Of a block, so that it is what counts. */
const isLast = (table: string) =>
  `${table}.id = (SELECT max(id) FROM search_decisions AS later WHERE later.experiment_id = ${table}.experiment_id AND later.block = ${table}.block)`;
/** Blocks of runs that were told to stop by their search and nothing since. */
export const isToldToStop = `(experiment_id, block) IN (
  SELECT experiment_id, block FROM search_decisions AS told WHERE decision = 'stops' AND ${isLast("told")})`;

/** Without a word SQLite takes an index that reads every rung. */
const standings = "search_decisions INDEXED BY search_standing";
const ofRung = "experiment_id = ? AND rung = ? AND decision IN ('goes-on', 'stops')";
export const countResultsSql = `SELECT count(*) FROM ${standings} WHERE ${ofRung}`;
export const countAsGoodSql = (isBetterHigh: boolean): string =>
  `${countResultsSql} AND value ${isBetterHigh ? ">=" : "<="} ?`;
/** The best are as many as go on; of them few have stopped, and only of those it is asked what became of them. */
export const stoppedSql = (isBetterHigh: boolean): string => `
  SELECT told.block, told.epochs, told.value, best.rank FROM (
    SELECT id, decision, row_number() OVER (ORDER BY value ${isBetterHigh ? "DESC" : "ASC"}, id) AS rank FROM ${standings}
    WHERE experiment_id = @experimentId AND rung = @rung AND decision IN ('goes-on', 'stops') AND value IS NOT NULL
    ORDER BY value ${isBetterHigh ? "DESC" : "ASC"}, id LIMIT @most) AS best
  JOIN search_decisions AS told ON told.id = best.id
  WHERE best.decision = 'stops' AND ${isLast("told")}
    AND (SELECT min(end_reason IS 'halved') FROM runs
      WHERE runs.experiment_id = told.experiment_id AND runs.block = told.block AND deleted_at IS NULL) = 1
  ORDER BY told.id`;

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
  const count = database.prepare<[number, number], number>(countResultsSql).pluck();
  const asGood = (isBetterHigh: boolean) =>
    database.prepare<[number, number, number], number>(countAsGoodSql(isBetterHigh)).pluck();
  const countAsGood = { lower: asGood(false), higher: asGood(true) };
  const stoppedAmong = (isBetterHigh: boolean) =>
    database.prepare<{ experimentId: number; rung: number; most: number }, StoppedBlock>(stoppedSql(isBetterHigh));
  const stopped = { lower: stoppedAmong(false), higher: stoppedAmong(true) };
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
    /** How many blocks have come to the rung. */
    countResults(experimentId: number, rung: number): number {
      return count.get(experimentId, rung)!;
    },
    /** How many came to the rung with a value as good or better. */
    countAsGood(experimentId: number, rung: number, value: number, isBetterHigh: boolean): number {
      return countAsGood[isBetterHigh ? "higher" : "lower"].get(experimentId, rung, value)!;
    },
    /** Of the best so many at the rung, the earlier of equals first, those that stopped there and of which nothing else was decided or done since. */
    stoppedAmongBest(experimentId: number, rung: number, most: number, isBetterHigh: boolean): readonly StoppedBlock[] {
      return stopped[isBetterHigh ? "higher" : "lower"].all({ experimentId, rung, most });
    },
    runIds(experimentId: number, block: number): readonly number[] {
      return runIds.all(experimentId, block);
    },
  };
}
