/** What an earlier version of Strata recorded is of use in this one: it lists, draws, compares, repeats and goes on. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { usualMonitor } from "../../src-main/domain/metrics/monitor.ts";
import { compareRuns } from "../../src-main/engine/comparison/compare.ts";
import { openDatabase } from "../../src-main/store/database.ts";
import { migrations } from "../../src-main/store/migrate.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { createRuns } from "../support/create-runs.ts";
import { fillOldRecord } from "../support/old-record.ts";

describe.each([...migrations.keys()].map((index) => index + 1))("a record of version %d", (version) => {
  let folder: string;
  let store: Store;
  // Brought up to date once; each test has a copy of that.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-old-"));
    const path = join(folder, "brought-up.sqlite");
    const database = openDatabase(path);
    fillOldRecord(database, version);
    database.close();
    openStore(path).close();
  });
  beforeEach(() => {
    copyFileSync(join(folder, "brought-up.sqlite"), join(folder, "strata.sqlite"));
    store = openStore(join(folder, "strata.sqlite"));
  });
  afterEach(() => store.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  it("lists its run with the figures of its last and its best epoch", () => {
    const [run, ...others] = store.runs.list();
    expect(others).toEqual([]);
    expect(run).toEqual(store.runs.get(7));
    expect(run).toMatchObject({
      title: "Old",
      validation: { pictures: 2, top1: 1, hardLoss: 0.5, objective: 0.6, objectiveFloor: 0, ece: 0.1, largestLogit: 4 },
      best: { epoch: 2, result: { hardLoss: 0.5 } },
      test: null,
    });
  });

  it("draws its curve", () => {
    const curve = { runId: 7, metric: "hardLoss", split: "train", cadence: "batch", steps: [1, 2], values: [0.7, 0.6] };
    expect(store.points.series(7)).toEqual([curve]);
  });

  it("compares its runs", () => {
    store.runs.restore([8]);
    const { split, results, differences } = compareRuns(store, [7, 8]);
    expect([split, results, differences]).toEqual([null, [null, null], []]);
    store.evaluations.add(8, {
      ...{ split: "validation", epoch: 1, step: 4, predictions: null },
      result: { pictures: 2, top1: 0.5, hardLoss: 0.9 },
      confusion: { split: "validation", epoch: 1, counts: [[1]] },
    });
    expect(compareRuns(store, [7, 8])).toMatchObject({
      split: "validation",
      results: [{ hardLoss: 0.5 }, { hardLoss: 0.9 }],
    });
  });

  it("has all that a repetition needs", () => {
    const { configuration, dataset, model, experiment } = store.runs.get(7);
    expect(configuration.training.monitor).toEqual(usualMonitor);
    expect(experiment).toEqual({
      ...{ id: 2, block: 0, blocks: 1, arm: 0 },
      differs: [{ setting: "smoothing", values: [0, 0.1], isBlocked: true }],
    });
    const runIds = createRuns(store, {
      ...{ datasetId: dataset.id, experiment: null, runs: [{ model, title: "Again", configuration }] },
      ...{ predictedMemoryBytes: null, ownerId: "e", createdAt: "2026-02-01T00:00:00.000Z" },
    });
    expect(store.runs.get(runIds[0]!).configuration).toEqual(configuration);
  });

  it("lets a run that ended early go on, from its checkpoint where it has one", () => {
    store.runs.restore([8]);
    expect(store.runs.get(8).isResumable).toBe(true);
    store.runs.requeue([8], "e", "back");
    expect(store.queue.jobs()).toEqual([[8]]);
    const saved = { step: 8, epoch: 2, folder: "7-a/8", bytes: 100, cost: 0.5 };
    expect(store.checkpoints.ofRun(7)).toEqual(version < 4 ? [] : [saved]);
    expect(store.runs.get(7).keptEpochs.best).toBe(version < 3 ? null : 2);
  });
});
