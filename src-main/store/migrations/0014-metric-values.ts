/**
 * Version 14: what an evaluation gave is one row a metric, so that a metric needs no column, and checkpoints tell what they are chosen by, whichever metric that
 * is; until now it was the hard loss. Early stopping's `leastGain` is called `minDelta`: as a key it stands in quotes, and no text in JSON can hold those.
 */
const columns = {
  top1: "top1",
  top5: "top5",
  hard_loss: "hardLoss",
  objective: "objective",
  objective_floor: "objectiveFloor",
  ece: "ece",
  largest_logit: "largestLogit",
};

export const sql = `
  CREATE TABLE evaluation_values (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
    epoch INTEGER NOT NULL,
    metric TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (run_id, split, epoch, metric)
  ) STRICT, WITHOUT ROWID;

  INSERT INTO evaluation_values (run_id, split, epoch, metric, value)
    SELECT * FROM (${Object.entries(columns)
      .map(
        ([column, metric]) => `SELECT run_id, split, epoch, '${metric}' AS metric, ${column} AS value FROM evaluations`,
      )
      .join(" UNION ALL ")})
    WHERE value IS NOT NULL ORDER BY run_id, split, epoch, metric;
  -- The way to each run's best epoch.
  CREATE INDEX evaluation_values_best ON evaluation_values (run_id, split, metric, value, epoch);

  DROP INDEX evaluations_best;
  ${Object.keys(columns)
    .map((column) => `ALTER TABLE evaluations DROP COLUMN ${column};`)
    .join("\n  ")}

  -- The lower the better, whichever way the metric itself is.
  ALTER TABLE checkpoints RENAME COLUMN hard_loss TO cost;

  UPDATE runs SET configuration = replace(configuration, '"leastGain":', '"minDelta":') WHERE configuration LIKE '%"leastGain":%';
  UPDATE sweeps SET request = replace(request, '"leastGain":', '"minDelta":') WHERE request LIKE '%"leastGain":%';
`;
