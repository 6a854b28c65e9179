/**
 * Version 17: pairs and sweeps are experiments alike: a request with factors and seeds, whose runs stand in numbered blocks. SQLite cannot change a CHECK, so
 * the tables are made anew, with foreign keys switched off meanwhile. Sweeps are numbered on behind the pairs; what cannot be read of a request stays as it is.
 */

const columns = `dataset_id, model_id, model_title, title, note, state, end_reason, error, configuration, owner_id, stop_requested_at, created_at, started_at,
  ended_at, deleted_at, parameters, auxiliary_parameters, initial_weights_hash, training_objective_floor, steps_per_epoch, epochs_done, steps_done,
  training_seconds, images_per_second, pictures_skipped, initial_weights_match, weights_file, weights_bytes, weights_error, pause_requested_at,
  seconds_before, resumed_step, resume_error, checkpoint_error, restored_epoch, pinned_at, archived_at, predicted_memory_bytes, peak_memory_bytes,
  leaked_tensors, queue_position, awaits_answer, engine_deaths, spent, stretch_seconds, made_by, threads, has_own_process`;

export const sql = `
  CREATE TABLE experiments_17 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL,
    -- How many it was planned with.
    blocks INTEGER NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;

  -- A pair: its setting is a blocked factor of two levels over arm A's settings.
  INSERT INTO experiments_17 (id, request, blocks, created_at)
    SELECT id, CASE WHEN json_valid(pair) AND json_valid(configuration) THEN json_object(
        'configuration', json(json_set(configuration, '$.training.' || (pair ->> '$.setting'), json(pair -> '$.values[0]'))),
        'factors', json_array(json_object('setting', pair ->> '$.setting', 'values', json(pair -> '$.values'), 'isBlocked', json('true'))),
        'seeds', json_array(configuration -> '$.seed')) ELSE pair END, 1, created_at
      FROM experiments JOIN (
        SELECT experiment_id, configuration, min(id) FROM runs WHERE experiment_id IS NOT NULL GROUP BY experiment_id
      ) ON experiment_id = experiments.id;
  CREATE TEMP TABLE behind_pairs AS SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'experiments'), 0) AS number;

  -- A sweep: every setting that it varies is a factor, each of its runs a block.
  INSERT INTO experiments_17 (id, request, blocks, created_at)
    SELECT sweeps.id + number, CASE WHEN json_valid(request) THEN json_object(
        'configuration', request -> '$.configuration',
        'factors', json((SELECT json_group_array(json_object('setting', value ->> '$.setting', 'values', json(value -> '$.values'), 'isBlocked', json('false')))
          FROM json_each(request, '$.vary'))),
        'seeds', request -> '$.seeds') ELSE request END,
        (SELECT count(*) FROM runs WHERE sweep_id = sweeps.id), created_at
      FROM sweeps, behind_pairs;

  CREATE TABLE runs_17 (
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
      'completed', 'stopped-early', 'paused', 'stopped-by-person', 'not-finite', 'engine-closed', 'engine-died', 'process-died', 'error')),
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
  INSERT INTO runs_17 (id, experiment_id, block, arm, ${columns})
    SELECT id,
      CASE WHEN sweep_id IS NULL THEN experiment_id ELSE sweep_id + number END,
      CASE WHEN sweep_id IS NOT NULL THEN row_number() OVER (PARTITION BY sweep_id ORDER BY id) - 1 WHEN experiment_id IS NOT NULL THEN 0 END,
      CASE arm WHEN 'A' THEN 0 WHEN 'B' THEN 1 END,
      ${columns}
    FROM runs, behind_pairs;

  -- The number of one that was deleted still never names another.
  DELETE FROM sqlite_sequence WHERE name IN ('runs_17', 'experiments_17');
  INSERT INTO sqlite_sequence (name, seq) SELECT 'runs_17', seq FROM sqlite_sequence WHERE name = 'runs';
  INSERT INTO sqlite_sequence (name, seq)
    SELECT 'experiments_17', number + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'sweeps'), 0) FROM behind_pairs;
  DROP TABLE runs;
  DROP TABLE sweeps;
  DROP TABLE experiments;
  DROP TABLE behind_pairs;
  ALTER TABLE experiments_17 RENAME TO experiments;
  ALTER TABLE runs_17 RENAME TO runs;
  CREATE INDEX runs_of_dataset ON runs (dataset_id);
  CREATE INDEX runs_of_experiment ON runs (experiment_id, block) WHERE experiment_id IS NOT NULL;
  CREATE INDEX runs_unfinished ON runs (owner_id) WHERE state IN ('queued', 'running');
  CREATE INDEX runs_waiting ON runs (queue_position, id) WHERE state = 'queued';
  CREATE INDEX runs_awaiting_answer ON runs (id) WHERE awaits_answer = 1;
`;
