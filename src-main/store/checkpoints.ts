/** Which saved states of a run there are: what training can go on from. Their files are the business of `training/checkpoint.ts`. */
import type { Database } from "./database.ts";

export interface CheckpointRecord {
  readonly step: number;
  readonly epoch: number;
  /** Name of its folder in the folder of checkpoints. */
  readonly folder: string;
  /** Of this run's arm. */
  readonly bytes: number;
  /** What the best is chosen by, the lower the better; null in the middle of an epoch. */
  readonly cost: number | null;
}

export type CheckpointRecords = ReturnType<typeof createCheckpointRecords>;

export function createCheckpointRecords(database: Database) {
  const insert = database.prepare<[CheckpointRecord & { readonly runId: number; readonly writtenAt: string }]>(`
    INSERT INTO checkpoints (run_id, step, epoch, folder, bytes, cost, written_at)
    VALUES (@runId, @step, @epoch, @folder, @bytes, @cost, @writtenAt)
    ON CONFLICT (run_id, step) DO UPDATE SET epoch = excluded.epoch, folder = excluded.folder, bytes = excluded.bytes,
      cost = excluded.cost, written_at = excluded.written_at`);
  const ofRun = database.prepare<[number], CheckpointRecord>(
    "SELECT step, epoch, folder, bytes, cost FROM checkpoints WHERE run_id = ? ORDER BY step DESC",
  );
  const remove = database.prepare<[string]>("DELETE FROM checkpoints WHERE folder = ?");
  const folders = database.prepare<[], string>("SELECT DISTINCT folder FROM checkpoints").pluck();

  return {
    add(runId: number, checkpoint: CheckpointRecord, writtenAt: string): void {
      insert.run({ ...checkpoint, runId, writtenAt });
    },
    /** The latest first. */
    ofRun(runId: number): readonly CheckpointRecord[] {
      return ofRun.all(runId);
    },
    /** Forgets a folder, for all runs whose state is in it. */
    remove(folder: string): void {
      remove.run(folder);
    },
    /** Of every run on record. */
    folders(): readonly string[] {
      return folders.all();
    },
  };
}
