/**
 * Version 18: successive halving. A run can end because its search stopped it, and why is a row of its own. SQLite cannot change a CHECK, so the table of runs is
 * made anew, with foreign keys switched off meanwhile.
 */

const columns = `id, experiment_id, block, arm,
  dataset_id, model_id, model_title, title, note, state, end_reason, error, configuration, owner_id, stop_requested_at, created_at, started_at,
  ended_at, deleted_at, parameters, auxiliary_parameters, initial_weights_hash, training_objective_floor, steps_per_epoch, epochs_done, steps_done,
  training_seconds, images_per_second, pictures_skipped, initial_weights_match, weights_file, weights_bytes, weights_error, pause_requested_at,
  seconds_before, resumed_step, resume_error, checkpoint_error, restored_epoch, pinned_at, archived_at, predicted_memory_bytes, peak_memory_bytes,
  leaked_tensors, queue_position, awaits_answer, engine_deaths, spent, stretch_seconds, made_by, threads, has_own_process`;

export const sql = `
  CREATE TABLE runs_18 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    experiment_id INTEGER REFERENCES experiments (id),
    -- From 0. Runs of one block advance in step.
    block INTEGER,
    -- From 0, in the order of the levels; null where the run is its block alone.
    arm INTEGER,
    dataset_id INTEGER NOT NULL REFERENCES datasets (id),
    model_id TEXT NOT NULL,
    model_title TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'finished', 'stopped', 'failed', 'interrupted')),
    end_reason TEXT CHECK (end_reason IN (
      'completed', 'stopped-early', 'paused', 'halved', 'stopped-by-person', 'not-finite', 'engine-closed', 'engine-died', 'process-died',
      'error')),
    error TEXT,
    configuration TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    stop_requested_at TEXT,
    pause_requested_at TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    deleted_at TEXT,
    pinned_at TEXT,
    archived_at TEXT,
    -- The lowest goes first; the runs of a block have the same.
    queue_position INTEGER NOT NULL DEFAULT 0,
    -- It was training when its engine ended, and nobody has said yet whether it goes on.
    awaits_answer INTEGER NOT NULL DEFAULT 0 CHECK (awaits_answer IN (0, 1)),
    engine_deaths INTEGER NOT NULL DEFAULT 0,
    -- Null: as many as the machine lends.
    threads INTEGER CHECK (threads > 0),
    -- Runs of one block train in one process, unless each has its own.
    has_own_process INTEGER NOT NULL DEFAULT 0 CHECK (has_own_process IN (0, 1)),
    made_by TEXT,
    parameters INTEGER,
    auxiliary_parameters INTEGER,
    initial_weights_hash TEXT,
    initial_weights_match TEXT,
    training_objective_floor REAL,
    steps_per_epoch INTEGER,
    epochs_done INTEGER NOT NULL DEFAULT 0,
    steps_done INTEGER NOT NULL DEFAULT 0,
    training_seconds REAL NOT NULL DEFAULT 0,
    images_per_second REAL,
    pictures_skipped INTEGER NOT NULL DEFAULT 0,
    predicted_memory_bytes INTEGER,
    peak_memory_bytes INTEGER,
    leaked_tensors INTEGER NOT NULL DEFAULT 0,
    spent TEXT,
    -- Of its latest attempt, and of those before.
    stretch_seconds REAL NOT NULL DEFAULT 0,
    seconds_before REAL NOT NULL DEFAULT 0,
    -- Where the latest attempt began, and the error of the latest checkpoint that it could not begin from.
    resumed_step INTEGER,
    resume_error TEXT,
    -- Why the latest checkpoint could not be written; null once one was.
    checkpoint_error TEXT,
    -- The epoch whose weights were restored at the end; null where the last ones were kept.
    restored_epoch INTEGER,
    weights_file TEXT,
    weights_bytes INTEGER,
    weights_error TEXT,
    CHECK ((experiment_id IS NULL) = (block IS NULL)),
    CHECK (arm IS NULL OR block IS NOT NULL),
    CHECK ((state IN ('queued', 'running')) = (end_reason IS NULL))
  ) STRICT;
  INSERT INTO runs_18 (${columns}) SELECT ${columns} FROM runs;
  -- The number of one that was deleted still never names another.
  DELETE FROM sqlite_sequence WHERE name = 'runs_18';
  INSERT INTO sqlite_sequence (name, seq) SELECT 'runs_18', seq FROM sqlite_sequence WHERE name = 'runs';
  DROP TABLE runs;
  ALTER TABLE runs_18 RENAME TO runs;
  CREATE INDEX runs_of_dataset ON runs (dataset_id);
  CREATE INDEX runs_of_experiment ON runs (experiment_id, block) WHERE experiment_id IS NOT NULL;
  CREATE INDEX runs_unfinished ON runs (owner_id) WHERE state IN ('queued', 'running');
  CREATE INDEX runs_waiting ON runs (queue_position, id) WHERE state = 'queued';
  CREATE INDEX runs_awaiting_answer ON runs (id) WHERE awaits_answer = 1;

  -- What successive halving decided of a block at a rung, the newest last: its later decision replaces no earlier one.
  CREATE TABLE search_decisions (
    id INTEGER PRIMARY KEY,
    experiment_id INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
    block INTEGER NOT NULL,
    -- From 0, after so many epochs.
    rung INTEGER NOT NULL,
    epochs INTEGER NOT NULL,
    -- What is compared; null where it has none.
    value REAL,
    decision TEXT NOT NULL CHECK (decision IN ('goes-on', 'stops', 'promoted', 'released')),
    -- Among so many results at the rung, of which so many go on; without a rank where it was not compared.
    rank INTEGER,
    results INTEGER NOT NULL,
    go_on INTEGER NOT NULL,
    decided_at TEXT NOT NULL,
    UNIQUE (experiment_id, block, rung, decision)
  ) STRICT;
  -- Of each block one result a rung, whatever is read again after a kill.
  CREATE UNIQUE INDEX search_results ON search_decisions (experiment_id, rung, block) WHERE decision IN ('goes-on', 'stops');
`;
