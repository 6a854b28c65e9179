/** Version 10: no top-5 where a data set has five classes or fewer, which always was 1; see `leastClasses` in `domain/metrics`. */
export const sql = `
  ALTER TABLE evaluations ADD COLUMN top5_or_null REAL;
  CREATE TEMP TABLE few_classes AS
    SELECT runs.id AS run_id FROM runs JOIN datasets ON datasets.id = runs.dataset_id
    WHERE json_array_length(datasets.view, '$.classes') <= 5;
  UPDATE evaluations SET top5_or_null = top5 WHERE run_id NOT IN (SELECT run_id FROM few_classes);
  DELETE FROM points WHERE metric = 'top5' AND run_id IN (SELECT run_id FROM few_classes);
  DROP TABLE few_classes;
  ALTER TABLE evaluations DROP COLUMN top5;
  ALTER TABLE evaluations RENAME COLUMN top5_or_null TO top5;
`;
