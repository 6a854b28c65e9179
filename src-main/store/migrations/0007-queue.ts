/**
 * Version 7: the queue outlives its engine, and runs can belong to a sweep. What an older program left waiting waits on, in the order of its runs; what it
 * left interrupted is not asked about any more.
 */
export const sql = `
  CREATE TABLE sweeps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;

  ALTER TABLE runs ADD COLUMN sweep_id INTEGER REFERENCES sweeps (id);
  -- The lowest goes first; the arms of a pair have the same.
  ALTER TABLE runs ADD COLUMN queue_position INTEGER NOT NULL DEFAULT 0;
  -- It was training when its engine ended, and nobody has said yet whether it goes on.
  ALTER TABLE runs ADD COLUMN awaits_answer INTEGER NOT NULL DEFAULT 0 CHECK (awaits_answer IN (0, 1));
  CREATE INDEX runs_waiting ON runs (queue_position, id) WHERE state = 'queued';
  CREATE INDEX runs_awaiting_answer ON runs (id) WHERE awaits_answer = 1;
  CREATE INDEX runs_of_sweep ON runs (sweep_id) WHERE sweep_id IS NOT NULL;

  -- One row: since when a person has held the queue; null while it goes on by itself.
  CREATE TABLE queue (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    held_at TEXT
  ) STRICT;
  INSERT INTO queue (id, held_at) VALUES (1, NULL);
`;
