/** Two versions of a data set, side by side. */
import type { VersionDifferences } from "../../contract/dataset-version.ts";
import type { LabelledPicture } from "./apply-edits.ts";

/** Other bytes under the same name are a picture less and a picture more. */
export function versionDifferences(
  before: readonly LabelledPicture[],
  after: readonly LabelledPicture[],
): VersionDifferences {
  const keyOf = ({ name, contentHash }: LabelledPicture) => `${name}\0${contentHash}`;
  const later = new Map(after.map((picture) => [keyOf(picture), picture]));
  const earlier = new Set(before.map(keyOf));
  const pairs = before.flatMap((old) => {
    const now = later.get(keyOf(old));
    return now ? [{ name: old.name, old, now }] : [];
  });
  return {
    relabelled: pairs.flatMap(({ name, old, now }) =>
      old.className === now.className ? [] : { name, from: old.className, to: now.className },
    ),
    moved: pairs.flatMap(({ name, old, now }) =>
      old.split === now.split ? [] : { name, from: old.split, to: now.split },
    ),
    excluded: before.flatMap((picture) => (later.has(keyOf(picture)) ? [] : picture.name)),
    added: after.flatMap((picture) => (earlier.has(keyOf(picture)) ? [] : picture.name)),
    same: pairs.filter(({ old, now }) => old.className === now.className && old.split === now.split).length,
  };
}
