/**
 * New runs become rows. There may be ten thousand, so that they are laid beside the record first, in memory and block by block, while others read and write. One
 * statement then takes them over: the record has all of them or none, whenever the engine is killed.
 */
import type { Database } from "./database.ts";
import type { NewBlock, NewRuns } from "./run-changes.ts";
import { rememberConfiguration } from "./run-row.ts";

export interface LaidRuns {
  /** Behind those that were laid before. */
  lay(block: NewBlock): void;
  /** In the caller's transaction, behind all that waits. @returns their numbers, in the order in which they were laid */
  record(runs: NewRuns): readonly number[];
  /** Whether or not they were recorded; nothing can be done with them afterwards. */
  forget(): void;
}

/** @param lastPosition of the queue */
export function createRunRecorder(database: Database, lastPosition: () => number): () => LaidRuns {
  database.exec(`
    CREATE TEMP TABLE laid_runs (
      batch INTEGER NOT NULL, block INTEGER NOT NULL, arm INTEGER, model_id TEXT NOT NULL, model_title TEXT NOT NULL, title TEXT NOT NULL,
      configuration TEXT NOT NULL, predicted_memory_bytes INTEGER)`);
  const insert = database.prepare<[Record<string, string | number | null>]>(`
    INSERT INTO laid_runs (batch, block, arm, model_id, model_title, title, configuration, predicted_memory_bytes)
    VALUES (@batch, @block, @arm, @modelId, @modelTitle, @title, @configuration, @predictedMemoryBytes)`);
  const record = database.prepare<[Record<string, string | number | null>]>(`
    INSERT INTO runs (experiment_id, block, arm, dataset_id, model_id, model_title, title, state, configuration, predicted_memory_bytes, owner_id,
      created_at, queue_position)
    SELECT @experimentId, @firstBlock + block, arm, @datasetId, model_id, model_title, title, 'queued', configuration, predicted_memory_bytes, @ownerId,
      @createdAt, @firstPosition + block
    FROM laid_runs WHERE batch = @batch ORDER BY rowid`);
  const forget = database.prepare<[number]>("DELETE FROM laid_runs WHERE batch = ?");
  let batches = 0;

  return () => {
    const batch = ++batches;
    let blocks = 0;
    return {
      lay({ runs, predictedMemoryBytes }) {
        for (const [index, { model, title, configuration: settings }] of runs.entries()) {
          const configuration = JSON.stringify(settings);
          const arm = runs.length > 1 ? index : null;
          const names = { modelId: model.id, modelTitle: model.title, title };
          insert.run({ batch, block: blocks, arm, ...names, configuration, predictedMemoryBytes });
          rememberConfiguration(configuration);
        }
        blocks++;
      },
      record({ experiment, ...rest }) {
        const place = { experimentId: experiment?.id ?? null, firstBlock: experiment?.firstBlock ?? null };
        const run = { batch, ...rest, ...place, firstPosition: lastPosition() + 1 };
        const { changes, lastInsertRowid } = record.run(run);
        // One statement has the numbers one after another.
        return Array.from({ length: changes }, (_, index) => Number(lastInsertRowid) - changes + 1 + index);
      },
      forget: () => void forget.run(batch),
    };
  };
}
