/** The known word that a mistyped one was meant for. */

/** The nearest of the words, small and capital alike; null where none is near: a slip in every third letter is the most. */
export function nearestOf(asked: string, words: Iterable<string>): string | null {
  const wanted = asked.toLowerCase();
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const word of words) {
    const slips = slipsBetween(wanted, word.toLowerCase());
    if (slips < least) [nearest, least] = [word, slips];
  }
  return nearest;
}

/** Letters put in, left out, changed, or swapped with their neighbour, that lead from one word to the other (Damerau 1964). */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let slips = Math.min(last[column]! + 1, line[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwapped) slips = Math.min(slips, beforeLast[column - 2]! + 1);
      line.push(slips);
    }
    beforeLast = last;
    last = line;
  }
  return last[b.length]!;
}
