/**
 * A list beside the pictures, CSV or TSV, with or without a header: file, class, and perhaps split. The columns are found by what is in them, since lists
 * have every name there is; their headers only decide where two would do.
 */
import Papa from "papaparse";
import type { LeftAside, SplitName } from "../../contract/dataset.ts";
import type { Container } from "../containers/container.ts";
import { readPlace } from "../containers/read-place.ts";
import { folderPath } from "../formats/folder-reader.ts";
import { type FolderTree, filesUnder, filledFolders, mayBePicture } from "./folder-tree.ts";
import type { ClassGroup, Proposal } from "./proposal.ts";
import { splitOfName } from "./split-names.ts";

/** A list of a few million lines; what is larger is data of another kind. */
const mostListBytes = 256 * 2 ** 20;
/** What columns are is found from as many lines. */
const linesLookedAt = 2_000;
/** Columns by which pictures may be grouped; a list with more is a table of measurements. */
const mostColumns = 20;
/** Of the pictures, and of the lines: with less, the list is of something else. */
const leastMatched = 0.5;
const surelyMatched = 0.95;

type Rows = readonly (readonly string[])[];
interface Columns {
  readonly file: number;
  readonly label: number;
  readonly split: number | null;
  readonly hasHeader: boolean;
}

/** Whether a file may be one, by its name. */
export function isListName(name: string): boolean {
  return /\.(csv|tsv|tab)$/i.test(name);
}

/** The lists directly in a folder, or in the one above its pictures. */
export async function proposeLabelLists(container: Container, root: FolderTree): Promise<readonly Proposal[]> {
  const lists = root.files.filter(isListName);
  const find = createFinder(root);
  const proposals: Proposal[] = [];
  for (const list of lists) {
    const rows = await readRows(container, list);
    const proposal = rows && proposalOf(root, list, rows, find);
    if (proposal) proposals.push(proposal);
  }
  return proposals;
}

/** Null where it cannot be read, or is too large to be a list. */
async function readRows(container: Container, list: string): Promise<Rows | null> {
  const place = await container.find(list).catch(() => null);
  const bytes = place === null || "code" in place ? null : await readPlace(place, mostListBytes);
  if (bytes === null || bytes === "no-answer" || "code" in bytes) return null;
  const text = new TextDecoder().decode(bytes);
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: "greedy" });
  return data.map((row) => row.map((cell) => cell.trim()));
}

/** The file that a cell means: a path from the list's folder, or a name, with or without its end, that only one picture has. */
function createFinder(root: FolderTree): (cell: string) => string | null {
  const byKey = new Map<string, string | null>();
  const add = (key: string, file: string) => byKey.set(key, byKey.has(key) && byKey.get(key) !== file ? null : file);
  for (const file of filesUnder(root).filter(mayBePicture)) {
    const path = root.name === "" ? file : file.slice(root.name.length + 1);
    const base = folderPath.base(file);
    for (const key of new Set([path, base])) {
      add(key.normalize("NFC"), file);
      add(key.normalize("NFC").replace(/\.[^./]+$/, ""), file);
    }
  }
  return (cell) => {
    const key = cell
      .normalize("NFC")
      .replaceAll("\\", "/")
      .replace(/^\.?\//, "");
    // A path from another folder's point of view still ends in the file's name.
    return byKey.get(key) ?? byKey.get(folderPath.base(key)) ?? null;
  };
}

const fileHeaders =
  /^(file|filename|file_?name|file_?path|path|image|image_?(id|name|path|file)|img|picture|photo|id|name|fname)$/i;
const labelHeaders = /^(label|labels|class|class_?name|category|species|breed|target|y|type|diagnosis|tag|dx)$/i;
const splitHeaders = /^(split|set|subset|partition|fold|dataset|usage|phase|group)$/i;

function columnsOf(rows: Rows, find: (cell: string) => string | null): Columns | null {
  const [first = [], ...rest] = rows.slice(0, linesLookedAt);
  const width = first.length;
  const hasHeader = rest.length > 0 && !first.some((cell) => find(cell) !== null);
  const body = hasHeader ? rest : [first, ...rest];
  const header = (column: number) => (hasHeader ? (first[column] ?? "") : "");
  const shareOf = (column: number, holds: (cell: string) => boolean) =>
    body.filter((row) => holds(row[column] ?? "")).length / Math.max(1, body.length);
  const all = Array.from({ length: width }, (_, column) => column);

  const file = best(
    all,
    (column) => shareOf(column, (cell) => find(cell) !== null) + (fileHeaders.test(header(column)) ? 0.01 : 0),
  );
  if (file === null || shareOf(file, (cell) => find(cell) !== null) < leastMatched) return null;
  const others = all.filter((column) => column !== file);
  const distinct = (column: number) => new Set(body.map((row) => row[column])).size;
  const split =
    others.find((column) => {
      const isNamed = splitHeaders.test(header(column)) || !hasHeader;
      return isNamed && shareOf(column, (cell) => splitOfName(cell) !== null) > surelyMatched;
    }) ?? null;
  const asLabel = others.filter(
    (column) => column !== split && distinct(column) >= 2 && distinct(column) <= body.length / 2,
  );
  const label = best(asLabel, (column) => (labelHeaders.test(header(column)) ? 1 : 0) + 1 / distinct(column));
  return label === null ? null : { file, label, split, hasHeader };
}

function best(columns: readonly number[], score: (column: number) => number): number | null {
  const [first] = columns.map((column) => ({ column, score: score(column) })).toSorted((a, b) => b.score - a.score);
  return first?.column ?? null;
}

function proposalOf(
  root: FolderTree,
  list: string,
  rows: Rows,
  find: (cell: string) => string | null,
): Proposal | null {
  const columns = columnsOf(rows, find);
  if (!columns) return null;
  const files = new Map<string, { className: string; split: SplitName | null; files: string[] }>();
  const listed = new Set<string>();
  const other = otherColumns(rows, columns);
  const cells = new Map<string, readonly string[]>();
  let missing = 0;
  for (const row of columns.hasHeader ? rows.slice(1) : rows) {
    const file = find(row[columns.file] ?? "");
    const className = (row[columns.label] ?? "").normalize("NFC");
    if (file === null || className === "") missing++;
    if (file === null || className === "" || listed.has(file)) continue;
    const split = columns.split === null ? null : (splitOfName(row[columns.split] ?? "") ?? "train");
    const key = `${className}\0${split}`;
    const group = files.get(key) ?? { className, split, files: [] };
    group.files.push(file);
    files.set(key, group);
    listed.add(file);
    if (other.length > 0)
      cells.set(
        file,
        other.map(({ column }) => row[column] ?? ""),
      );
  }
  const groups: ClassGroup[] = [...files.values()].map((group) => ({ name: list, ...group }));
  if (new Set(groups.map(({ className }) => className)).size < 2 || listed.size < root.pictures * leastMatched)
    return null;
  const unlisted = root.pictures - listed.size;
  const leftAside: LeftAside[] = [];
  if (unlisted > 0) leftAside.push({ name: root.name, pictures: unlisted, reason: "not-listed" });
  if (missing > 0) leftAside.push({ name: list, pictures: missing, reason: "not-found" });
  const isWhole = listed.size >= root.pictures * surelyMatched;
  const hasClassFolders = filledFolders(root).length >= 2;
  return {
    reading: { layout: "label-list", root: root.name, list },
    groups,
    leftAside,
    columns: { names: other.map(({ name }) => name), cells },
    fit: isWhole && !hasClassFolders ? "sure" : "likely",
  };
}

/** What the list says beside file, class and split; without a header columns go by their numbers. */
function otherColumns(rows: Rows, { file, label, split, hasHeader }: Columns) {
  return (rows[0] ?? [])
    .map((header, column) => ({ column, name: hasHeader && header !== "" ? header : String(column + 1) }))
    .filter(({ column }) => ![file, label, split].includes(column))
    .slice(0, mostColumns);
}
