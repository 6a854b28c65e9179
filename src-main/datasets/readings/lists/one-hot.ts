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

/**
 * @param looked some of the lines, by which columns are told to be of one run
 * @returns runs of neighbouring columns with one mark in each line, the longest first; none of them overlap
 */
export function oneHotRuns(
  rows: readonly ListRow[],
  looked: readonly ListRow[],
  columns: readonly number[],
): readonly (readonly number[])[] {
  // A class may be so rare that no line that was looked at has its mark.
  const isBinary = (column: number) =>
    [looked, rows].every((some) => some.every((row) => markOf(row[column]) !== null));
  const runs: number[][] = [];
  for (const column of columns.slice(0, mostColumns).filter(isBinary)) {
    const last = runs.at(-1);
    if (last?.at(-1) === column - 1) last.push(column);
    else runs.push([column]);
  }
  return runs.flatMap((run) => oneHotWithin(looked, run)).toSorted((a, b) => b.length - a.length);
}

/** The part that has one mark in most lines, the longest of such, and those on its left and right. */
function oneHotWithin(rows: readonly ListRow[], run: readonly number[]): readonly (readonly number[])[] {
  // Marks of a line up to each column, so that those of a part are one difference.
  const marksBefore = rows.map((row) => {
    let marks = 0;
    return [0, ...run.map((column) => (marks += markOf(row[column]) ? 1 : 0))];
  });
  let best = { from: 0, length: 0, lines: rows.length * leastOneHot };
  for (let length = run.length; length >= 2; length--)
    for (let from = 0; from + length <= run.length; from++) {
      const lines = marksBefore.filter((before) => before[from + length]! - before[from]! === 1).length;
      // A rare mark of something else beside them gives lines two marks.
      if (best.length === 0 ? lines >= best.lines : lines > best.lines) best = { from, length, lines };
    }
  const { from, length } = best;
  if (length === 0) return [];
  // A column of ones beside one of rare marks is no list of classes.
  const alone = new Set(rows.map((row) => onlyMark(row, run.slice(from, from + length))));
  alone.delete(null);
  if (alone.size < 2)
    return [...oneHotWithin(rows, run.slice(0, from)), ...oneHotWithin(rows, run.slice(from + length))];
  return [
    ...oneHotWithin(rows, run.slice(0, from)),
    run.slice(from, from + length),
    ...oneHotWithin(rows, run.slice(from + length)),
  ];
}

function onlyMark(row: ListRow, columns: readonly number[]): number | null {
  const [only = null, ...others] = columns.filter((column) => markOf(row[column]));
  return others.length === 0 ? only : null;
}
