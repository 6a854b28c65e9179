/** Version 20: how often the test pictures of each data set were looked at, which stays when runs are deleted for good. */
export const sql = `
  CREATE TABLE test_looks (
    dataset_id INTEGER PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
    looks INTEGER NOT NULL
  ) STRICT;

  INSERT INTO test_looks
    SELECT runs.dataset_id, count(*) FROM evaluations JOIN runs ON runs.id = evaluations.run_id
      WHERE evaluations.split = 'test' GROUP BY runs.dataset_id;
`;
