/** Version 1: data sets with their pictures, experiments, runs, points, evaluations, confusion counts and predictions. */
export const sql = `
  -- One row a version of a source; the same folder with other pictures is another row.
  CREATE TABLE datasets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    view TEXT NOT NULL,
    looked_at TEXT NOT NULL,
    UNIQUE (source_key, fingerprint)
  ) STRICT;

  CREATE TABLE examples (
    dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    example_index INTEGER NOT NULL,
    name TEXT NOT NULL,
    label INTEGER NOT NULL,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
    content_hash BLOB NOT NULL,
    PRIMARY KEY (dataset_id, example_index)
  ) STRICT, WITHOUT ROWID;

  -- Engines that have this file open: a run belongs to the one that trains it, and is lost when that one is gone.
  CREATE TABLE engines (
    id TEXT PRIMARY KEY,
    pid INTEGER NOT NULL,
    heartbeat_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE experiments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pair TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;

  -- AUTOINCREMENT: the number of a run that was deleted never names another.
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    experiment_id INTEGER REFERENCES experiments (id),
    arm TEXT CHECK (arm IN ('A', 'B')),
    dataset_id INTEGER NOT NULL REFERENCES datasets (id),
    model_id TEXT NOT NULL,
    model_title TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'stopped', 'failed', 'interrupted')),
    end_reason TEXT CHECK (end_reason IN (
      'completed', 'stopped-by-person', 'not-finite', 'engine-closed', 'engine-died', 'process-died', 'error')),
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
    CHECK ((experiment_id IS NULL) = (arm IS NULL)),
    CHECK ((state IN ('queued', 'running')) = (end_reason IS NULL))
  ) STRICT;
  CREATE INDEX runs_of_dataset ON runs (dataset_id);
  CREATE INDEX runs_unfinished ON runs (owner_id) WHERE state IN ('queued', 'running');

  -- The key is the order that a series is read in, so that it is one walk along the table.
  CREATE TABLE points (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    metric TEXT NOT NULL,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
    cadence TEXT NOT NULL CHECK (cadence IN ('batch', 'epoch')),
    step INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (run_id, metric, split, cadence, step)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE evaluations (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    pictures INTEGER NOT NULL,
    top1 REAL NOT NULL,
    top5 REAL NOT NULL,
    hard_loss REAL NOT NULL,
    objective REAL NOT NULL,
    objective_floor REAL NOT NULL,
    ece REAL NOT NULL,
    largest_logit REAL NOT NULL,
    PRIMARY KEY (run_id, split, epoch)
  ) STRICT, WITHOUT ROWID;

  -- Cells that are not zero.
  CREATE TABLE confusion (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
    epoch INTEGER NOT NULL,
    true_class INTEGER NOT NULL,
    answer INTEGER NOT NULL,
    pictures INTEGER NOT NULL CHECK (pictures > 0),
    PRIMARY KEY (run_id, split, epoch, true_class, answer)
  ) STRICT, WITHOUT ROWID;

  -- Of a run's last evaluation.
  CREATE TABLE predictions (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
    example INTEGER NOT NULL,
    label INTEGER NOT NULL,
    answer INTEGER NOT NULL,
    confidence REAL NOT NULL,
    true_confidence REAL NOT NULL,
    PRIMARY KEY (run_id, split, example)
  ) STRICT, WITHOUT ROWID;
`;
