/**
 * What is deleted for good: runs whose removal can no longer be undone, and versions of data sets that a later one replaced and no run was trained on. A run
 * may have millions of rows, so that it goes piece by piece, each a short transaction, and between two pieces others write.
 */
import { type Database, writing } from "./database.ts";

export interface PurgedRun {
  readonly id: number;
  readonly createdAt: string;
  readonly weightsFile: string | null;
}

export interface PurgedPiece {
  readonly isLast: boolean;
  /** Runs that are gone with it, with the files of their weights, which nothing names any more. */
  readonly runs: readonly PurgedRun[];
}

/** What a run or a data set costs beside its rows, in rows: it has to be found, and its references looked for. */
const rowsOfOne = 100;

/** Removed earlier than any: a run of which a part is gone already cannot be restored. */
export const beingPurged = "0";

export type Purge = ReturnType<typeof createPurge>;

export function createPurge(database: Database) {
  const partsOfRuns = ["points", "predictions", "confusion", "evaluations", "checkpoints", "run_tags"].map((table) =>
    createRemover(database, table, "run_id"),
  );
  const partsOfDatasets = [createRemover(database, "examples", "dataset_id")];
  const nextRun = database
    .prepare<[string], number>("SELECT id FROM runs WHERE deleted_at < ? ORDER BY deleted_at, id LIMIT 1")
    .pluck();
  const mark = database.prepare<[string, number]>("UPDATE runs SET deleted_at = ? WHERE id = ?");
  const removeRun = database.prepare<[number], PurgedRun>(
    "DELETE FROM runs WHERE id = ? RETURNING id, created_at AS createdAt, weights_file AS weightsFile",
  );
  const removeEmptyExperiments = database.prepare<[]>(
    "DELETE FROM experiments WHERE id NOT IN (SELECT experiment_id FROM runs WHERE experiment_id IS NOT NULL)",
  );
  const removeEmptySweeps = database.prepare<[]>(
    "DELETE FROM sweeps WHERE id NOT IN (SELECT sweep_id FROM runs WHERE sweep_id IS NOT NULL)",
  );
  const nextDataset = database
    .prepare<[], number>(`
      SELECT id FROM datasets WHERE NOT EXISTS (SELECT 1 FROM runs WHERE runs.dataset_id = datasets.id)
        AND EXISTS (SELECT 1 FROM datasets later WHERE later.source_key = datasets.source_key
          AND (later.looked_at, later.id) > (datasets.looked_at, datasets.id)) LIMIT 1`)
    .pluck();
  const removeDataset = database.prepare<[number]>("DELETE FROM datasets WHERE id = ?");

  return {
    /** Deletes about `mostRows` rows. @param before runs that were removed earlier than this go */
    piece: writing(database, (before: string, mostRows: number): PurgedPiece => {
      const runs: PurgedRun[] = [];
      let left = mostRows;
      const empties = (parts: readonly Remover[], id: number): boolean => {
        for (const part of parts) left -= left > 0 ? part(id, left) : 0;
        return left > 0;
      };
      for (let id = nextRun.get(before); id !== undefined && left > 0; id = nextRun.get(before)) {
        mark.run(beingPurged, id);
        if (!empties(partsOfRuns, id)) return { isLast: false, runs };
        runs.push(removeRun.get(id)!);
        left -= rowsOfOne;
      }
      if (runs.length > 0) {
        removeEmptyExperiments.run();
        removeEmptySweeps.run();
      }
      for (let id = nextDataset.get(); id !== undefined && left > 0; id = nextDataset.get()) {
        if (!empties(partsOfDatasets, id)) return { isLast: false, runs };
        removeDataset.run(id);
        left -= rowsOfOne;
      }
      return { isLast: left > 0, runs };
    }),
  };
}

/** Deletes at most so many rows of an owner, and says how many. */
type Remover = (ownerId: number, mostRows: number) => number;

/** @param owner the first column of the table's key */
function createRemover(database: Database, table: string, owner: string): Remover {
  const columns = database.pragma(`table_info(${table})`) as readonly { name: string; pk: number }[];
  const rest = columns.filter(({ name, pk }) => pk > 0 && name !== owner).map(({ name }) => name);
  const key = rest.join(", ");
  const remove = database.prepare<{ readonly ownerId: number; readonly mostRows: number }>(`
    DELETE FROM ${table} WHERE ${owner} = @ownerId
      AND (${key}) IN (SELECT ${key} FROM ${table} WHERE ${owner} = @ownerId ORDER BY ${key} LIMIT @mostRows)`);
  return (ownerId, mostRows) => remove.run({ ownerId, mostRows }).changes;
}
