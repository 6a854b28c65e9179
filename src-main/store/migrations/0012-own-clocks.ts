/**
 * Version 12: which process of its number an engine is, and how long a run's latest stretch took by its engine's own clock, which no change of the time of day
 * moves. Of engines that an older program recorded nobody knows the former; of its runs the time of day told the latter.
 */
export const sql = `
  -- As the system tells it; null where it does not.
  ALTER TABLE engines ADD COLUMN process_start TEXT;

  ALTER TABLE runs ADD COLUMN stretch_seconds REAL NOT NULL DEFAULT 0;
  -- From now on nothing reads or writes stretch_started_at.
  UPDATE runs SET stretch_seconds = max(0, unixepoch(ended_at, 'subsec') - unixepoch(stretch_started_at, 'subsec'))
    WHERE unixepoch(ended_at, 'subsec') IS NOT NULL AND unixepoch(stretch_started_at, 'subsec') IS NOT NULL;
`;
