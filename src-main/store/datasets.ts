/** Data sets that were looked at, one row a version, with every picture's name and label. */
import { z } from "zod";
import {
  type DatasetSource,
  type DatasetView,
  datasetSource,
  pictureProblemCodes,
  type SplitName,
  splitNames,
  splitOrigin,
  understanding,
} from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { RunView } from "../contract/run.ts";
import { grouping } from "../contract/split-plan.ts";
import type { StoredPlace } from "../contract/stored-place.ts";
import type { Dataset, Example } from "../datasets/example.ts";
import { sourceKey } from "../domain/pictures/source-key.ts";
import type { Database } from "./database.ts";
import { createDatasetRecorder, notWhole, toldOnly } from "./record-dataset.ts";
import { createSetAside, type SetAside, storedJson } from "./stored-json.ts";

const count = z.int().min(0);
/** What a look found, as it stands in the `view` column. */
const storedView = storedJson(
  z.object({
    classes: z.array(z.object({ name: z.string(), train: count, validation: count, test: count })),
    counts: z.object({ train: count, validation: count, test: count }),
    splitOrigin: z.object({ validation: splitOrigin, test: splitOrigin }),
    grouping: grouping.nullable().default(null),
    sidePixels: z.object({ smallest: count, largest: count }),
    // Records from before it was kept have none.
    understanding: understanding.nullable().default(null),
    problems: z.array(
      z.object({
        ...{ code: z.enum(pictureProblemCodes), name: z.string(), isSkipped: z.boolean() },
        format: z.string().optional(),
        leftOut: z.object({ className: z.string(), split: z.enum(splitNames), pictures: count }).optional(),
      }),
    ),
    samples: z.array(z.object({ example: count, className: z.string() })),
  }),
);
const storedClasses = storedJson(
  z.object({
    classes: z.array(z.object({ name: z.string(), validation: count.catch(0) })),
    counts: z.object({ train: count }).nullable().catch(null),
  }),
);
const storedSource = storedJson<DatasetSource>(datasetSource);

interface DatasetRow {
  readonly id: number;
  readonly fingerprint: string;
  readonly name: string;
  readonly source: string;
  readonly view: string;
  readonly looked_at: string;
}
interface ExampleRow {
  readonly example_index: number;
  readonly name: string;
  readonly label: number;
  readonly split: SplitName;
  readonly content_hash: Buffer;
}

/** What every view of a run has of its data set. */
type RunsDataset = Pick<RunView["dataset"], "classes" | "trainPictures" | "largestClassShare">;

const isWhole = `datasets.looked_at <> '${notWhole}'`;
/** More than anyone looks through. */
export const mostRecent = 50;

export type DatasetRecords = ReturnType<typeof createDatasetRecords>;

export function createDatasetRecords(database: Database, setAside: SetAside = createSetAside()) {
  const recordPiece = createDatasetRecorder(database);
  const byId = database.prepare<[number], DatasetRow>(`SELECT * FROM datasets WHERE id = ? AND ${isWhole}`);
  const latestOfSource = database.prepare<[string], DatasetRow>(
    `SELECT * FROM datasets WHERE source_key = ? AND ${isWhole} ORDER BY looked_at DESC, id DESC LIMIT 1`,
  );
  const all = database.prepare<[], DatasetRow>(
    `SELECT * FROM datasets WHERE ${isWhole} ORDER BY looked_at DESC, id DESC`,
  );
  const latestOfEach = database.prepare<[number], DatasetRow>(`
    SELECT * FROM datasets WHERE ${isWhole} AND source_key NOT LIKE '${toldOnly}%' AND NOT EXISTS (SELECT 1 FROM datasets later WHERE later.source_key = datasets.source_key
      AND (later.looked_at, later.id) > (datasets.looked_at, datasets.id))
    ORDER BY looked_at DESC, id DESC LIMIT ?`);
  const exampleByIndex = database.prepare<[number, number], ExampleRow>(
    "SELECT example_index, name, label, split, content_hash FROM examples WHERE dataset_id = ? AND example_index = ?",
  );
  const examplesFrom = database.prepare<[number, number, number], ExampleRow>(
    "SELECT name, label, split FROM examples WHERE dataset_id = ? AND example_index >= ? ORDER BY example_index LIMIT ?",
  );
  const examplesOfSplit = database.prepare<[number, string], ExampleRow>(
    "SELECT example_index, name, label, split, content_hash FROM examples WHERE dataset_id = ? AND split = ? ORDER BY example_index",
  );
  const viewText = database.prepare<[number], string>("SELECT view FROM datasets WHERE id = ?").pluck();
  const countLabels = database
    .prepare<[number], number>("SELECT count(DISTINCT label) FROM examples WHERE dataset_id = ?")
    .pluck();
  const knownFacts = new Map<number, RunsDataset>();
  const view = (id: number): DatasetView => {
    const row = byId.get(id);
    if (!row) throw new StrataError("data.unknown", { datasetId: id });
    return viewOf(row);
  };

  return {
    view,

    /**
     * Keeps this version; the same source with the same fingerprint keeps its number. Of what no run was trained on, what was looked at longest ago goes, once
     * `mostUnused` others were looked at later.
     */
    record(dataset: Dataset, lookedAt: string): DatasetView {
      return view(recordPiece(dataset, sourceKey(dataset.source), lookedAt, dataset.examples.length)!);
    },

    /** The same in several calls of so many pictures each, between which others may write: null until the last. */
    recordPiece(dataset: Dataset, lookedAt: string, mostPictures: number): DatasetView | null {
      const id = recordPiece(dataset, sourceKey(dataset.source), lookedAt, mostPictures);
      return id === null ? null : view(id);
    },

    /** Null where there is none, or it cannot be read. */
    latestOf(source: DatasetSource): DatasetView | null {
      const row = latestOfSource.get(sourceKey(source));
      return row ? setAside.orNull(() => viewOf(row)) : null;
    },

    /** The latest version of each source, the one looked at last first, `mostRecent` at most. */
    recent(): readonly DatasetView[] {
      return setAside.readable(latestOfEach.all(mostRecent), viewOf);
    },
    /** Every version. */
    all(): readonly DatasetView[] {
      return setAside.readable(all.all(), viewOf);
    },

    /** One picture of a data set; null where there is none of that number. */
    example(datasetId: number, index: number): Example | null {
      const row = exampleByIndex.get(datasetId, index);
      return row ? exampleOf(row) : null;
    },

    /** In the order of the data set's list. */
    examplesOfSplit(datasetId: number, split: SplitName): readonly Example[] {
      return examplesOfSplit.all(datasetId, split).map(exampleOf);
    },

    /** So many from this one on, in their order. */
    examplesFrom(datasetId: number, from: number, most: number): readonly Pick<Example, "name" | "label" | "split">[] {
      return examplesFrom.all(datasetId, from, most).map(({ name, label, split }) => ({ name, label, split }));
    },

    /** Read once a version: other classes and counts are another version. Numbers for names where these cannot be read. */
    ofRuns(datasetId: number): RunsDataset {
      const known = knownFacts.get(datasetId);
      if (known) return known;
      const text = viewText.get(datasetId);
      if (text === undefined) return { classes: [], trainPictures: null, largestClassShare: null };
      const view = setAside.orNull(() => storedClasses(text, viewOfSet(datasetId)));
      if (view === null) {
        const classes = Array.from({ length: countLabels.get(datasetId)! }, (_, index) => `Class ${index + 1}`);
        return { classes, trainPictures: null, largestClassShare: null };
      }
      const facts = {
        classes: view.classes.map(({ name }) => name),
        trainPictures: view.counts?.train ?? null,
        largestClassShare: largestShare(view.classes.map(({ validation }) => validation)),
      };
      knownFacts.set(datasetId, facts);
      return facts;
    },
  };
}

function largestShare(counts: readonly number[]): number | null {
  const all = counts.reduce((sum, one) => sum + one, 0);
  return all === 0 ? null : Math.max(...counts) / all;
}

const viewOfSet = (id: number): StoredPlace => ({ table: "datasets", id, column: "view" });

function viewOf(row: DatasetRow): DatasetView {
  return {
    id: row.id,
    name: row.name,
    source: storedSource(row.source, { table: "datasets", id: row.id, column: "source" }),
    fingerprint: row.fingerprint,
    lookedAt: row.looked_at,
    ...storedView(row.view, viewOfSet(row.id)),
  };
}

function exampleOf({ example_index: index, name, label, split, content_hash }: ExampleRow): Example {
  return { index, name, label, split, contentHash: content_hash.toString("hex") };
}
