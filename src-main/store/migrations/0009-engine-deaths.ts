/** Version 9: how often a run's engine died while it trained. Of what an older program recorded nobody counted. */
export const sql = `
  ALTER TABLE runs ADD COLUMN engine_deaths INTEGER NOT NULL DEFAULT 0;
`;
