/** Version 12: which process of its number an engine is. Of those that an older program recorded nobody knows. */
export const sql = `
  -- As the system tells it; null where it does not.
  ALTER TABLE engines ADD COLUMN process_start TEXT;
`;
