/** The column of a list that says the split of each picture: in words, as a mark, or by numbers. */
import type { SplitName } from "../../../contract/dataset.ts";
import { splitOfName } from "../split-names.ts";
import { comparedHeader, splitHeaders } from "./headers.ts";
import type { ListRow } from "./list-rows.ts";
import { markOf } from "./one-hot.ts";

export interface SplitColumn {
  readonly column: number;
  /** Null where the cell says none. */
  readonly splitOf: (cell: string) => SplitName | null;
}

/** Of the lines: under a header of splits some words may be misspelt; under another one or none, the words are all that speaks for it. */
const leastWithHeader = 0.5;
const leastWithoutHeader = 0.95;

/** @param looked the lines by which it is told */
export function splitColumnOf(
  header: ListRow | null,
  looked: readonly ListRow[],
  columns: readonly number[],
): SplitColumn | null {
  for (const column of columns) {
    const title = header === null ? null : comparedHeader(header[column]);
    const cells = looked.map((row) => row[column] ?? "");
    const splitOf =
      inWords(title, cells) ?? (title === null ? null : (asMark(title, cells) ?? byNumbers(title, cells)));
    if (splitOf) return { column, splitOf };
  }
  return null;
}

type SplitOf = SplitColumn["splitOf"];

function inWords(title: string | null, cells: readonly string[]): SplitOf | null {
  const splits = cells.flatMap((cell) => splitOfName(cell) ?? []);
  const isSaid = title !== null && splitHeaders.test(title);
  // Under another header one such word may be what the column is about, as where trains are told from cars.
  if (!isSaid && (!splits.includes("train") || new Set(splits).size < 2)) return null;
  return splits.length > cells.length * (isSaid ? leastWithHeader : leastWithoutHeader) ? splitOfName : null;
}

const markHeaders = /^(is|in)_(.+?)(ing)?(_(set|image|split))?$/;

/** `is_train`, `is_valid` of 0 and 1. What is not held out is for training, and what is not for training is for testing. */
function asMark(title: string, cells: readonly string[]): SplitOf | null {
  const marked = splitOfName(markHeaders.exec(title)?.[2] ?? "");
  if (marked === null || cells.some((cell) => markOf(cell) === null)) return null;
  const marks = cells.filter((cell) => markOf(cell)).length;
  // With more, `is_valid` says that a picture is sound.
  const isSound = marked === "validation" && marks > cells.length / 2;
  if (marks === 0 || marks === cells.length || isSound) return null;
  const unmarked = marked === "train" ? "test" : "train";
  return (cell) => (markOf(cell) ? marked : unmarked);
}

const numberedSplits = new Map<string, SplitName>([
  ["0", "train"],
  ["1", "validation"],
  ["2", "test"],
]);

/** `partition` of 0, 1 and 2, as CelebA has it: https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html */
function byNumbers(title: string, cells: readonly string[]): SplitOf | null {
  const counts = Map.groupBy(cells, (cell) => cell);
  const isNumbered = counts.size === 3 && [...counts.keys()].every((cell) => numberedSplits.has(cell));
  const mostTrain = (counts.get("0")?.length ?? 0) > cells.length / 2;
  if (!/(^|_)(partition|split)(_|$)/.test(title) || !isNumbered || !mostTrain) return null;
  return (cell) => numberedSplits.get(cell) ?? null;
}
