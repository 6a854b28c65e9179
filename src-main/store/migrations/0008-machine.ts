/** Version 8: how this machine is used, whatever is trained on it. Records before it train on every core, as their program did. */
export const sql = `
  -- One row. Threads as STRATA_THREADS names them.
  CREATE TABLE machine (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    threads TEXT NOT NULL
  ) STRICT;
  INSERT INTO machine (id, threads) VALUES (1, 'all');
`;
