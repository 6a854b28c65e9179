/** What people do to recorded runs: name, annotate, pin, archive and tag them, hide and restore them. */
import { StrataError } from "../contract/errors.ts";
import type { RunMarks, RunView } from "../contract/run.ts";
import { type Database, writing } from "./database.ts";
import { beingPurged } from "./purge.ts";
import type { RunStanding } from "./run-changes.ts";

/** Of a run that was deleted. */
export interface DeletedRow {
  readonly id: number;
  readonly title: string;
  readonly modelTitle: string;
  readonly dataset: string;
  readonly diskBytes: number;
  readonly deletedAt: string;
}

/** @param read of the runs themselves */
export function createRunMarks(
  database: Database,
  read: {
    readonly get: (runId: number) => RunView;
    readonly findAll: (runIds: readonly number[]) => readonly RunView[];
    /** Throws `run.unknown`. */
    readonly standing: (runId: number) => RunStanding;
  },
) {
  const { get, findAll, standing } = read;
  const rename = database.prepare<[string, number]>("UPDATE runs SET title = ? WHERE id = ? AND deleted_at IS NULL");
  const annotate = database.prepare<[string, number]>("UPDATE runs SET note = ? WHERE id = ? AND deleted_at IS NULL");
  const setPinned = database.prepare<[string | null, number]>("UPDATE runs SET pinned_at = ? WHERE id = ?");
  const setArchived = database.prepare<[string | null, number]>("UPDATE runs SET archived_at = ? WHERE id = ?");
  const addTag = database.prepare<[number, string]>("INSERT OR IGNORE INTO run_tags (run_id, tag) VALUES (?, ?)");
  const dropTag = database.prepare<[number, string]>("DELETE FROM run_tags WHERE run_id = ? AND tag = ?");
  const setDeleted = database.prepare<[string, number]>("UPDATE runs SET deleted_at = ? WHERE id = ?");
  const restore = database.prepare<[string, number]>(
    "UPDATE runs SET deleted_at = NULL WHERE deleted_at <> ? AND id = ?",
  );

  const deleted = database.prepare<[string, number], DeletedRow>(`
    SELECT id, title, model_title AS modelTitle, deleted_at AS deletedAt,
      (SELECT name FROM datasets WHERE datasets.id = dataset_id) AS dataset,
      ifnull(weights_bytes, 0) + (SELECT ifnull(sum(bytes), 0) FROM checkpoints WHERE run_id = runs.id) AS diskBytes
    FROM runs WHERE deleted_at > ? ORDER BY deleted_at DESC, id DESC LIMIT ?`);
  const countDeleted = database.prepare<[string], number>("SELECT count(*) FROM runs WHERE deleted_at > ?").pluck();
  const forget = database.prepare<[string, string, number]>(
    "UPDATE runs SET deleted_at = ? WHERE deleted_at > ? AND id = ?",
  );

  return {
    /** Those that can be brought back, the last deleted first, so many at most; and how many there are. */
    deleted: (most: number): { readonly rows: readonly DeletedRow[]; readonly found: number } => ({
      rows: deleted.all(beingPurged, most),
      found: countDeleted.get(beingPurged)!,
    }),
    /** Of deleted runs: they can be brought back no more. Others stay as they are. */
    forget: writing(database, (runIds: readonly number[]): void => {
      for (const runId of runIds) forget.run(beingPurged, beingPurged, runId);
    }),
    rename(runId: number, title: string): RunView {
      rename.run(title, runId);
      return get(runId);
    },
    annotate(runId: number, note: string): RunView {
      annotate.run(note, runId);
      return get(runId);
    },

    /** Throws `run.unknown`, and then marks none. Gives those that can be read. */
    mark: writing(database, (runIds: readonly number[], marks: RunMarks, at: string): readonly RunView[] => {
      const { isPinned, isArchived, addTags = [], dropTags = [] } = marks;
      for (const runId of runIds) {
        standing(runId);
        if (isPinned !== undefined) setPinned.run(isPinned ? at : null, runId);
        if (isArchived !== undefined) setArchived.run(isArchived ? at : null, runId);
        for (const tag of addTags) addTag.run(runId, tag);
        for (const tag of dropTags) dropTag.run(runId, tag);
      }
      return findAll(runIds);
    }),

    /** Hides the runs until they are restored or purged. Throws `run.unknown` and `run.active`, and then hides none. */
    remove: writing(database, (runIds: readonly number[], deletedAt: string): void => {
      for (const runId of runIds) {
        const { state } = standing(runId);
        if (state === "queued" || state === "running") throw new StrataError("run.active", { runId });
        setDeleted.run(deletedAt, runId);
      }
    }),
    /** Throws `run.unknown`, also for a run that is being deleted for good. */
    restore: writing(database, (runIds: readonly number[]): readonly RunView[] => {
      for (const runId of runIds) {
        restore.run(beingPurged, runId);
        standing(runId);
      }
      return findAll(runIds);
    }),
  };
}
