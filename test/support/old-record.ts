/** Records as earlier versions of Strata left them: a row or more in every table that there was, in SQL, since no program of today writes them. */
import type { Database } from "../../src-main/store/database.ts";
import { migrate, migrations } from "../../src-main/store/migrate.ts";
import { sampleMadePart } from "./sample-made-by.ts";
import { requestFor } from "./with-engine.ts";

const configuration = JSON.stringify(requestFor(1).configuration).replaceAll("'", "''");
const view = JSON.stringify({
  // Six, so that top-5 says something of them: five or fewer lose it in version 10.
  classes: ["cat", "dog", "cow", "hen", "pig", "sow"].map((name) => ({ name, train: 1, validation: 1, test: 1 })),
  counts: { train: 2, validation: 2, test: 2 },
  splitOrigin: { validation: "folders", test: "folders" },
  sidePixels: { smallest: 16, largest: 16 },
  problems: [],
  samples: [],
});

/** What the program of each version wrote, from the first; a version's rows are written before the next one's step is made. */
const rowsOfVersion: readonly string[] = [
  `INSERT INTO datasets (id, source_key, fingerprint, name, source, view, looked_at) VALUES
     (3, 'k', 'f', 'Cats', '{"kind":"folder","path":"/cats"}', '${view}', '2026-01-01T00:00:00.000Z');
   INSERT INTO examples VALUES (3, 0, 'cat/1.jpg', 0, 'train', x'00ff'), (3, 1, 'dog/1.jpg', 1, 'test', x'01');
   INSERT INTO engines VALUES ('e', 1, '2026-01-01T00:00:00.000Z');
   INSERT INTO experiments (id, pair, created_at) VALUES
     (2, '{"setting":"smoothing","values":[0,0.1]}', '2026-01-01T00:00:00.000Z');
   INSERT INTO runs (id, experiment_id, arm, dataset_id, model_id, model_title, title, note, state, end_reason, configuration, owner_id,
       stop_requested_at, created_at, started_at, ended_at, parameters, steps_per_epoch, epochs_done, steps_done, images_per_second) VALUES
     (7, 2, 'A', 3, 'alexnet', 'AlexNet', 'Old', 'kept', 'finished', 'completed', '${configuration}', 'e',
       NULL, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z', '2026-01-01T00:00:09.000Z', 5, 4, 2, 8, 12.5);
   INSERT INTO runs (id, dataset_id, model_id, model_title, title, state, end_reason, error, configuration, owner_id, created_at, deleted_at) VALUES
     (8, 3, 'alexnet', 'AlexNet', 'Removed', 'failed', 'error', '{"code":"disk.full","problem":"p","remedy":"r"}', '${configuration}', 'e',
       '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z');
   INSERT INTO points VALUES (7, 'hardLoss', 'train', 'batch', 1, 1, 0.7), (7, 'hardLoss', 'train', 'batch', 2, 1, 0.6);
   INSERT INTO evaluations VALUES (7, 'validation', 1, 4, 2, 0.5, 1, 0.6, 0.7, 0, 0.1, 3), (7, 'validation', 2, 8, 2, 1, 1, 0.5, 0.6, 0, 0.1, 4);
   INSERT INTO confusion VALUES (7, 'test', 2, 1, 0, 1);
   INSERT INTO predictions VALUES (7, 'test', 1, 1, 0, 0.9, 0.1);`,
  "UPDATE runs SET device = 'CPU, 4 × Some processor, 3 threads · compiled step' WHERE id = 7;",
  `UPDATE runs SET initial_weights_match = '{"matched":3,"fresh":[]}', weights_file = '7.safetensors', weights_bytes = 10 WHERE id = 7;
   UPDATE runs SET weights_error = '{"code":"disk.full","problem":"p","remedy":"r"}' WHERE id = 8;`,
  `UPDATE runs SET state = 'paused', end_reason = 'paused', restored_epoch = NULL, seconds_before = 4, resumed_step = 4 WHERE id = 8;
   INSERT INTO checkpoints VALUES (7, 8, 2, '7-a/8', 100, 0.5, '2026-01-01T00:00:08.000Z');`,
  `UPDATE runs SET pinned_at = '2026-01-03T00:00:00.000Z' WHERE id = 7;
   UPDATE runs SET archived_at = '2026-01-03T00:00:00.000Z' WHERE id = 8;
   INSERT INTO run_tags VALUES (7, 'night');
   INSERT INTO notices (kind, details, created_at) VALUES ('record-rescued', '{}', '2026-01-03T00:00:00.000Z');`,
  "UPDATE runs SET predicted_memory_bytes = 1000, peak_memory_bytes = 900, leaked_tensors = 2 WHERE id = 7;",
  `INSERT INTO sweeps (id, request, created_at) VALUES (1, '{}', '2026-01-04T00:00:00.000Z');
   UPDATE runs SET sweep_id = 1, queue_position = 3 WHERE id = 8;
   UPDATE queue SET held_at = '2026-01-04T00:00:00.000Z';`,
  "UPDATE machine SET threads = 'all-but-one';",
  "UPDATE runs SET engine_deaths = 2 WHERE id = 8;",
  "UPDATE evaluations SET top5 = NULL WHERE epoch = 2;",
  `UPDATE runs SET spent = '{"seconds":{"starting":1,"preparing":1,"compiling":2,"training":3,"validating":1,"testing":0,"saving":0},"steps":7,"picturesLookedAt":4,"arms":1}' WHERE id = 7;`,
  "UPDATE engines SET process_start = 'boot:1'; UPDATE runs SET stretch_seconds = 8 WHERE id = 7;",
  `UPDATE runs SET made_by = '${JSON.stringify([sampleMadePart()])}' WHERE id = 7;`,
  "INSERT INTO evaluation_values VALUES (7, 'validation', 2, 'ofAnotherVersion', 0.25);",
  `INSERT INTO dataset_versions VALUES (1, '/cats', '{"kind":"folder","path":"/cats"}', '${"a".repeat(64)}', 1, NULL, 'me', 'first',
     '[{"kind":"exclude","pictures":[{"name":"cat/1.jpg","contentHash":"00ff"}]}]', '2026-01-05T00:00:00.000Z');`,
  `UPDATE runs SET threads = 1, has_own_process = 1 WHERE id = 7;
   UPDATE machine SET runs_at_once = '2';
   INSERT INTO throughputs VALUES ('["alexnet"]', '[{"jobs":2,"threads":1,"imagesPerSecond":126}]', '2026-01-06T00:00:00.000Z');`,
  "UPDATE runs SET block = 1 WHERE id = 8;",
  `INSERT INTO search_decisions (experiment_id, block, rung, epochs, value, decision, rank, results, go_on, decided_at)
     SELECT max(id), 1, 0, 1, 0.5, 'stops', 2, 3, 1, '2026-01-07T00:00:00.000Z' FROM experiments;`,
  // An index alone.
  "",
  "INSERT INTO test_looks VALUES (3, 4);",
  "INSERT INTO logits VALUES (7, 'test', 2, 2, x'01000000', x'01000000', x'0000803f00000000');",
  `UPDATE runs SET imported = '{"number":3,"version":"0.0.0","exportedAt":"2026-01-08T00:00:00.000Z","importedAt":"2026-01-09T00:00:00.000Z"}' WHERE id = 7;`,
  "INSERT INTO step_times VALUES (7, 8, 1767225608000, 2500);",
];

/** The tables of this version, each with rows. */
export function fillOldRecord(database: Database, version: number): void {
  for (let step = 1; step <= version; step++) {
    migrate(database, ":memory:", migrations.slice(0, step));
    database.exec(rowsOfVersion[step - 1] ?? "");
  }
}

/** Every row of every table of ours, by table, in the order of its columns. */
export function rowsOf(database: Database): Record<string, Record<string, unknown>[]> {
  const names = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
  const all = (name: string) =>
    database.prepare<[], Record<string, unknown>>(`SELECT * FROM ${name} ORDER BY 1, 2`).all();
  return Object.fromEntries(names.map((name) => [name, all(name)]));
}
