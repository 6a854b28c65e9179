/**
 * Holds out a tenth of a class. The choice depends on the pictures' bytes alone, not on their names or order or on any run's seed: the same
 * pictures are held out on every machine and in every run, so that results can be compared, and files of equal bytes in one class never part. A copy
 * that was saved anew, resized or cropped has other bytes and is another picture here; one in another class may part, which is warned of.
 */
import type { SplitName } from "../contract/dataset.ts";

/** With fewer pictures than this, a class gives none away. */
export const fewestToHoldOut = 4;

/**
 * The split of each picture of one class, given the hex SHA-256 of its bytes. Each of `heldOut` takes a tenth (rounded, at least one),
 * by rank of hash, and up to the end of a run of equal hashes; the rest is for training.
 */
export function splitClass(
  contentHashes: readonly string[],
  heldOut: readonly Exclude<SplitName, "train">[],
): readonly SplitName[] {
  const splits = contentHashes.map((): SplitName => "train");
  if (contentHashes.length < fewestToHoldOut) return splits;
  const ranked = contentHashes.map((_, index) => index).sort((a, b) => compare(contentHashes[a], contentHashes[b]));
  const share = Math.max(1, Math.round(contentHashes.length / 10));
  let rank = 0;
  for (const split of heldOut) {
    const end = rank + share;
    while (rank < ranked.length && (rank < end || isCopyOfLast(rank))) {
      splits[ranked[rank] as number] = split;
      rank++;
    }
  }
  // A class of nothing but copies cannot be parted.
  return rank < ranked.length ? splits : splits.fill("train");

  function isCopyOfLast(at: number): boolean {
    return contentHashes[ranked[at] as number] === contentHashes[ranked[at - 1] as number];
  }
}

function compare(a: string | undefined, b: string | undefined): number {
  return (a ?? "") < (b ?? "") ? -1 : a === b ? 0 : 1;
}
