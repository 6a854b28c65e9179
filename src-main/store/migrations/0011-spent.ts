/** Version 11: where the seconds of a run's latest stretch went, stage by stage. Of what an older program recorded nobody measured it. */
export const sql = `
  ALTER TABLE runs ADD COLUMN spent TEXT;
`;
