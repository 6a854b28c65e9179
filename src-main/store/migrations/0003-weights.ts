/** Version 3: where a run's last weights are, or why they are nowhere; and how it met the file that it began from. Runs before it have neither. */
export const sql = `
  ALTER TABLE runs ADD COLUMN initial_weights_match TEXT;
  ALTER TABLE runs ADD COLUMN weights_file TEXT;
  ALTER TABLE runs ADD COLUMN weights_bytes INTEGER;
  ALTER TABLE runs ADD COLUMN weights_error TEXT;
`;
