/** Two versions of a data set, side by side. */
import type { VersionDifferences } from "../../contract/dataset-version.ts";
import type { LabelledPicture } from "./apply-edits.ts";

/** Other bytes under the same name are a picture less and a picture more. */
export function versionDifferences(
  before: readonly LabelledPicture[],
  after: readonly LabelledPicture[],
): VersionDifferences {
  const later = new Map(after.map((picture) => [picture.name, picture]));
  const earlier = new Map(before.map((picture) => [picture.name, picture]));
  const sameIn = (others: ReadonlyMap<string, LabelledPicture>, { name, contentHash }: LabelledPicture) => {
    const other = others.get(name);
    return other?.contentHash === contentHash ? other : undefined;
  };
  const pairs = before.flatMap((old) => {
    const now = sameIn(later, old);
    return now ? [{ name: old.name, old, now }] : [];
  });
  return {
    relabelled: pairs.flatMap(({ name, old, now }) =>
      old.className === now.className ? [] : { name, from: old.className, to: now.className },
    ),
    moved: pairs.flatMap(({ name, old, now }) =>
      old.split === now.split ? [] : { name, from: old.split, to: now.split },
    ),
    excluded: before.flatMap((picture) => (sameIn(later, picture) ? [] : picture.name)),
    added: after.flatMap((picture) => (sameIn(earlier, picture) ? [] : picture.name)),
    same: pairs.filter(({ old, now }) => old.className === now.className && old.split === now.split).length,
  };
}

/** Whether edits changed any picture. @param after what they made of `before`, in the same order */
export function isChanged(before: readonly LabelledPicture[], after: readonly LabelledPicture[]): boolean {
  if (after.length !== before.length) return true;
  return after.some(({ className, split }, index) => {
    const old = before[index];
    return className !== old?.className || split !== old.split;
  });
}
