/** Versions of data sets: what was changed, by whom, from what. None is deleted, since a run may name it. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { type FolderSource, folderSource } from "../contract/dataset.ts";
import {
  type DatasetEdit,
  type DatasetVersionView,
  type RecordedEdit,
  recordedEdit,
} from "../contract/dataset-version.ts";
import { StrataError } from "../contract/errors.ts";
import { unknownPlace } from "../contract/run-bundle.ts";
import { editsOfVersion } from "../domain/versions/version-chain.ts";
import { type Database, writing } from "./database.ts";
import { createSetAside, type SetAside, storedJson } from "./stored-json.ts";

const storedEdits = storedJson<readonly RecordedEdit[]>(z.array(recordedEdit));
const storedSource = storedJson<FolderSource>(folderSource);

interface VersionRow {
  readonly id: number;
  readonly path: string;
  readonly source: string;
  readonly version_key: string;
  readonly number: number;
  readonly parent_key: string | null;
  readonly author: string;
  readonly note: string;
  readonly edits: string;
  readonly created_at: string;
}

export interface NewVersion {
  /** What it is made from: on disk, or another version. */
  readonly from: FolderSource;
  readonly edits: readonly RecordedEdit[];
  readonly author: string;
  readonly note: string;
  readonly createdAt: string;
}

/** A version whole, as it is recorded. */
export interface RecordedVersion {
  readonly path: string;
  readonly key: string;
  /** Without the version. */
  readonly source: FolderSource;
  readonly parentKey: string | null;
  readonly author: string;
  readonly note: string;
  readonly createdAt: string;
  /** As JSON: the key is of these very bytes. */
  readonly edits: string;
}

export type VersionRecords = ReturnType<typeof createVersionRecords>;

export function createVersionRecords(database: Database, setAside: SetAside = createSetAside()) {
  const byKey = database.prepare<[string, string], VersionRow>(
    "SELECT * FROM dataset_versions WHERE path = ? AND version_key = ?",
  );
  const ofPath = database.prepare<[string], VersionRow>(
    "SELECT * FROM dataset_versions WHERE path = ? ORDER BY number",
  );
  const all = database.prepare<[], VersionRow>("SELECT * FROM dataset_versions ORDER BY path, number");
  const lastNumber = database
    .prepare<[string], number>("SELECT ifnull(max(number), 0) FROM dataset_versions WHERE path = ?")
    .pluck();
  // Any folder may turn out to hold the pictures that a bundle told of, and the key is of nothing but the changes.
  const told = database.prepare<[string], VersionRow>(
    `SELECT * FROM dataset_versions WHERE version_key = ? AND path LIKE '${unknownPlace("")}%' LIMIT 1`,
  );
  const found = (path: string, key: string): VersionRow | undefined => byKey.get(path, key) ?? told.get(key);
  const insert = database.prepare<Omit<VersionRow, "id">>(`
    INSERT INTO dataset_versions (path, source, version_key, number, parent_key, author, note, edits, created_at)
    VALUES (@path, @source, @version_key, @number, @parent_key, @author, @note, @edits, @created_at)`);

  const add = ({ path, key, source, parentKey, author, note, createdAt, edits }: RecordedVersion): void => {
    const names = { path, source: JSON.stringify({ ...source, path }), version_key: key, parent_key: parentKey };
    insert.run({ ...names, number: lastNumber.get(path)! + 1, author, note, edits, created_at: createdAt });
  };
  /** It and those that it was made from, parents first; null where one is not there, or leads back to itself. */
  const lineage = (path: string, key: string): readonly VersionRow[] | null => {
    const rows: VersionRow[] = [];
    for (let next: string | null = key; next !== null; ) {
      const row = found(path, next);
      if (row === undefined || rows.some(({ version_key }) => version_key === row.version_key)) return null;
      rows.unshift(row);
      next = row.parent_key;
    }
    return rows;
  };

  const addMissing = writing(database, (versions: readonly RecordedVersion[]): void => {
    for (const version of versions) if (!byKey.get(version.path, version.key)) add(version);
  });

  const view = (path: string, key: string): DatasetVersionView => {
    const row = found(path, key);
    if (!row) throw new StrataError("data.version-unknown", { version: key.slice(0, 12), path });
    return viewOf(row);
  };

  return {
    view,

    /** Of a folder or an archive, the first first. */
    of(path: string): readonly DatasetVersionView[] {
      return setAside.readable(ofPath.all(path), viewOf);
    },
    all(): readonly DatasetVersionView[] {
      return setAside.readable(all.all(), viewOf);
    },

    /** Throws `data.version-known` where the same changes to the same pictures are a version already. */
    record: writing(database, ({ from, edits, author, note, createdAt }: NewVersion): DatasetVersionView => {
      const { version: parentKey = null, ...source } = from;
      const { path } = source;
      if (parentKey !== null) view(path, parentKey);
      const text = JSON.stringify(edits);
      const key = versionKey(source, parentKey, text);
      const known = byKey.get(path, key);
      if (known) throw new StrataError("data.version-known", { number: known.number, note: known.note, path });
      add({ path, key, source, parentKey, author, note, createdAt, edits: text });
      return view(path, key);
    }),

    /** As a bundle takes it along, with those that it was made from, parents first; none where one of them is not on this record. */
    withParents(path: string, key: string): readonly RecordedVersion[] {
      return (lineage(path, key) ?? []).map(recordedOf);
    },

    /** Of a bundle, parents first: those that are not there yet. */
    addMissing,

    /** A version that a bundle told of is one of this folder's from now on, with those that it was made from. */
    adopt(path: string, key: string): void {
      if (byKey.get(path, key)) return;
      addMissing((lineage(path, key) ?? []).map((row) => ({ ...recordedOf(row), path })));
    },

    /** Throws `data.version-unknown` where it, or one that it was made from, is not on this record, and `store.unreadable`. */
    toOpen(
      path: string,
      key: string,
    ): Pick<DatasetVersionView, "number" | "note"> & { readonly edits: readonly DatasetEdit[] } {
      const { number, note } = view(path, key);
      const edits = editsOfVersion(key, (each) => {
        const row = found(path, each);
        return row ? { parentKey: row.parent_key, edits: editsOf(row) } : null;
      });
      if (edits === null) throw new StrataError("data.version-unknown", { version: `${number} in part`, path });
      return { number, note, edits };
    },
  };
}

/** Hex SHA-256; see `DatasetVersionView`. @param edits as JSON */
export function versionKey(
  { reading, split, ofMoving }: Omit<FolderSource, "path">,
  parentKey: string | null,
  edits: string,
): string {
  const hash = createHash("sha256").update(`${JSON.stringify(reading ?? null)}\n${parentKey ?? ""}\n${edits}`);
  // What was no choice when the first versions were made counts where it is chosen.
  if (split !== undefined) hash.update(`\n${JSON.stringify(split)}`);
  if (ofMoving !== undefined) hash.update(`\n${ofMoving}`);
  return hash.digest("hex");
}

const editsOf = ({ id, edits }: VersionRow): readonly RecordedEdit[] =>
  storedEdits(edits, { table: "dataset_versions", id, column: "edits" });

/** Of the same bytes as its key. */
function recordedOf({ id, path, source, edits, author, note, ...row }: VersionRow): RecordedVersion {
  const { version_key: key, parent_key: parentKey, created_at: createdAt } = row;
  const parsed = storedSource(source, { table: "dataset_versions", id, column: "source" });
  return { path, key, source: parsed, parentKey, author, note, createdAt, edits };
}

function viewOf(row: VersionRow): DatasetVersionView {
  const { id, number, author, note, version_key: key, parent_key: parentKey, created_at: createdAt } = row;
  const source = storedSource(row.source, { table: "dataset_versions", id, column: "source" });
  const edits = editsOf(row).map((edit) => ("pictures" in edit ? { ...edit, pictures: edit.pictures.length } : edit));
  return { key, number, parentKey, author, note, createdAt, source: { ...source, version: key }, edits };
}
