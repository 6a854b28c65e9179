/**
 * Version 4: runs can be paused, end early and go on; the states they were saved in. SQLite cannot change a CHECK, so the table is made anew; the
 * caller has foreign keys switched off meanwhile, since dropping a table would otherwise take along all that belongs to its rows.
 */
export const sql = `
  CREATE TABLE runs_4 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    experiment_id INTEGER REFERENCES experiments (id),
    arm TEXT CHECK (arm IN ('A', 'B')),
    dataset_id INTEGER NOT NULL REFERENCES datasets (id),
    model_id TEXT NOT NULL,
    model_title TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'finished', 'stopped', 'failed', 'interrupted')),
    end_reason TEXT CHECK (end_reason IN (
      'completed', 'stopped-early', 'paused', 'stopped-by-person', 'not-finite', 'engine-closed', 'engine-died', 'process-died', 'error')),
    error TEXT,
    configuration TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    stop_requested_at TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    deleted_at TEXT,
    parameters INTEGER,
    auxiliary_parameters INTEGER,
    initial_weights_hash TEXT,
    training_objective_floor REAL,
    steps_per_epoch INTEGER,
    epochs_done INTEGER NOT NULL DEFAULT 0,
    steps_done INTEGER NOT NULL DEFAULT 0,
    training_seconds REAL NOT NULL DEFAULT 0,
    images_per_second REAL,
    pictures_skipped INTEGER NOT NULL DEFAULT 0,
    device TEXT,
    initial_weights_match TEXT,
    weights_file TEXT,
    weights_bytes INTEGER,
    weights_error TEXT,
    pause_requested_at TEXT,
    -- A run that goes on is trained in stretches. Null while it waits for its next one.
    stretch_started_at TEXT,
    -- From start to end of the stretches before the latest.
    seconds_before REAL NOT NULL DEFAULT 0,
    -- Where the latest stretch began, and the error of the latest checkpoint that it could not begin from.
    resumed_step INTEGER,
    resume_error TEXT,
    -- Why the latest checkpoint could not be written; null once one was.
    checkpoint_error TEXT,
    -- The epoch whose weights were restored at the end; null where the last ones were kept.
    restored_epoch INTEGER,
    CHECK ((experiment_id IS NULL) = (arm IS NULL)),
    CHECK ((state IN ('queued', 'running')) = (end_reason IS NULL))
  ) STRICT;
  INSERT INTO runs_4 (
      id, experiment_id, arm, dataset_id, model_id, model_title, title, note, state, end_reason, error, configuration, owner_id, stop_requested_at,
      created_at, started_at, ended_at, deleted_at, parameters, auxiliary_parameters, initial_weights_hash, training_objective_floor,
      steps_per_epoch, epochs_done, steps_done, training_seconds, images_per_second, pictures_skipped, device, initial_weights_match,
      weights_file, weights_bytes, weights_error, stretch_started_at)
    SELECT
      id, experiment_id, arm, dataset_id, model_id, model_title, title, note, state, end_reason, error, configuration, owner_id, stop_requested_at,
      created_at, started_at, ended_at, deleted_at, parameters, auxiliary_parameters, initial_weights_hash, training_objective_floor,
      steps_per_epoch, epochs_done, steps_done, training_seconds, images_per_second, pictures_skipped, device, initial_weights_match,
      weights_file, weights_bytes, weights_error, started_at
    FROM runs;
  -- The number of a run that was deleted still never names another.
  DELETE FROM sqlite_sequence WHERE name = 'runs_4';
  INSERT INTO sqlite_sequence (name, seq) SELECT 'runs_4', seq FROM sqlite_sequence WHERE name = 'runs';
  DROP TABLE runs;
  ALTER TABLE runs_4 RENAME TO runs;
  CREATE INDEX runs_of_dataset ON runs (dataset_id);
  CREATE INDEX runs_unfinished ON runs (owner_id) WHERE state IN ('queued', 'running');

  -- One row a run and checkpoint; the arms of a pair share its folder.
  CREATE TABLE checkpoints (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    folder TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    -- Hard loss of the validation pictures at that step; null in the middle of an epoch.
    hard_loss REAL,
    written_at TEXT NOT NULL,
    PRIMARY KEY (run_id, step)
  ) STRICT, WITHOUT ROWID;
`;
