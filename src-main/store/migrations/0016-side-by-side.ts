/**
 * Version 16: jobs train side by side. Of runs of one experiment it is chosen once, and kept, on how many threads each of them trains; arms of a pair may then
 * train in processes of their own.
 */
export const sql = `
  -- Null: as many as the machine lends.
  ALTER TABLE runs ADD COLUMN threads INTEGER CHECK (threads > 0);
  -- Arms of one experiment train in one process, unless each has its own.
  ALTER TABLE runs ADD COLUMN has_own_process INTEGER NOT NULL DEFAULT 0 CHECK (has_own_process IN (0, 1));
  ALTER TABLE machine ADD COLUMN runs_at_once TEXT NOT NULL DEFAULT 'fastest';

  -- What was measured of processes side by side, by what their pace hangs on: as JSON.
  CREATE TABLE throughputs (
    key TEXT PRIMARY KEY,
    measured TEXT NOT NULL,
    measured_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
