/**
 * What the columns of a list are: file, split, and those that may be the class. Columns are found by what is in them, since lists have every name there
 * is; their headers decide where two would do.
 */
import { spreadOver } from "../../../domain/spread-over.ts";
import {
  boxHeaders,
  comparedHeader,
  fileHeaders,
  labelHeaders,
  otherHeaders,
  splitHeaders,
  sureFileHeaders,
} from "./headers.ts";
import type { ListRow, ListRows } from "./list-rows.ts";
import { isWholeName, type NamedPictures } from "./named-pictures.ts";
import { oneHotRuns } from "./one-hot.ts";
import { type SplitColumn, splitColumnOf } from "./split-column.ts";

/** What columns are is found from as many lines, spread over the list. */
const linesLookedAt = 2_000;
/** Of the lines: with less, the list is of something else. */
const leastMatched = 0.5;

/** What may be the class of a picture. */
export interface ListLabel {
  /** Its header, or its number where it has none of its own; of one-hot columns, the first one's. */
  readonly name: string;
  readonly layout: "label-list" | "one-hot-list";
  readonly columns: readonly number[];
  /** `asked`: nothing says that it is less likely the class than another. */
  readonly rank: "named" | "asked" | "other";
}
export interface ListColumns {
  readonly file: number;
  readonly split: SplitColumn | null;
  /** The likeliest first. */
  readonly labels: readonly ListLabel[];
}

/** How well a column names pictures: shares of the lines looked at, and how many different pictures these name. */
function filesIn(looked: readonly ListRow[], column: number, candidates: NamedPictures["candidates"]) {
  const files = new Set<string>();
  let named = 0;
  let whole = 0;
  for (const row of looked) {
    const cell = row[column] ?? "";
    const [first] = candidates(cell);
    if (first === undefined) continue;
    files.add(first);
    named += 1;
    if (isWholeName(cell, first)) whole += 1;
  }
  const lines = Math.max(1, looked.length);
  return { column, share: named / lines, whole: whole / Math.max(1, named), different: files.size };
}

/** @param pictures that there are. Null where no column names them, or none can be their class. */
export function columnsOf(
  { header, rows }: Pick<ListRows, "header" | "rows">,
  { candidates }: Pick<NamedPictures, "candidates">,
  pictures: number,
): ListColumns | null {
  // Of all parts of the list: lists are often sorted by class.
  const looked = spreadOver(rows, linesLookedAt);
  const width = header?.length ?? rows[0]?.length ?? 0;
  const all = Array.from({ length: width }, (_, column) => column);
  const found = all.map((column) => filesIn(looked, column, candidates));
  const isFile = ({ column }: { column: number }) => Number(fileHeaders.test(comparedHeader(header?.[column])));
  const isSurelyFile = ({ column }: { column: number }) =>
    Number(sureFileHeaders.test(comparedHeader(header?.[column])));
  // A list may be of many more pictures than are here, as where one archive of several was unpacked.
  const isList = ({ share }: { share: number }) =>
    share >= leastMatched || share * rows.length >= pictures * leastMatched;
  // Labels from 0 to 9, and the numbers of lines, are names of pictures too where those are numbered.
  const [file] = found
    .filter((each) => each.different > 0 && isList(each))
    .toSorted(
      (a, b) =>
        Number(b.whole >= leastMatched) - Number(a.whole >= leastMatched) ||
        isSurelyFile(b) - isSurelyFile(a) ||
        b.different - a.different ||
        b.share - a.share ||
        isFile(b) - isFile(a),
    );
  if (file === undefined) return null;
  const others = all.filter((column) => column !== file.column);
  const split = splitColumnOf(header, looked, others);
  const labels = labelsAmong(
    { header, rows },
    looked,
    others.filter((column) => column !== split?.column),
  );
  return labels.length === 0 ? null : { file: file.column, split, labels };
}

function labelsAmong(
  { header, rows }: Pick<ListRows, "header" | "rows">,
  looked: readonly ListRow[],
  columns: readonly number[],
): readonly ListLabel[] {
  const runs = header ? oneHotRuns(rows, looked, columns) : [];
  const inRuns = new Set(runs.flat());
  const single = columns.filter((column) => !inRuns.has(column)).flatMap((column) => singleLabel(header, rows, column));
  const marked = runs.map((run) => ({
    ...({ name: columnName(header, run[0]!), layout: "one-hot-list", columns: run, values: run.length } as const),
    rank: "named" as const,
  }));
  const inOrder = [...single, ...marked].toSorted(
    (a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank) || a.values - b.values,
  );
  return withoutTwins(inOrder, looked, rows).map(({ values: _, ...label }) => label);
}

const ranks: readonly ListLabel["rank"][] = ["named", "asked", "other"];

interface Counted extends ListLabel {
  /** Different ones. */
  readonly values: number;
}

function singleLabel(header: ListRow | null, rows: readonly ListRow[], column: number): readonly Counted[] {
  const title = comparedHeader(header?.[column]);
  const isOfBox =
    boxHeaders.test(title) && header!.some((other, at) => at !== column && boxHeaders.test(comparedHeader(other)));
  const isNamed = labelHeaders.test(title) && !isOfBox;
  const values = new Set(rows.map((row) => row[column] ?? ""));
  values.delete("");
  const most = isNamed ? rows.length - 1 : rows.length / 2;
  if (values.size < 2 || values.size > most || (!isNamed && areMeasured(values))) return [];
  const isOther = isOfBox || otherHeaders.test(title) || splitHeaders.test(title);
  const rank = isNamed ? "named" : isOther ? "other" : "asked";
  return [{ name: columnName(header, column), layout: "label-list", columns: [column], rank, values: values.size }];
}

/** Grades of a scale are often written as `0.0`, `1.0`. */
const mostGrades = 20;

function areMeasured(values: ReadonlySet<string>): boolean {
  const all = [...values];
  if (!all.every((value) => /^-?\d*[.,]\d+(e-?\d+)?$/i.test(value))) return false;
  return values.size > mostGrades || all.some((value) => !/[.,]0+$/.test(value));
}

/** Columns that part the pictures alike are one: `label` of 0 and 1 beside `label_name`. The one in words is kept, with the better rank. */
function withoutTwins(
  labels: readonly Counted[],
  looked: readonly ListRow[],
  rows: readonly ListRow[],
): readonly Counted[] {
  const inWords = ({ columns }: Counted) => looked.some((row) => /\p{L}/u.test(row[columns[0]!] ?? ""));
  // Few lines tell most columns apart; all of them tell the others.
  const alikeInFew = Map.groupBy(labels, (label) => partingOf(label, looked));
  return [...alikeInFew.values()].flatMap((alike) => {
    const byParting = Map.groupBy(alike, (label) => (alike.length === 1 ? "" : partingOf(label, rows)));
    return [...byParting.values()].map((twins) => ({ ...(twins.find(inWords) ?? twins[0]!), rank: twins[0]!.rank }));
  });
}

function partingOf(label: ListLabel, rows: readonly ListRow[]): string {
  const numbers = new Map<string, number>();
  const parts = rows.map((row) => {
    const text = label.columns.map((column) => row[column] ?? "").join("\0");
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
  return parts.join();
}

const longestName = 200;

/** The header; its number, from 1, where there is none that it has alone. */
export function columnName(header: ListRow | null, column: number): string {
  const title = header?.[column] ?? "";
  const isOwn = title !== "" && title.length <= longestName && header?.filter((other) => other === title).length === 1;
  return isOwn ? title : String(column + 1);
}
