/** Version 21: the logits that a run ended with, on validation and on test pictures: calibration and its temperature are told from them. */
export const sql = `
  -- One row a split. Pictures are in the order of the columns: 4-byte little-endian numbers, and of logits as many a picture as there are classes.
  CREATE TABLE logits (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
    epoch INTEGER NOT NULL,
    classes INTEGER NOT NULL,
    examples BLOB NOT NULL,
    labels BLOB NOT NULL,
    logits BLOB NOT NULL,
    PRIMARY KEY (run_id, split)
  ) STRICT;
`;
