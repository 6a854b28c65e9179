/**
 * What the columns of a list are: file, split, and those that may be the class. Columns are found by what is in them, since lists have every name there
 * is; their headers decide where two would do.
 */
import { spreadOver } from "../../../domain/spread-over.ts";
import { splitOfName } from "../split-names.ts";
import type { FindPicture } from "./find-picture.ts";
import type { ListRow, ListRows } from "./list-rows.ts";
import { oneHotRuns } from "./one-hot.ts";

/** What columns are is found from as many lines, spread over the list. */
const linesLookedAt = 2_000;
/** More are the attributes of a table of measurements. */
const mostLabels = 20;
/** Of the lines: with less, the list is of something else. */
export const leastMatched = 0.5;
export const surelyMatched = 0.95;

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
  readonly split: number | null;
  /** The likeliest first. */
  readonly labels: readonly ListLabel[];
}

/** Of headers as they are compared: small letters, with an underscore between words. */
const fileHeaders =
  /^(file|filename|file_?name|file_?path|path|image|image_?(id|index|name|path|file)|img|picture|photo|id|name|fname)$/;
const labelHeaders =
  /^(target|type|tag|y)$|(^|_)(labels?|class(es)?|category|species|breed|diagnosis|disease|finding|dx)(_?(name|id))?$/;
const splitHeaders = /^(split|set|subset|partition|fold|dataset|usage|phase|group)$/;
/** Columns that pictures are grouped by, and measurements. */
const otherHeaders =
  /(^|_)(patient|subject|session|case|lesion|site|source|scanner|camera|location|user|author|date|date_captured|year|time|fold|age|sex|gender|width|height|size|id|index|idx|number|num|no)s?$/;

const comparedHeader = (title = ""): string =>
  title
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");

/** Null where no column names the pictures, or none can be their class. */
export function columnsOf({ header, rows }: Pick<ListRows, "header" | "rows">, find: FindPicture): ListColumns | null {
  // Of all parts of the list: lists are often sorted by class.
  const looked = spreadOver(rows, linesLookedAt);
  const width = header?.length ?? rows[0]?.length ?? 0;
  const all = Array.from({ length: width }, (_, column) => column);
  const shareOf = (column: number, holds: (cell: string) => boolean) =>
    looked.filter((row) => holds(row[column] ?? "")).length / Math.max(1, looked.length);
  const matched = all.map((column) => shareOf(column, (cell) => find(cell) !== null));
  const isFile = (column: number) => fileHeaders.test(comparedHeader(header?.[column]));
  const [file] = all.toSorted((a, b) => matched[b]! - matched[a]! || Number(isFile(b)) - Number(isFile(a)));
  if (file === undefined || matched[file]! < leastMatched) return null;
  const others = all.filter((column) => column !== file);
  // Under another header such words are what the column is about.
  const mayBeSplit = (column: number) => header === null || splitHeaders.test(comparedHeader(header[column]));
  const leastSplit = header === null ? surelyMatched : leastMatched;
  const split =
    others.find((column) => mayBeSplit(column) && shareOf(column, (cell) => splitOfName(cell) !== null) > leastSplit) ??
    null;
  const labels = labelsAmong(
    { header, rows },
    looked,
    others.filter((column) => column !== split),
  );
  return labels.length === 0 ? null : { file, split, labels };
}

function labelsAmong(
  { header, rows }: Pick<ListRows, "header" | "rows">,
  looked: readonly ListRow[],
  columns: readonly number[],
): readonly ListLabel[] {
  const runs = header ? oneHotRuns(looked, columns) : [];
  const inRuns = new Set(runs.flat());
  const single = columns.filter((column) => !inRuns.has(column)).flatMap((column) => singleLabel(header, rows, column));
  const marked = runs.map((run) => ({
    ...({ name: columnName(header, run[0]!), layout: "one-hot-list", columns: run, values: run.length } as const),
    rank: "named" as const,
  }));
  const inOrder = [...single, ...marked].toSorted(
    (a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank) || a.values - b.values,
  );
  return withoutTwins(inOrder, looked)
    .slice(0, mostLabels)
    .map(({ values: _, ...label }) => label);
}

const ranks: readonly ListLabel["rank"][] = ["named", "asked", "other"];

interface Counted extends ListLabel {
  /** Different ones. */
  readonly values: number;
}

function singleLabel(header: ListRow | null, rows: readonly ListRow[], column: number): readonly Counted[] {
  const title = comparedHeader(header?.[column]);
  const isNamed = labelHeaders.test(title);
  const values = new Set(rows.map((row) => row[column] ?? ""));
  values.delete("");
  const most = isNamed ? rows.length - 1 : rows.length / 2;
  const isMeasured = !isNamed && [...values].every((value) => /^-?\d*[.,]\d+(e-?\d+)?$/i.test(value));
  if (values.size < 2 || values.size > most || isMeasured) return [];
  const rank = isNamed ? "named" : [otherHeaders, splitHeaders].some((known) => known.test(title)) ? "other" : "asked";
  return [{ name: columnName(header, column), layout: "label-list", columns: [column], rank, values: values.size }];
}

/** Columns that part the pictures alike are one: `label` of 0 and 1 beside `label_name`. The one in words is kept, with the better rank. */
function withoutTwins(labels: readonly Counted[], looked: readonly ListRow[]): readonly Counted[] {
  const byParting = Map.groupBy(labels, (label) => partingOf(label, looked));
  return [...byParting.values()].map(([first, ...twins]) => {
    const words = [first!, ...twins].find(({ columns }) => looked.some((row) => /\p{L}/u.test(row[columns[0]!] ?? "")));
    return { ...(words ?? first!), rank: first!.rank };
  });
}

function partingOf(label: ListLabel, looked: readonly ListRow[]): string {
  const numbers = new Map<string, number>();
  const parts = looked.map((row) => {
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
