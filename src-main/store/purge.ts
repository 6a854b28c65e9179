/**
 * What is deleted for good: runs whose removal can no longer be undone, and versions of data sets that a later one replaced and no run was trained on, or
 * that were not recorded to their end. A run may have millions of rows, so that it goes piece by piece, each a short transaction, and between two pieces others write.
 */
import { type Database, writing } from "./database.ts";
import { givenUp, notWhole } from "./record-dataset.ts";

export interface PurgedRun {
  readonly id: number;
  readonly createdAt: string;
  readonly weightsFile: string | null;
}

export interface PurgedPiece {
  readonly isLast: boolean;
  /** How many runs are gone with it. */
  readonly runs: number;
}

/** What a run or a data set costs beside its rows, in rows: it has to be found, and its references looked for. */
const rowsOfOne = 100;

/** Removed earlier than any: a run of which a part is gone already cannot be restored. */
export const beingPurged = "0";

export type Purge = ReturnType<typeof createPurge>;

export function createPurge(database: Database) {
  const partsOfRuns = [
    "points",
    "step_times",
    "predictions",
    "logits",
    "confusion",
    "evaluation_values",
    "evaluations",
    "checkpoints",
    "run_tags",
  ].map((table) => createRemover(database, table, "run_id"));
  const partsOfDatasets = [createRemover(database, "examples", "dataset_id")];
  const nextRun = database
    .prepare<[string], number>("SELECT id FROM runs WHERE deleted_at = ? ORDER BY id LIMIT 1")
    .pluck();
  const mark = database.prepare<[string, string], PurgedRun>(
    "UPDATE runs SET deleted_at = ? WHERE deleted_at < ? RETURNING id, created_at AS createdAt, weights_file AS weightsFile",
  );
  const removeRun = database.prepare<[number]>("DELETE FROM runs WHERE id = ?");
  const removeEmptyExperiments = database.prepare<[]>(
    "DELETE FROM experiments WHERE id NOT IN (SELECT experiment_id FROM runs WHERE experiment_id IS NOT NULL)",
  );
  const nextDataset = database
    .prepare<[], number>(`
      SELECT id FROM datasets WHERE source_key = '${givenUp}' OR looked_at <> '${notWhole}'
        AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.dataset_id = datasets.id)
        AND EXISTS (SELECT 1 FROM datasets later WHERE later.source_key = datasets.source_key
          AND (later.looked_at, later.id) > (datasets.looked_at, datasets.id)) LIMIT 1`)
    .pluck();
  const giveUp = database.prepare<[]>(
    `UPDATE datasets SET source_key = '${givenUp}', fingerprint = id WHERE looked_at = '${notWhole}'`,
  );
  const removeDataset = database.prepare<[number]>("DELETE FROM datasets WHERE id = ?");

  return {
    /**
     * Runs that were removed earlier than this can be restored no more. Those of a purge that was cut off are among them. Data sets that are not wholly recorded
     * are given up; one that is being recorded at the moment is begun anew.
     * @returns their files go before any piece: afterwards nothing names them
     */
    begin: writing(database, (before: string): readonly PurgedRun[] => {
      giveUp.run();
      return mark.all(beingPurged, before);
    }),

    /** Deletes about `mostRows` rows. */
    piece: writing(database, (mostRows: number): PurgedPiece => {
      let runs = 0;
      let left = mostRows;
      const empties = (parts: readonly Remover[], id: number): boolean => {
        for (const part of parts) left -= left > 0 ? part(id, left) : 0;
        return left > 0;
      };
      for (let id = nextRun.get(beingPurged); id !== undefined && left > 0; id = nextRun.get(beingPurged)) {
        if (!empties(partsOfRuns, id)) return { isLast: false, runs };
        removeRun.run(id);
        runs++;
        left -= rowsOfOne;
      }
      if (runs > 0) {
        removeEmptyExperiments.run();
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
