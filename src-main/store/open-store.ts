/** The record of everything that was done here, as one object over one SQLite file. */

import { StrataError } from "../contract/errors.ts";
import type { StoredPlace } from "../contract/stored-place.ts";
import { bringUp } from "./bring-up.ts";
import { type BundledRunRecords, createBundledRunRecords } from "./bundled-runs.ts";
import { type CheckpointRecords, createCheckpointRecords } from "./checkpoints.ts";
import { sealRecord, unsealRecord } from "./damage.ts";
import { codedStoreError, openDatabase, settle, withStoreErrors, writing } from "./database.ts";
import type { DatasetRecords } from "./datasets.ts";
import type { EvaluationRecords } from "./evaluations.ts";
import type { ExperimentRecords } from "./experiments.ts";
import { createLogitRecords, type LogitRecords } from "./logits.ts";
import type { MachineRecords } from "./machine.ts";
import { migrate } from "./migrate.ts";
import type { NoticeRecords } from "./notices.ts";
import { createOwnerRecords, type OwnerRecords } from "./owners.ts";
import { createPointRecords, type PointRecords } from "./points.ts";
import { createPurge, type Purge } from "./purge.ts";
import { createQueueRecords, type QueueRecords } from "./queue.ts";
import { rescueIfDamaged } from "./rescue.ts";
import type { LossOf, RunRecords } from "./runs.ts";
import { createSearchDecisionRecords, type SearchDecisionRecords } from "./search-decisions.ts";
import { createStepTimeRecords, type StepTimeRecords } from "./step-times.ts";
import { createSetAside } from "./stored-json.ts";
import { createRowReaders, findUnreadable } from "./unreadable.ts";
import type { VersionRecords } from "./versions.ts";

export interface Store {
  readonly datasets: DatasetRecords;
  readonly runs: RunRecords;
  readonly experiments: ExperimentRecords;
  readonly searchDecisions: SearchDecisionRecords;
  readonly points: PointRecords;
  readonly stepTimes: StepTimeRecords;
  readonly bundles: BundledRunRecords;
  readonly evaluations: EvaluationRecords;
  readonly logits: LogitRecords;
  readonly checkpoints: CheckpointRecords;
  readonly owners: OwnerRecords;
  readonly queue: QueueRecords;
  readonly machine: MachineRecords;
  readonly notices: NoticeRecords;
  /** Whether the record was damaged, and a new one was begun at this opening. */
  readonly isRescued: boolean;
  /** Whether it was of an earlier version, and was brought up to this one at this opening. */
  readonly isBroughtUp: boolean;
  readonly versions: VersionRecords;
  readonly purge: Purge;
  /** Reads every row that might be unreadable, so that `unreadableNews` has all that are. */
  findUnreadable(): void;
  /** Rows that were found unreadable since this was last asked. */
  unreadableNews(): readonly StoredPlace[];
  /** All of `work` is recorded, or none of it. Throws `disk.*` and `store.damaged` for what the disk or the file does. */
  transaction<T>(work: () => T): T;
  /** Whether another process wrote since this was last asked. */
  wasChangedElsewhere(): boolean;
  close(): void;
}

/**
 * Opens or begins the record. A damaged one is set aside and a new one begun with what can be read; one of an earlier version is copied before it is brought
 * up to this one. A run's loss is not in it: a table never changes its loss, so `lossOf` tells it of old rows too.
 * Throws `store.newer`, `store.older-open`, `disk.full` and `disk.read-only`; `store.damaged` for a file that turns out so only now: then the next start sets it aside.
 */
export function openStore(path: string, lossOf: LossOf = () => null, now: Date = new Date()): Store {
  const isFile = path !== ":memory:";
  const isRescued = isFile && withStoreErrors(path, () => rescueIfDamaged(path, now));
  const database = openDatabase(path);
  let isBroughtUp = false;
  try {
    withStoreErrors(path, () => {
      if (isFile) isBroughtUp = bringUp(database, path, now);
      else migrate(database, path);
    });
  } catch (thrown) {
    database.close();
    if (isFile) unsealRecord(path);
    throw thrown;
  }

  settle(database);
  // An engine that met damage leaves the record unsealed, so that the next one looks.
  let isWhole = true;
  const coded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (thrown) {
      const error = codedStoreError(thrown, path);
      if (error instanceof StrataError && error.code === "store.damaged") isWhole = false;
      throw error;
    }
  };
  /** The same records, whose every function throws coded errors. */
  const withCodes = <T extends object>(records: T): T =>
    Object.fromEntries(
      Object.entries(records).map(([name, deed]) => [name, (...values: unknown[]) => coded(() => deed(...values))]),
      // The same names, with functions of the same kinds.
    ) as T;
  const setAside = createSetAside();
  const readers = createRowReaders(database, setAside, lossOf);
  let seenVersion = database.pragma("data_version", { simple: true });
  return {
    datasets: withCodes(readers.datasets),
    evaluations: withCodes(readers.evaluations),
    runs: withCodes(readers.runs),
    experiments: withCodes(readers.experiments),
    versions: withCodes(readers.versions),
    notices: withCodes(readers.notices),
    machine: withCodes(readers.machine),
    searchDecisions: withCodes(createSearchDecisionRecords(database)),
    points: withCodes(createPointRecords(database)),
    stepTimes: withCodes(createStepTimeRecords(database)),
    logits: withCodes(createLogitRecords(database)),
    bundles: withCodes(createBundledRunRecords(database)),
    checkpoints: withCodes(createCheckpointRecords(database)),
    owners: withCodes(createOwnerRecords(database)),
    queue: withCodes(createQueueRecords(database)),
    purge: withCodes(createPurge(database)),
    isRescued,
    isBroughtUp,
    findUnreadable: () => coded(() => findUnreadable(readers)),
    unreadableNews: setAside.news,
    transaction: (work) => coded(writing(database, work)),
    wasChangedElsewhere() {
      const version = database.pragma("data_version", { simple: true });
      const isChanged = version !== seenVersion;
      seenVersion = version;
      return isChanged;
    },
    close() {
      database.close();
      if (isFile && isWhole) sealRecord(path);
    },
  };
}
