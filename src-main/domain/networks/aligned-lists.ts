/** Two lists set beside each other, each in its own order. */

export type AlignedPair<T> = readonly [first: T | null, second: T | null];

export interface Aligned<T> {
  readonly pairs: readonly AlignedPair<T>[];
  /** Of all that were paired. */
  readonly score: number;
}

/**
 * The pairs whose scores add up to most, with neither list out of order (Needleman and Wunsch 1970, gaps free). What comes first is paired first where that
 * makes no difference; of what stands between two pairs, the first list's comes before the second's.
 * @param scoreOf above 0 for what may be a pair, more the more alike; 0 or less for what may not
 */
export function alignedLists<T>(
  first: readonly T[],
  second: readonly T[],
  scoreOf: (a: T, b: T) => number,
): Aligned<T> {
  // best[i][j]: of what is left from i and from j on.
  const best = Array.from({ length: first.length + 1 }, () => new Array<number>(second.length + 1).fill(0));
  const scores = first.map((a) => second.map((b) => scoreOf(a, b)));
  for (let i = first.length - 1; i >= 0; i--)
    for (let j = second.length - 1; j >= 0; j--) {
      const score = scores[i]![j]!;
      const paired = score > 0 ? score + best[i + 1]![j + 1]! : 0;
      best[i]![j] = Math.max(paired, best[i + 1]![j]!, best[i]![j + 1]!);
    }
  const pairs: AlignedPair<T>[] = [];
  let [i, j] = [0, 0];
  while (i < first.length || j < second.length) {
    const score = scores[i]?.[j] ?? 0;
    const isPair = score > 0 && best[i]![j] === score + best[i + 1]![j + 1]!;
    if (isPair) pairs.push([first[i++]!, second[j++]!]);
    else if (i < first.length && (j === second.length || best[i + 1]![j] === best[i]![j]))
      pairs.push([first[i++]!, null]);
    else pairs.push([null, second[j++]!]);
  }
  return { pairs, score: best[0]![0]! };
}

/** Two lists whose order means nothing: the most alike are paired first, earlier ones before later ones; what is left stands by itself. */
export function matchedSets<T>(
  first: readonly T[],
  second: readonly T[],
  scoreOf: (a: T, b: T) => number,
): readonly AlignedPair<T>[] {
  const all = first.flatMap((a, i) => second.map((b, j) => ({ i, j, score: scoreOf(a, b) })));
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  for (const { i, j, score } of all.sort((a, b) => b.score - a.score || a.i + a.j - b.i - b.j)) {
    if (score <= 0 || partners.has(i) || taken.has(j)) continue;
    partners.set(i, j);
    taken.add(j);
  }
  return [
    ...first.map((a, i): AlignedPair<T> => [a, partners.has(i) ? second[partners.get(i)!]! : null]),
    ...second.flatMap((b, j): AlignedPair<T>[] => (taken.has(j) ? [] : [[null, b]])),
  ];
}
