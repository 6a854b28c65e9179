import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deviceInWords } from "../../src-main/domain/runs/made-by.ts";
import { openDatabase } from "../../src-main/store/database.ts";
import { migrate, migrations, versionOf } from "../../src-main/store/migrate.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { gridOf } from "../support/experiment-of.ts";
import { fillOldRecord, rowsOf } from "../support/old-record.ts";
import { sampleMadePart } from "../support/sample-made-by.ts";
import { requestFor } from "../support/with-engine.ts";

/** As a sentence of an older program tells it: the rest is not known. */
const madeByOld = {
  ...{ fromStep: 0, version: null, commit: null, tensorflow: null, device: "CPU", isCompiled: null, refusal: null },
  ...{ gpu: null, precision: null, threads: null, cores: null, processor: null, processorFeatures: null },
  ...{ platform: null, architecture: null },
} as const;
const ofOldRecord = { ...madeByOld, isCompiled: true, threads: 3, cores: 4, processor: "Some processor" };

/** Where a run stood in pairs and sweeps, and what nothing read any more. */
function withoutPlace({ arm, experiment_id, sweep_id, device, stretch_started_at, ...row }: Record<string, unknown>) {
  return row;
}

/** Of a row of version 13 what stands in the same columns in version 14; of the rest there are tests of its own. */
function withoutMoved(table: string, row: Record<string, unknown>): Record<string, unknown> {
  const { run_id, split, epoch, step, pictures } = row;
  if (table === "evaluations") return { run_id, split, epoch, step, pictures };
  const { hard_loss: cost, ...rest } = row;
  return table === "checkpoints" ? { ...rest, cost } : row;
}

describe("migrating a record", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "strata-store-"));
    path = join(folder, "strata.sqlite");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("brings an empty file to this program's version, and a second opening changes nothing", () => {
    openStore(path).close();
    openStore(path).close();
    const database = openDatabase(path);
    expect(versionOf(database)).toBe(migrations.length);
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
    database.close();
  });

  it("keeps what was there, and does each step once", () => {
    const database = openDatabase(path);
    migrate(database, path, ["CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1);"]);
    migrate(database, path, ["unreached", "ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'new';"]);
    expect(database.prepare("SELECT a, b FROM t").all()).toEqual([{ a: 1, b: "new" }]);
    expect(versionOf(database)).toBe(2);
    database.close();
  });

  it("leaves the record as it was when a step fails half-way", () => {
    const database = openDatabase(path);
    migrate(database, path, ["CREATE TABLE t (a INTEGER) STRICT;"]);
    expect(() => migrate(database, path, ["", "INSERT INTO t VALUES (1); INSERT INTO missing VALUES (1);"])).toThrow();
    expect(database.prepare("SELECT * FROM t").all()).toEqual([]);
    expect(versionOf(database)).toBe(1);
    database.close();
  });

  for (const version of migrations.keys()) {
    if (version === 0) continue;
    it(`brings a record of version ${version} to the next one with every row of every table as it was`, () => {
      const database = openDatabase(path);
      fillOldRecord(database, version);
      const before = rowsOf(database);
      expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);

      migrate(database, path, migrations.slice(0, version + 1));

      expect(versionOf(database)).toBe(version + 1);
      const after = rowsOf(database);
      for (const [table, rows] of Object.entries(before)) {
        // Tested by themselves.
        if (version === 16 && (table === "experiments" || table === "sweeps")) continue;
        const kept = rows
          .map((row) => (version === 13 ? withoutMoved(table, row) : row))
          .map((row) => (version === 16 ? withoutPlace(row) : row));
        expect(after[table]).toEqual(kept.map((row) => expect.objectContaining(row)));
      }
      expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
      expect(database.pragma("foreign_key_check")).toEqual([]);
      expect(database.pragma("foreign_keys", { simple: true })).toBe(1);
      database.close();
    });
  }

  it("brings a record of every version to this program's, which reads its run", () => {
    for (const version of migrations.keys()) {
      if (version === 0) continue;
      const file = join(folder, `from-${version}.sqlite`);
      const database = openDatabase(file);
      fillOldRecord(database, version);
      database.close();
      const store = openStore(file);
      expect(store.runs.list()).toEqual([store.runs.get(7)]);
      expect(store.runs.get(7)).toMatchObject({
        ...{ title: "Old", state: "finished", note: "kept", tags: version < 5 ? [] : ["night"] },
        madeBy: version < 2 ? [] : [version < 13 ? ofOldRecord : sampleMadePart()],
        weights: version < 3 ? null : { file: "7.safetensors", bytes: 10 },
        validation: { hardLoss: 0.5 },
        seconds: 8,
        ...{ best: { epoch: 2 }, isPinned: version >= 5, isArchived: false },
      });
      expect(store.points.series(7)).toHaveLength(1);
      store.close();
    }
  });

  it("keeps the runs of version 5, whose memory nobody predicted or measured", () => {
    const database = openDatabase(path);
    migrate(database, path, migrations.slice(0, 5));
    database.exec(`
      INSERT INTO datasets (id, source_key, fingerprint, name, source, view, looked_at)
        VALUES (1, 'k', 'f', 'Cats', '{}', '{"classes":[]}', '2026-01-01T00:00:00.000Z');
      INSERT INTO runs (id, dataset_id, model_id, model_title, title, state, end_reason, configuration, owner_id, created_at)
        VALUES (7, 1, 'alexnet', 'AlexNet', 'Old', 'finished', 'completed', '{}', 'e', '2026-01-01T00:00:00.000Z');`);
    migrate(database, path);
    expect(
      database.prepare("SELECT id, predicted_memory_bytes, peak_memory_bytes, leaked_tensors FROM runs").all(),
    ).toEqual([{ id: 7, predicted_memory_bytes: null, peak_memory_bytes: null, leaked_tensors: 0 }]);
    database.close();
  });

  it("lets what waited in version 6 wait on, and asks about nothing that it left interrupted", () => {
    const database = openDatabase(path);
    migrate(database, path, migrations.slice(0, 6));
    database.exec(`
      INSERT INTO datasets (id, source_key, fingerprint, name, source, view, looked_at)
        VALUES (1, 'k', 'f', 'Cats', '{}', '{"classes":[]}', '2026-01-01T00:00:00.000Z');
      INSERT INTO runs (id, dataset_id, model_id, model_title, title, state, end_reason, configuration, owner_id, created_at) VALUES
        (7, 1, 'alexnet', 'AlexNet', 'Waits', 'queued', NULL, '{}', 'e', '2026-01-01T00:00:00.000Z'),
        (8, 1, 'alexnet', 'AlexNet', 'Ended', 'interrupted', 'engine-died', '{}', 'e', '2026-01-01T00:00:00.000Z');`);
    migrate(database, path);
    expect(database.prepare("SELECT id, state, queue_position, awaits_answer, experiment_id FROM runs").all()).toEqual([
      { id: 7, state: "queued", queue_position: 0, awaits_answer: 0, experiment_id: null },
      { id: 8, state: "interrupted", queue_position: 0, awaits_answer: 0, experiment_id: null },
    ]);
    expect(database.prepare("SELECT held_at FROM queue").all()).toEqual([{ held_at: null }]);
    database.close();
  });

  it("trains on every core with a record of version 7, as its program did", () => {
    const database = openDatabase(path);
    fillOldRecord(database, 7);
    migrate(database, path);
    expect(database.prepare("SELECT * FROM machine").all()).toEqual([
      { id: 1, threads: "all", runs_at_once: "fastest" },
    ]);
    database.close();
    const store = openStore(path);
    expect(store.machine.threads()).toBe("all");
    store.close();
  });

  it("takes top-5 out of the figures and points of runs with five classes or fewer in version 9, and leaves it to the others", () => {
    const database = openDatabase(path);
    fillOldRecord(database, 9);
    const fewClasses = JSON.stringify({ classes: [1, 2, 3, 4, 5].map((name) => ({ name })) });
    database.exec(`
      INSERT INTO datasets (id, source_key, fingerprint, name, source, view, looked_at)
        SELECT 4, 'k4', 'f4', name, source, '${fewClasses}', looked_at FROM datasets WHERE id = 3;
      INSERT INTO runs (id, dataset_id, model_id, model_title, title, state, end_reason, configuration, owner_id, created_at)
        SELECT 9, 4, model_id, model_title, title, 'failed', 'error', configuration, owner_id, created_at FROM runs WHERE id = 7;
      INSERT INTO evaluations SELECT 9, split, epoch, step, pictures, top1, top5, hard_loss, objective, objective_floor, ece, largest_logit
        FROM evaluations WHERE run_id = 7 AND epoch = 2;
      INSERT INTO points VALUES (7, 'top5', 'validation', 'epoch', 8, 2, 1), (9, 'top5', 'validation', 'epoch', 8, 2, 1),
        (9, 'top1', 'validation', 'epoch', 8, 2, 1);`);
    migrate(database, path, migrations.slice(0, 10));
    expect(
      database.prepare("SELECT run_id, top1, top5 FROM evaluations WHERE epoch = 2 ORDER BY run_id").all(),
    ).toEqual([
      { run_id: 7, top1: 1, top5: 1 },
      { run_id: 9, top1: 1, top5: null },
    ]);
    const series = database.prepare("SELECT run_id, metric FROM points WHERE metric IN ('top1', 'top5') ORDER BY 1, 2");
    expect(series.all()).toEqual([
      { run_id: 7, metric: "top5" },
      { run_id: 9, metric: "top1" },
    ]);
    database.close();
  });

  it("takes the sentence on a run's device apart into what it says, and says it again", () => {
    const sentences = {
      "CPU, 2 × Intel(R) Xeon(R) CPU @ 2.20GHz · compiled step": {
        ...{ isCompiled: true, cores: 2, processor: "Intel(R) Xeon(R) CPU @ 2.20GHz" },
      },
      "CPU, 16 × AMD EPYC 7B13, rev. 2, 12 threads · compiled step": {
        ...{ isCompiled: true, cores: 16, processor: "AMD EPYC 7B13, rev. 2", threads: 12 },
      },
      "CPU, 2 × threads 5, 1 thread · step by single operations: it · threads, 3 threads": {
        ...{ isCompiled: false, refusal: "it · threads, 3 threads", cores: 2, processor: "threads 5", threads: 1 },
      },
      "CPU, 1 × core · compiled step": { isCompiled: true, cores: 1 },
      "GPU · compiled step": { device: "GPU", isCompiled: true },
      CPU: {},
      "script, 1 thread": { device: "script, 1 thread" },
    };
    for (const [index, [sentence, said]] of Object.entries(sentences).entries()) {
      const file = join(folder, `sentence-${index}.sqlite`);
      const old = openDatabase(file);
      fillOldRecord(old, 12);
      old.prepare("UPDATE runs SET device = ? WHERE id = 7").run(sentence);
      old.close();
      const store = openStore(file);
      expect(store.runs.get(7).madeBy).toEqual([{ ...madeByOld, ...said }]);
      expect(deviceInWords(store.runs.get(7))).toBe(sentence);
      store.close();
    }
  });

  it("makes a row of each value that an evaluation of version 13 had, to the last bit, and none of one that it had not", () => {
    const database = openDatabase(path);
    fillOldRecord(database, 13);
    database.exec("UPDATE evaluations SET hard_loss = 0.1 + 0.2 WHERE epoch = 1;");
    const before = database.prepare<[], Record<string, number>>("SELECT * FROM evaluations").all();
    migrate(database, path);
    const after = database.prepare("SELECT epoch, metric, value FROM evaluation_values ORDER BY epoch, metric").all();
    expect(after).toEqual(
      before.flatMap(({ epoch, top1, top5, hard_loss, objective, objective_floor, ece, largest_logit }) =>
        Object.entries({
          ece,
          hardLoss: hard_loss,
          largestLogit: largest_logit,
          objective,
          objectiveFloor: objective_floor,
        })
          .concat(Object.entries({ top1, top5 }) as [string, number][])
          .filter(([, value]) => value !== null)
          .map(([metric, value]) => ({ epoch, metric, value })),
      ),
    );
    expect(after).toHaveLength(13);
    database.close();
    const store = openStore(path);
    expect(store.runs.get(7)).toMatchObject({
      validation: { pictures: 2, hardLoss: 0.5, top1: 1, ece: 0.1, largestLogit: 4 },
      best: { epoch: 1, result: { hardLoss: 0.30000000000000004, top5: 1 } },
    });
    expect(store.runs.get(7).validation).not.toHaveProperty("top5");
    store.close();
  });

  it("reads what an evaluation has of a metric that there is none of any more, beside the others", () => {
    const database = openDatabase(path);
    fillOldRecord(database, 14);
    database.close();
    const store = openStore(path);
    expect(store.runs.get(7).best?.result).toMatchObject({ ofAnotherVersion: 0.25, hardLoss: 0.5 });
    store.close();
  });

  it("calls the least gain of early stopping the minimum improvement, in runs and in sweeps, and leaves texts alone", () => {
    const database = openDatabase(path);
    fillOldRecord(database, 13);
    const configuration = requestFor(1).configuration;
    const named = {
      ...configuration,
      dataset: { kind: "folder", path: 'a "leastGain":1' },
      training: { ...configuration.training, earlyStopping: { patienceEpochs: 3, leastGain: 0.01 } },
    };
    database.prepare("UPDATE runs SET configuration = ? WHERE id = 7").run(JSON.stringify(named));
    const request = { configuration: named, vary: [], seeds: [1] };
    database.prepare("UPDATE sweeps SET request = ?").run(JSON.stringify(request));
    database.exec("UPDATE runs SET sweep_id = 1 WHERE id = 7;");
    database.close();
    const store = openStore(path);
    for (const read of [store.runs.get(7).configuration, store.experiments.get(3).request.configuration]) {
      expect(read.training.earlyStopping).toEqual({ patienceEpochs: 3, minDelta: 0.01 });
      expect(read.dataset).toEqual(named.dataset);
    }
    store.close();
  });

  it("counts the looks at test pictures that a record of version 19 has, and goes on counting when runs are removed", () => {
    const database = openDatabase(path);
    fillOldRecord(database, 19);
    database.exec("INSERT INTO evaluations (run_id, split, epoch, step, pictures) VALUES (7, 'test', 2, 8, 2)");
    database.close();
    const store = openStore(path);
    expect(store.evaluations.testLooks(3)).toBe(1);
    const look = { epoch: 1, step: 1, result: { pictures: 1, top1: 1 }, predictions: null } as const;
    for (const split of ["test", "validation", "test"] as const)
      store.evaluations.add(7, { ...look, split, confusion: { split, epoch: 1, counts: [[1]] } });
    store.runs.remove([7], "2026-01-08T00:00:00.000Z");
    expect(store.evaluations.testLooks(3)).toBe(3);
    expect(store.evaluations.testLooks(99)).toBe(0);
    store.close();
  });

  it("makes experiments of the pairs and sweeps of version 16, with the same settings, runs and groups", () => {
    const database = openDatabase(path);
    fillOldRecord(database, 16);
    const { configuration } = requestFor(1);
    const ofArm = (smoothing: number) => ({ ...configuration, training: { ...configuration.training, smoothing } });
    const recorded = database.prepare(`
      INSERT INTO runs (id, experiment_id, arm, sweep_id, dataset_id, model_id, model_title, title, state, end_reason, configuration, owner_id, created_at)
      VALUES (?, ?, ?, ?, 3, 'alexnet', 'AlexNet', 'Old', 'finished', 'completed', ?, 'e', '2026-01-06T00:00:00.000Z')`);
    database.exec(
      'INSERT INTO experiments VALUES (5, \'{"setting":"smoothing","values":[0,0.1]}\', \'2026-01-06T00:00:00.000Z\')',
    );
    // Arm A was removed for good: what it had is told by the pair.
    recorded.run(11, 5, "B", null, JSON.stringify(ofArm(0.1)));
    const swept = { configuration, vary: [{ setting: "smoothing", values: [0, 0.2] }], seeds: [1, 2] };
    database.prepare("INSERT INTO sweeps VALUES (4, ?, '2026-01-07T00:00:00.000Z')").run(JSON.stringify(swept));
    for (const [index, smoothing] of [0, 0.2, 0].entries())
      recorded.run(12 + index, null, null, 4, JSON.stringify({ ...ofArm(smoothing), seed: index < 2 ? 1 : 2 }));
    recorded.run(15, null, null, null, JSON.stringify(configuration));
    database.close();

    const store = openStore(path);
    const pair = { setting: "smoothing", values: [0, 0.1], isBlocked: true };
    expect(store.experiments.get(5).request).toEqual({ configuration, factors: [pair], seeds: [1] });
    expect(store.runs.get(11).experiment).toEqual({ id: 5, block: 0, blocks: 1, arm: 1, differs: [pair] });
    // Behind the pairs: of these the last had number 5.
    expect(store.experiments.get(9)).toEqual({
      ...{ id: 9, createdAt: "2026-01-07T00:00:00.000Z" },
      request: gridOf(configuration, swept.vary, swept.seeds),
    });
    expect(store.experiments.runIds(9)).toEqual([12, 13, 14]);
    expect([12, 13, 14].map((id) => store.runs.get(id).experiment)).toEqual(
      [0, 1, 2].map((block) => ({ id: 9, block, blocks: 4, arm: null, differs: [] })),
    );
    expect(store.runs.get(15).experiment).toBeNull();
    expect(store.runs.armsOf(12, 11)).toEqual([12, 11]);
    // No number is given twice, of what was deleted either.
    expect(store.experiments.create(gridOf(configuration, []), "2026-01-08T00:00:00.000Z")).toBe(10);
    store.close();
  });

  it("refuses the record of a newer program and does not touch it", () => {
    const database = openDatabase(path);
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    expect(() => openStore(path)).toThrow(expect.objectContaining({ code: "store.newer" }));
    const untouched = openDatabase(path);
    expect(untouched.prepare("SELECT * FROM sqlite_schema").all()).toEqual([]);
    untouched.close();
  });

  it("says that a folder cannot be written when a file stands in its place", () => {
    writeFileSync(join(folder, "home"), "");
    expect(() => openStore(join(folder, "home", "strata.sqlite"))).toThrow(
      expect.objectContaining({ code: "disk.read-only" }),
    );
  });
});
