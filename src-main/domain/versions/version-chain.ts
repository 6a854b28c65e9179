/** Versions build on each other: what the one chosen changes is the changes of all before it, and its own. */
import type { DatasetEdit, RecordedEdit } from "../../contract/dataset-version.ts";

export interface LinkedVersion {
  readonly parentKey: string | null;
  readonly edits: readonly RecordedEdit[];
}

/**
 * Every edit from the pictures on disk to this version, in order. A version that undoes is what its parent was made from, so that an undo can be undone.
 * @returns null where a version in the chain is missing, or leads back to itself
 */
export function editsOfVersion(
  key: string | null,
  find: (key: string) => LinkedVersion | null,
): readonly DatasetEdit[] | null {
  const parts: (readonly DatasetEdit[])[] = [];
  const seen = new Set<string>();
  for (let next = key; next !== null; ) {
    const version = seen.has(next) ? null : find(next);
    if (version === null) return null;
    seen.add(next);
    if (version.edits.some(({ kind }) => kind === "undo")) {
      const undone = version.parentKey === null ? null : find(version.parentKey);
      if (undone === null) return null;
      next = undone.parentKey;
      continue;
    }
    parts.push(version.edits.filter((edit) => edit.kind !== "undo"));
    next = version.parentKey;
  }
  return parts.reverse().flat();
}
