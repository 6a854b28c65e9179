/** Version 15: changes to a data set's labels and splits. A run names its version in its configuration, by the key; none is ever deleted. */
export const sql = `
  CREATE TABLE dataset_versions (
    id INTEGER PRIMARY KEY,
    -- Of the folder or archive.
    path TEXT NOT NULL,
    -- What stands on disk, with its reading, as JSON.
    source TEXT NOT NULL,
    version_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    parent_key TEXT,
    author TEXT NOT NULL,
    note TEXT NOT NULL,
    edits TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (path, number),
    UNIQUE (path, version_key)
  ) STRICT;
`;
