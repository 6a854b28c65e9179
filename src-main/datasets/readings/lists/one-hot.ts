/** One-hot columns: side by side, one a class, and a 1 in that of the picture's class. */
import type { ListRow } from "./list-rows.ts";

/** Of the lines that have exactly one mark. */
const leastOneHot = 0.95;
/** A table of more is of measurements; the time to look grows with its square. */
const mostColumns = 200;

/** Whether a cell is a mark; null where it is neither that nor the lack of one. */
export function markOf(cell = ""): boolean | null {
  if (/^(1(\.0*)?|true)$/i.test(cell)) return true;
  return /^(0(\.0*)?|false|)$/i.test(cell) ? false : null;
}

/** @returns runs of neighbouring columns with one mark in each line, the longest first; none of them overlap */
export function oneHotRuns(rows: readonly ListRow[], columns: readonly number[]): readonly (readonly number[])[] {
  const isBinary = (column: number) =>
    rows.every((row) => markOf(row[column]) !== null) && rows.some((row) => markOf(row[column]));
  const binary = columns.slice(0, mostColumns).filter(isBinary);
  const runs: number[][] = [];
  for (const column of binary) {
    const last = runs.at(-1);
    if (last?.at(-1) === column - 1) last.push(column);
    else runs.push([column]);
  }
  return runs.flatMap((run) => oneHotWithin(rows, run)).toSorted((a, b) => b.length - a.length);
}

/** The longest part that is one-hot, and those on its left and right. */
function oneHotWithin(rows: readonly ListRow[], run: readonly number[]): readonly (readonly number[])[] {
  // Marks of a line up to each column, so that those of a part are one difference.
  const marksBefore = rows.map((row) => {
    let marks = 0;
    return [0, ...run.map((column) => (marks += markOf(row[column]) ? 1 : 0))];
  });
  for (let length = run.length; length >= 2; length--)
    for (let from = 0; from + length <= run.length; from++) {
      const one = marksBefore.filter((before) => before[from + length]! - before[from]! === 1).length;
      if (one < rows.length * leastOneHot) continue;
      return [
        ...oneHotWithin(rows, run.slice(0, from)),
        run.slice(from, from + length),
        ...oneHotWithin(rows, run.slice(from + length)),
      ];
    }
  return [];
}
