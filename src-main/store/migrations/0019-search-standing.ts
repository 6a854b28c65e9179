/** Version 19: where a result stands at its rung is found along an index, however many results there are. */
export const sql = `
  CREATE INDEX search_standing ON search_decisions (experiment_id, rung, value, decision) WHERE decision IN ('goes-on', 'stops');
`;
