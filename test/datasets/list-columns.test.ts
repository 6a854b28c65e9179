/** Columns of long lists: what no line that is looked at has is found in the others. */
import { expect, test } from "vitest";
import { columnsOf } from "../../src-main/datasets/readings/lists/list-columns.ts";

const lines = 5_000;
/** Of the 2,000 lines that are looked at, every second and third, this is none. */
const unseen = 4;
const named = {
  candidates: (cell: string) => (/^\d+\.png$/.test(cell) ? [cell] : []),
  chosen: () => ({ pictures: [], isGuess: false }),
};
const columns = (header: readonly string[], cellsOf: (line: number) => readonly string[]) =>
  columnsOf(
    { header, rows: Array.from({ length: lines }, (_, line) => [`${line}.png`, ...cellsOf(line)]) },
    named,
    lines,
  );

test("a class of one-hot columns that stands in a line which is not looked at is a class", () => {
  const marks = (at: number) => [0, 1, 2, 3].map((column) => String(Number(column === at)));
  const found = columns(["file", "a", "rare", "b", "c"], (line) => marks(line === unseen ? 1 : [0, 2, 3][line % 3]!));
  expect(found?.labels).toEqual([{ name: "a", layout: "one-hot-list", columns: [1, 2, 3, 4], rank: "named" }]);
  // A number that is no mark ends the columns of classes.
  const counts = columns(["file", "a", "b", "n"], (line) => [
    ...marks(line % 2).slice(0, 2),
    line === unseen ? "7" : "0",
  ]);
  expect(counts?.labels.map(({ columns }) => columns)).toEqual([[1, 2], [3]]);
});

test("columns that differ in a line which is not looked at are two", () => {
  const found = columns(["file", "sort", "kind"], (line) => {
    const sort = String(line % 2);
    return [sort, line === unseen ? "1" : sort];
  });
  expect(found?.labels.map(({ name }) => name)).toEqual(["sort", "kind"]);
  expect(columns(["file", "sort", "kind"], (line) => [String(line % 2), line % 2 ? "x" : "y"])?.labels).toMatchObject([
    { name: "kind" },
  ]);
});
