/** An order of classes in which those that are taken for one another stand together, so that a confusion matrix has its blocks along the diagonal. */
import type { ConfusionCounts } from "./class-figures.ts";

/**
 * Clusters are joined two by two, the most alike first: alike is how often pictures of either are taken for the other, each as a share of its class's
 * pictures, on average over the pairs of classes (average linkage). Where two are joined, the ends that are most alike meet.
 *
 * @returns places of classes; without any mistake their own order
 */
export function similarOrder(counts: ConfusionCounts): readonly number[] {
  const alike = likeness(counts);
  let clusters: (readonly number[])[] = counts.map((_, place) => [place]);
  while (clusters.length > 1) {
    const best = mostAlike(clusters, alike);
    if (best === null) break;
    const [first, second] = best;
    const joined = joinedAtLikeliestEnds(clusters[first]!, clusters[second]!, alike);
    clusters = clusters.flatMap((cluster, place) => (place === first ? [joined] : place === second ? [] : [cluster]));
  }
  return clusters.flat();
}

/** More classes than these are joined too slowly, and no one reads such a matrix cell by cell. */
export const mostSortedClasses = 200;

function likeness(counts: ConfusionCounts): readonly (readonly number[])[] {
  const totals = counts.map((row) =>
    Math.max(
      1,
      row.reduce((sum, count) => sum + count, 0),
    ),
  );
  return counts.map((row, truth) =>
    row.map((count, said) => (truth === said ? 0 : count / totals[truth]! + counts[said]![truth]! / totals[said]!)),
  );
}

function mostAlike(
  clusters: readonly (readonly number[])[],
  alike: readonly (readonly number[])[],
): readonly [number, number] | null {
  let best: readonly [number, number] | null = null;
  let most = 0;
  for (let first = 0; first < clusters.length; first++)
    for (let second = first + 1; second < clusters.length; second++) {
      let sum = 0;
      for (const a of clusters[first]!) for (const b of clusters[second]!) sum += alike[a]![b]!;
      const mean = sum / (clusters[first]!.length * clusters[second]!.length);
      if (mean > most) [most, best] = [mean, [first, second]];
    }
  return best;
}

function joinedAtLikeliestEnds(
  first: readonly number[],
  second: readonly number[],
  alike: readonly (readonly number[])[],
): readonly number[] {
  const ways = [
    [first, second],
    [first, [...second].reverse()],
    [[...first].reverse(), second],
    [second, first],
  ] as const;
  const meeting = ([left, right]: (typeof ways)[number]) => alike[left.at(-1)!]![right[0]!]!;
  return ways.reduce<(typeof ways)[number]>((best, way) => (meeting(way) > meeting(best) ? way : best), ways[0]).flat();
}
