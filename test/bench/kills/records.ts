/** The records that each work is done to. */
import { closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { checkpointFolderOf } from "../../../src-main/engine/trainer/saved-states.ts";
import { pathsOf } from "../../../src-main/platform/paths.ts";
import type { Random } from "../../../src-main/platform/random.ts";
import { openDatabase } from "../../../src-main/store/database.ts";
import { migrations } from "../../../src-main/store/migrate.ts";
import type { Store } from "../../../src-main/store/open-store.ts";
import { fillOldRecord } from "../../support/old-record.ts";
import { dataset, recordRuns, result } from "../../support/recorded.ts";
import { open, type RecordWork } from "./perform.ts";

const createdAt = "2026-01-01T00:00:00.000Z";

/** Makes one in a new home. */
export const recordsFor: Readonly<Record<RecordWork, (home: string, random: Random) => void>> = {
  migration(home, random) {
    const database = openDatabase(pathsOf(home).database);
    const version = 1 + random.integer(migrations.length - 1);
    fillOldRecord(database, version);
    // So many that a copy and each table that is made anew take a while.
    database.exec(`
        INSERT INTO points
          WITH RECURSIVE steps (step) AS (SELECT 3 UNION ALL SELECT step + 1 FROM steps WHERE step < 30000)
          SELECT 7, 'hardLoss', 'train', 'batch', step, 1, 1.0 / step FROM steps;
        INSERT INTO predictions
          WITH RECURSIVE numbers (number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM numbers WHERE number < 10000)
          SELECT 7, 'test', number, 1, 0, 0.9, 0.1 FROM numbers;`);
    database.close();
  },
  rescue(home, random) {
    const store = open(home);
    fillRuns(store, recordRuns(store, 12), 1_500);
    store.close();
    const { database } = pathsOf(home);
    const pageBytes = 4_096;
    const pages = statSync(database).size / pageBytes;
    const file = openSync(database, "r+");
    for (let damaged = 1 + random.integer(3); damaged > 0; damaged--) {
      const page = 1 + random.integer(pages - 1);
      writeSync(file, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, page * pageBytes);
    }
    closeSync(file);
  },
  purge(home, random) {
    const paths = pathsOf(home);
    const store = open(home);
    const runIds = recordRuns(store, 10);
    fillRuns(store, runIds, 3_000 + random.integer(3_000));
    mkdirSync(paths.weights, { recursive: true });
    for (const id of runIds) {
      const folder = join(paths.checkpoints, checkpointFolderOf({ id, createdAt }), "8");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "manifest.json"), "{}");
      writeFileSync(join(paths.weights, `${id}.safetensors`), "weights");
      store.runs.setWeights(id, { file: `${id}.safetensors`, bytes: 7 }, null);
    }
    // A version of the data set that the next one replaces, too.
    store.datasets.record({ ...dataset, fingerprint: "f0" }, "2025-01-01T00:00:00.000Z");
    store.runs.remove(runIds.slice(0, 8), createdAt);
    store.close();
  },
};

function fillRuns(store: Store, runIds: readonly number[], points: number): void {
  const where = { metric: "hardLoss", split: "train", cadence: "batch", epoch: 1 } as const;
  store.transaction(() => {
    for (const id of runIds) {
      store.points.add(
        id,
        Array.from({ length: points }, (_, index) => ({ ...where, step: index + 1, value: id + index })),
      );
      const look = { split: "test", epoch: 1, step: points, result, predictions: null } as const;
      const counts = [
        [2, 0],
        [1, 1],
      ];
      store.evaluations.add(id, { ...look, confusion: { split: "test", epoch: 1, counts } });
      store.runs.mark([id], { addTags: ["kept"] }, createdAt);
      store.runs.end(id, "completed", null, createdAt);
    }
  });
}
