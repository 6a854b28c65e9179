/** Ways to group the pictures of a data set that its names and columns allow: more than one group, and fewer than pictures. */
import type { OfferedGroup } from "../../contract/split-plan.ts";
import { createGroupOf, type PictureColumns } from "../../domain/splits/group-of-picture.ts";

const mostLevels = 4;
const mostParts = 6;
const mostFirst = 3;
/** Of the pictures; names that say no more of the others. */
const leastGrouped = 0.9;

export function offeredGroups(names: readonly string[], columns: PictureColumns | null): readonly OfferedGroup[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const asked = [
    ...(columns?.names ?? []).map((name) => `column:${name}`),
    ...numbers(mostLevels).map((level) => `folder:${level}`),
    ...numbers(mostParts).map((part) => `name:${part}`),
  ];
  return asked.flatMap((group) => {
    const groupOf = createGroupOf(group, columns);
    const found = groupOf === null ? [] : names.flatMap((name) => groupOf(name) ?? []);
    const different = new Set(found);
    const isOne = found.length >= names.length * leastGrouped && different.size >= 3 && different.size < found.length;
    return isOne ? { group, groups: different.size, first: [...different].slice(0, mostFirst) } : [];
  });
}
