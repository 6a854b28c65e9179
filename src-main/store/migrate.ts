/** Brings a record up to this program's version, one numbered step at a time. Each step is whole or not done. */
import { newerRecord } from "./backup.ts";
import type { Database } from "./database.ts";
import { sql as firstRecord } from "./migrations/0001-first-record.ts";
import { sql as device } from "./migrations/0002-device.ts";
import { sql as weights } from "./migrations/0003-weights.ts";
import { sql as checkpoints } from "./migrations/0004-checkpoints.ts";
import { sql as manyRuns } from "./migrations/0005-many-runs.ts";
import { sql as memory } from "./migrations/0006-memory.ts";
import { sql as queue } from "./migrations/0007-queue.ts";
import { sql as machine } from "./migrations/0008-machine.ts";
import { sql as engineDeaths } from "./migrations/0009-engine-deaths.ts";
import { sql as top5 } from "./migrations/0010-top-5.ts";
import { sql as spent } from "./migrations/0011-spent.ts";
import { sql as ownClocks } from "./migrations/0012-own-clocks.ts";
import { sql as madeBy } from "./migrations/0013-made-by.ts";
import { sql as metricValues } from "./migrations/0014-metric-values.ts";
import { sql as datasetVersions } from "./migrations/0015-dataset-versions.ts";
import { sql as sideBySide } from "./migrations/0016-side-by-side.ts";
import { sql as experiments } from "./migrations/0017-experiments.ts";
import { sql as searchDecisions } from "./migrations/0018-search-decisions.ts";
import { sql as searchStanding } from "./migrations/0019-search-standing.ts";
import { sql as testLooks } from "./migrations/0020-test-looks.ts";
import { sql as logits } from "./migrations/0021-logits.ts";
import { sql as imported } from "./migrations/0022-imported.ts";
import { sql as stepTimes } from "./migrations/0023-step-times.ts";

/** Step n (from 1) leads from version n − 1 to version n. Steps that were released are never edited. */
export const migrations: readonly string[] = [
  firstRecord,
  device,
  weights,
  checkpoints,
  manyRuns,
  memory,
  queue,
  machine,
  engineDeaths,
  top5,
  spent,
  ownClocks,
  madeBy,
  metricValues,
  datasetVersions,
  sideBySide,
  experiments,
  searchDecisions,
  searchStanding,
  testLooks,
  logits,
  imported,
  stepTimes,
];

/**
 * @param check throws where it must not be brought up now; nobody else writes from then on until it is done
 * @throws StrataError `store.newer` for a record of a later program, which is left untouched
 */
export function migrate(
  database: Database,
  path: string,
  steps: readonly string[] = migrations,
  check: () => void = () => {},
): void {
  // A record that needs nothing is opened without a wait for whoever writes it.
  if (versionOf(database) === steps.length) return;
  // Immediate: of two engines that start at once, one migrates and the other finds it done.
  const migrateInside = database.transaction(() => {
    const version = versionOf(database);
    if (version > steps.length) throw newerRecord(path, steps.length);
    if (version === steps.length) return;
    check();
    for (const step of steps.slice(version)) database.exec(step);
    const [broken] = database.pragma("foreign_key_check") as readonly object[];
    if (broken) throw new Error(`A step leaves rows that belong to nothing: ${JSON.stringify(broken)}`);
    database.pragma(`user_version = ${steps.length}`);
  });
  // A table that is made anew must not take along what belongs to its rows; within a transaction this cannot be switched.
  database.pragma("foreign_keys = OFF");
  try {
    migrateInside.immediate();
  } finally {
    database.pragma("foreign_keys = ON");
  }
}

export function versionOf(database: Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}
