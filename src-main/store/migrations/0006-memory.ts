/** Version 6: what memory a run's training process was predicted to take, and took; and whether it grew from epoch to epoch. */
export const sql = `
  ALTER TABLE runs ADD COLUMN predicted_memory_bytes INTEGER;
  ALTER TABLE runs ADD COLUMN peak_memory_bytes INTEGER;
  ALTER TABLE runs ADD COLUMN leaked_tensors INTEGER NOT NULL DEFAULT 0;
`;
