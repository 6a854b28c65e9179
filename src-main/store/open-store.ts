/** The record of everything that was done here, as one object over one SQLite file. */

import { type CheckpointRecords, createCheckpointRecords } from "./checkpoints.ts";
import { codedStoreError, openDatabase, withStoreErrors } from "./database.ts";
import { createDatasetRecords, type DatasetRecords } from "./datasets.ts";
import { createEvaluationRecords, type EvaluationRecords } from "./evaluations.ts";
import { migrate } from "./migrate.ts";
import { createOwnerRecords, type OwnerRecords } from "./owners.ts";
import { createPointRecords, type PointRecords } from "./points.ts";
import { createQueueRecords, type QueueRecords } from "./queue.ts";
import { createRunRecords, type LossOf, type RunRecords } from "./runs.ts";
import { createSweepRecords, type SweepRecords } from "./sweeps.ts";

export interface Store {
  readonly datasets: DatasetRecords;
  readonly runs: RunRecords;
  readonly points: PointRecords;
  readonly evaluations: EvaluationRecords;
  readonly checkpoints: CheckpointRecords;
  readonly owners: OwnerRecords;
  readonly queue: QueueRecords;
  readonly sweeps: SweepRecords;
  /** All of `work` is recorded, or none of it. Throws `disk.*` and `store.damaged` for what the disk or the file does. */
  transaction<T>(work: () => T): T;
  /** Whether another process wrote since this was last asked. */
  wasChangedElsewhere(): boolean;
  close(): void;
}

/**
 * Opens or begins the record. A run's loss is not in it: a table never changes its loss, so `lossOf` tells it of old rows too. Throws `store.newer`, `store.damaged`, `disk.full` and `disk.read-only`.
 */
export function openStore(path: string, lossOf: LossOf = () => null): Store {
  const database = openDatabase(path);
  try {
    withStoreErrors(path, () => migrate(database, path));
  } catch (thrown) {
    database.close();
    throw thrown;
  }

  const datasets = createDatasetRecords(database);
  const evaluations = createEvaluationRecords(database);
  let seenVersion = database.pragma("data_version", { simple: true });
  return {
    datasets,
    runs: createRunRecords(database, { datasets, evaluations, lossOf }),
    points: createPointRecords(database),
    evaluations,
    checkpoints: createCheckpointRecords(database),
    owners: createOwnerRecords(database),
    queue: createQueueRecords(database),
    sweeps: createSweepRecords(database),
    transaction(work) {
      try {
        return database.transaction(work).immediate();
      } catch (thrown) {
        throw codedStoreError(thrown, path);
      }
    },
    wasChangedElsewhere() {
      const version = database.pragma("data_version", { simple: true });
      const isChanged = version !== seenVersion;
      seenVersion = version;
      return isChanged;
    },
    close() {
      database.close();
    },
  };
}
