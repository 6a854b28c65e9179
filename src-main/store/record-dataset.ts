/**
 * A version of a data set becomes rows. There may be a hundred thousand, so that they are recorded piece by piece, each a short transaction, and others read
 * and write in between. Until the last piece its row has no moment at which it was looked at, and nobody is shown it: a version is there with all its pictures, or not at
 * all. What is cut off is taken up by the next look at the same pictures, else given up at a start (`purge.ts`).
 */
import type { SplitName } from "../contract/dataset.ts";
import type { Dataset } from "../datasets/example.ts";
import { type Database, writing } from "./database.ts";

/** In place of the moment, while pieces are missing. */
export const notWhole = "";
/** In place of the source's key: it is not taken up again, and is deleted. */
export const givenUp = "";
/** The first word of the key of a data set of which only bundles told: nobody can open it. */
export const toldOnly = "imported ";
/** Versions looked at last stay whether or not they are trained on. */
export const mostUnused = 200;

/** What is recorded in one piece, with the row of the set. @returns the row's number once all is recorded; null before */
export type RecordPiece = (dataset: Dataset, key: string, lookedAt: string, mostRows: number) => number | null;

export function createDatasetRecorder(database: Database): RecordPiece {
  const find = database.prepare<[string, string], { id: number; looked_at: string }>(
    "SELECT id, looked_at FROM datasets WHERE source_key = ? AND fingerprint = ?",
  );
  const insert = database.prepare<[string, string, string, string, string, string]>(
    "INSERT INTO datasets (source_key, fingerprint, name, source, view, looked_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const finish = database.prepare<[string, string, string, string, number]>(
    "UPDATE datasets SET name = ?, source = ?, view = ?, looked_at = ? WHERE id = ?",
  );
  const insertExample = database.prepare<[number, number, string, number, SplitName, Buffer]>(
    "INSERT INTO examples (dataset_id, example_index, name, label, split, content_hash) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const nextIndex = database
    .prepare<[number], number>("SELECT ifnull(max(example_index) + 1, 0) FROM examples WHERE dataset_id = ?")
    .pluck();
  // Runs of which only a bundle told are on these pictures from now on.
  const adoptRuns = database.prepare<{ readonly id: number; readonly source: string; readonly fingerprint: string }>(`
    UPDATE runs SET dataset_id = @id, configuration = json_set(configuration, '$.dataset', json(@source))
    WHERE json_valid(configuration) AND dataset_id IN (SELECT told.id FROM datasets told
      WHERE told.source_key LIKE '${toldOnly}%' AND told.fingerprint = @fingerprint
        AND told.view -> '$.classes' = (SELECT view -> '$.classes' FROM datasets WHERE id = @id))`);
  const removeUnused = database.prepare<[number, number]>(`
    DELETE FROM datasets WHERE id IN (SELECT id FROM datasets
      WHERE id NOT IN (SELECT id FROM datasets ORDER BY looked_at DESC, id DESC LIMIT ?)
        AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.dataset_id = datasets.id)
      ORDER BY looked_at, id LIMIT ?)`);

  return writing(database, (dataset, key, lookedAt, mostRows) => {
    const source = JSON.stringify(dataset.source);
    const known = find.get(key, dataset.fingerprint);
    const isNew = known === undefined || known.looked_at === notWhole;
    const id =
      known?.id ?? Number(insert.run(key, dataset.fingerprint, dataset.name, source, "{}", notWhole).lastInsertRowid);
    if (isNew) {
      // Asked each time: another process may record the same, or have given up what was there. What stands there before its row does is damage.
      const from = known === undefined ? 0 : nextIndex.get(id)!;
      const piece = dataset.examples.slice(from, from + mostRows);
      for (const { index, name, label, split, contentHash } of piece)
        insertExample.run(id, index, name, label, split, Buffer.from(contentHash, "hex"));
      if (from + piece.length < dataset.examples.length) return null;
    }
    const { classes, counts, splitOrigin, grouping, sidePixels, understanding, problems, samples } = dataset;
    const view = JSON.stringify({
      classes,
      counts,
      splitOrigin,
      grouping,
      sidePixels,
      understanding,
      problems,
      samples,
    });
    finish.run(dataset.name, source, view, lookedAt, id);
    adoptRuns.run({ id, source, fingerprint: dataset.fingerprint });
    // More than comes, so that a record that had grown shrinks; few enough that nobody waits for it.
    if (isNew) removeUnused.run(mostUnused, 2);
    return id;
  });
}
