/** Version 23: when a run stood at a step, about once a second: charts go by time, and other programs learn when each value came. */
export const sql = `
  -- Two rows of a step: after its batch, and after what was evaluated behind it. Milliseconds since 1970, and in the run's own steps.
  CREATE TABLE step_times (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    training_millis INTEGER NOT NULL,
    PRIMARY KEY (run_id, step, recorded_at)
  ) STRICT, WITHOUT ROWID;
`;
