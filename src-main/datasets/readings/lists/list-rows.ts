/** A list of pictures as it stands in a file, CSV or TSV: its header, where it has one, and its lines. */
import Papa from "papaparse";
import type { SplitName } from "../../../contract/dataset.ts";
import { japaneseOf } from "../../containers/archive-names.ts";
import type { Container } from "../../containers/container.ts";
import { readPlace } from "../../containers/read-place.ts";
import { folderPath } from "../../formats/folder-reader.ts";
import { splitOfName, splitWordIn } from "../split-names.ts";
import type { NamedPictures } from "./named-pictures.ts";

/** A list of a few million lines; what is larger is data of another kind. */
const mostListBytes = 256 * 2 ** 20;

export type ListRow = readonly string[];
export interface ListRows {
  /** The file, named like the pictures. */
  readonly list: string;
  /** Null where the first line is of a picture. */
  readonly header: ListRow | null;
  readonly rows: readonly ListRow[];
}

/** Whether a file may be one, by its name. */
export function isListName(name: string): boolean {
  return /\.(csv|tsv|tab)$/i.test(name);
}

const listWords = /labels?|annotations?|metadata|list|info/gi;

/** The split that a list is of by its name, as `train_labels.csv`, or its folder's, as `train/metadata.csv`. */
export function splitOfList(list: string): SplitName | null {
  const stem = folderPath.base(list).replace(/\.[^.]+$/, "");
  return splitWordIn(stem.replaceAll(listWords, " ")) ?? splitOfName(folderPath.base(folderPath.above(list)));
}

/** Null where it cannot be read, is too large to be a list, or is empty. */
export async function readList(
  container: Container,
  list: string,
  { candidates }: NamedPictures,
): Promise<ListRows | null> {
  const place = await container.find(list).catch(() => null);
  const bytes = place === null || "code" in place ? null : await readPlace(place, mostListBytes);
  if (bytes === null || bytes === "no-answer" || "code" in bytes) return null;
  const rows = rowsOf(textOf(bytes));
  const [first] = rows;
  if (first === undefined) return null;
  return isHeader(rows.slice(0, linesBelow + 1), (cell) => candidates(cell).length > 0)
    ? { list, header: first, rows: rows.slice(1) }
    : { list, header: null, rows };
}

/** What spreadsheets write before the header for one another. */
const separatorLine = /^sep=(.)\r?\n/i;

function rowsOf(text: string): readonly ListRow[] {
  const separator = separatorLine.exec(text);
  const options = { skipEmptyLines: "greedy", delimiter: separator?.[1] ?? "" } as const;
  const lines = text.slice(separator?.[0].length ?? 0);
  const parsed = Papa.parse<string[]>(lines, options);
  // A mark of inches is no quote that ends some lines below.
  const isQuoted = parsed.errors.every(({ type }) => type !== "Quotes");
  const { data } = isQuoted ? parsed : Papa.parse<string[]>(lines, { ...options, quoteChar: "\u0001" });
  const unquoted = (cell: string) => (isQuoted ? cell : cell.replace(/^\s*"(.*)"\s*$/, "$1"));
  return data.map((row) => row.map((cell) => unquoted(cell).trim()));
}

/** Lines below the first one in which a picture is looked for. */
const linesBelow = 100;

/** Whether the first of these lines is one. One that names a picture, or a file of the same kind as the second line does, is none. */
function isHeader([first = [], second, ...others]: readonly ListRow[], isPicture: (cell: string) => boolean): boolean {
  const pictureIn = (row: ListRow) => row.findIndex(isPicture);
  if (second === undefined || pictureIn(first) >= 0) return false;
  const column = [second, ...others].map(pictureIn).find((found) => found >= 0);
  if (column === undefined) return true;
  const end = endOf(second[column]);
  return end === "" || end !== endOf(first[column]);
}

const endOf = (cell = ""): string => /\.[a-z]{2,5}$/i.exec(folderPath.base(cell))?.[0].toLowerCase() ?? "";

/** By its mark, else as UTF-8 where the bytes are that, else as the systems wrote that had no Unicode. Excel writes all of them. */
function textOf(bytes: Uint8Array): string {
  const wide = wideEncodingOf(bytes);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return japaneseOf(bytes) ?? new TextDecoder("windows-1252").decode(bytes);
  }
}

/** UTF-16 by its mark, or by the zeros that every other byte of plain letters is. */
function wideEncodingOf(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const looked = bytes.subarray(0, 1_000);
  const zeros = [0, 0];
  for (const [at, byte] of looked.entries()) if (byte === 0) zeros[at % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < looked.length / 4) return null;
  return odd > even ? "utf-16le" : "utf-16be";
}
