/** A group that near-duplicates have in common: by it, a split made anew would keep them together. */
import type { PictureRef } from "../../contract/pixel-scan.ts";
import { createGroupOf } from "./group-of-picture.ts";

const asked = ["name:1", "name:2", "name:3", "folder:1", "folder:2", "folder:3"];
/** Of the groups of near-duplicates; a few look alike by chance. */
const leastInOne = 0.9;
/** Two that agree may do so by chance. */
const fewestGroups = 3;

/**
 * The finest by which nearly all of them are together, and which tells them apart from one another: what all pictures have in common, as a word that a camera puts
 * first, is no group.
 * @param groups pictures that are alike @returns a group of `splitGroupOf`; null where names suggest none
 */
export function suggestedGroup(groups: readonly (readonly Pick<PictureRef, "name" | "className">[])[]): string | null {
  if (groups.length < fewestGroups) return null;
  let best: { readonly group: string; readonly different: number } | null = null;
  for (const group of asked) {
    const groupOf = createGroupOf(group, null)!;
    // What says the class alone is common to all that look alike.
    const keyOf = ({ name, className }: Pick<PictureRef, "name" | "className">) => {
      const key = groupOf(name);
      return key === className ? null : key;
    };
    const keys = groups.map((alike) => new Set(alike.map(keyOf)));
    const common = keys.flatMap((found) => (found.size === 1 && !found.has(null) ? [...found] : []));
    const different = new Set(common).size;
    const isGroup = common.length >= groups.length * leastInOne && different >= Math.max(2, groups.length / 3);
    if (isGroup && different > (best?.different ?? 0)) best = { group, different };
  }
  return best?.group ?? null;
}
