/**
 * Version 5: what keeps many runs in order (tags, pins, the archive), the way to each run's best epoch, and what an engine has to tell a person once.
 * Runs before it have no tag, and are neither pinned nor archived.
 */
export const sql = `
  ALTER TABLE runs ADD COLUMN pinned_at TEXT;
  ALTER TABLE runs ADD COLUMN archived_at TEXT;

  CREATE TABLE run_tags (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    tag TEXT NOT NULL CHECK (tag <> ''),
    PRIMARY KEY (run_id, tag)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX evaluations_best ON evaluations (run_id, split, hard_loss);

  CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    details TEXT NOT NULL,
    created_at TEXT NOT NULL,
    dismissed_at TEXT
  ) STRICT;
`;
