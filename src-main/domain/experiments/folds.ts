/** Cross-validation: the training pictures in parts, of which one is held out. */
import type { TrainingSettings } from "../../contract/configuration.ts";
import type { SplitName } from "../../contract/dataset.ts";

type Fold = TrainingSettings["fold"];

/**
 * The split in which a run has a picture; null where it leaves it out. Pictures of the same bytes, and of the same group where the split was made by groups, are
 * in the same fold, on every machine.
 * @param picture with its hash and group in hex
 */
export function splitInFold(
  picture: { readonly split: SplitName; readonly contentHash: string; readonly group?: string },
  fold: Fold,
): SplitName | null {
  const { split, contentHash, group } = picture;
  if (fold === null || split === "validation") return split;
  if (split === "test") return null;
  return Number.parseInt((group ?? contentHash).slice(0, 8), 16) % fold.count === fold.index - 1 ? "test" : "train";
}

/** About how many pictures a run has in each split. */
export function countsInFold(
  counts: Readonly<Record<SplitName, number>>,
  fold: Fold,
): Readonly<Record<SplitName, number>> {
  if (fold === null) return counts;
  const test = Math.round(counts.train / fold.count);
  return { ...counts, train: counts.train - test, test };
}
