/**
 * Label noise by a matrix: of each class, the share of its pictures that becomes another class. It is written as lines of class, class that it becomes and share;
 * as a table whose columns are the classes that rows become; or as JSON, `{ "cat": { "dog": 0.3 } }`. The first form is the one that is recorded.
 */
import { z } from "zod";

export interface NoiseCell {
  readonly from: string;
  readonly to: string;
  /** Of the pictures of `from`, 0–1. */
  readonly share: number;
}

/** Of what is typed or read from a file, zeros and diagonal included. */
export const mostNoiseMatrixTyped = 256_000;
/** Of the form that is recorded, with each run. */
const mostRecorded = 32_000;
const mostCells = 2_000;
/** Shares of a row are sums of decimal fractions. */
const roundingSlack = 1e-9;

type Parsed = { readonly cells: readonly NoiseCell[]; readonly problem: null } | { readonly problem: string };

/** The cells that make labels wrong, in the order of their names; what stays, on the diagonal or left over, is none. Takes whatever `noiseMatrixText` wrote of them. */
export function parseNoiseMatrix(text: string): Parsed {
  if (text.length > mostNoiseMatrixTyped) return { problem: tooLong(text.length, mostNoiseMatrixTyped) };
  const unmarked = text.replace(/^\uFEFF/, "");
  const read = unmarked.trimStart().startsWith("{") ? fromJson(unmarked) : fromLines(unmarked);
  if (typeof read === "string") return { problem: read };
  const problem = problemOf(read);
  if (problem !== null) return { problem };
  const cells = read.filter(({ from, to, share }) => from !== to && share > 0);
  if (cells.length === 0) return { problem: "no class becomes another" };
  const tooMuch = sizeProblem(cells);
  if (tooMuch !== null) return { problem: tooMuch };
  return { cells: cells.sort((a, b) => inOrder(a.from, b.from) || inOrder(a.to, b.to)), problem: null };
}

export function noiseMatrixText(cells: readonly NoiseCell[]): string {
  return cells.map(({ from, to, share }) => `${quoted(from)},${quoted(to)},${share}`).join("\n");
}

/** As many as a run's record has room for, the largest shares first; in the order in which they came. */
export function largestThatFit(cells: readonly NoiseCell[]): NoiseCell[] {
  const kept = new Set<NoiseCell>();
  let characters = 0;
  for (const cell of [...cells].sort((a, b) => b.share - a.share)) {
    characters += noiseMatrixText([cell]).length + 1;
    if (kept.size === mostCells || characters > mostRecorded) break;
    kept.add(cell);
  }
  return cells.filter((cell) => kept.has(cell));
}

/** In the form that is recorded, whichever it came in. */
export const noiseMatrix = z.string().transform((text, context) => {
  const parsed = parseNoiseMatrix(text);
  if (parsed.problem === null) return noiseMatrixText(parsed.cells);
  context.addIssue({ code: "custom", message: parsed.problem });
  return z.NEVER;
});

/** Why a run's record has no room for the cells; null where it has. */
function sizeProblem(cells: readonly NoiseCell[]): string | null {
  if (cells.length > mostCells)
    return `it has ${cells.length} changes of a class, more than ${mostCells}: leave out the smallest shares`;
  const { length } = noiseMatrixText(cells);
  return length > mostRecorded ? tooLong(length, mostRecorded) : null;
}

const tooLong = (characters: number, most: number): string =>
  `it comes to ${characters} characters, more than ${most}: leave out the smallest shares, or give classes shorter names`;

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function problemOf(cells: readonly NoiseCell[]): string | null {
  if (cells.some(({ from, to, share }) => share > 0 && (from === "" || to === ""))) return "a class has no name";
  const wrong = cells.find(({ share }) => !(share >= 0 && share <= 1));
  if (wrong) return `the share of “${wrong.from}” that becomes “${wrong.to}” is not between 0 and 1`;
  const seen = new Set<string>();
  const sums = new Map<string, number>();
  for (const { from, to, share } of cells) {
    const key = JSON.stringify([from, to]);
    if (seen.has(key)) return `“${from}” becomes “${to}” twice`;
    seen.add(key);
    sums.set(from, (sums.get(from) ?? 0) + share);
  }
  for (const [from, sum] of sums)
    if (sum > 1 + roundingSlack) return `the shares of “${from}” come to ${Number(sum.toPrecision(12))}, more than 1`;
  return null;
}

const rowsInJson = z.record(z.string(), z.record(z.string(), z.number()));

function fromJson(text: string): NoiseCell[] | string {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    return "it begins as JSON and is none";
  }
  const { data } = rowsInJson.safeParse(told);
  if (data === undefined) return 'as JSON it is { "class": { "becomes": share } }';
  return Object.entries(data).flatMap(([from, row]) => Object.entries(row).map(([to, share]) => ({ from, to, share })));
}

interface Row {
  /** Of its first line, from 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

function fromLines(text: string): NoiseCell[] | string {
  const rows: Row[] = [];
  for (const { number, line } of wholeLines(text)) {
    if (line.trim() === "") continue;
    const fields = fieldsOf(line);
    if (fields === null) return `line ${number} has a quotation mark that does not close`;
    rows.push({ number, fields });
  }
  const [header, ...body] = rows;
  if (header === undefined) return "it is empty";
  if (header.fields.length === 3 && header.fields[0] !== "") {
    if (isChange(header.fields)) return changes(rows);
    if (body.every(({ fields }) => isChange(fields)) && !isTableOfTwo(header, body)) return changes(body);
  }
  if (body.length === 0) return noChange(header);
  return asTable(header.fields.slice(1), body);
}

const noChange = ({ number }: Row): string => `line ${number} is none of class, class that it becomes, share`;

/** Lines as quotation marks have them: a name within may break its line. */
function wholeLines(text: string): { readonly number: number; readonly line: string }[] {
  const whole: { number: number; line: string }[] = [];
  let isOpen = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (isOpen) whole.at(-1)!.line += `\n${line}`;
    else whole.push({ number: index + 1, line });
    if (line.split('"').length % 2 === 0) isOpen = !isOpen;
  }
  return whole;
}

/** Three fields a line, too: of a table the rows begin with classes that its columns name, and only shares follow. */
function isTableOfTwo({ fields: [, ...columns] }: Row, rows: readonly Row[]): boolean {
  return rows.every(
    ({ fields: [from = "", share = ""] }) => columns.includes(from) && (share === "" || !Number.isNaN(shareOf(share))),
  );
}

const isChange = (fields: readonly string[]): boolean => fields.length === 3 && !Number.isNaN(shareOf(fields[2]!));

function changes(rows: readonly Row[]): NoiseCell[] | string {
  const wrong = rows.find(({ fields }) => !isChange(fields));
  if (wrong) return noChange(wrong);
  return rows.map(({ fields: [from = "", to = "", share = ""] }) => ({ from, to, share: shareOf(share) }));
}

function asTable(columns: readonly string[], rows: readonly Row[]): NoiseCell[] | string {
  const cells: NoiseCell[] = [];
  for (const { number, fields } of rows) {
    const [from = "", ...shares] = fields;
    if (shares.length !== columns.length)
      return `line ${number} has ${fields.length} fields, and the first line ${columns.length + 1}`;
    for (const [place, to] of columns.entries()) {
      const share = shares[place] === "" ? 0 : shareOf(shares[place]!);
      if (Number.isNaN(share)) return `line ${number} has no number below “${to}”`;
      cells.push({ from, to, share });
    }
  }
  return cells;
}

/** `0.3`, `0,3` or `30 %`; NaN for anything else. */
function shareOf(text: string): number {
  const found = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?)\s*(%?)$/i.exec(text);
  if (found === null) return Number.NaN;
  const number = Number(found[1]!.replace(",", "."));
  return found[2] === "" ? number : Number((number / 100).toPrecision(12));
}

/** Parted by tabs, else by semicolons, else by commas; null where a quotation mark does not close, or does not enclose its field. */
function fieldsOf(line: string): readonly string[] | null {
  const bare = line.replace(/"[^"]*"/g, "");
  const field = fieldBefore[bare.includes("\t") ? "\t" : bare.includes(";") ? ";" : ","];
  field.lastIndex = 0;
  const fields: string[] = [];
  for (;;) {
    const found = field.exec(line);
    if (found === null) return null;
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2]!.trim());
    if (found[3] === "") return fields;
  }
}

const fieldBefore = {
  "\t": /(?:[^\S\t]*"((?:[^"]|"")*)"[^\S\t]*|([^"\t]*))(\t|$)/y,
  ";": /(?:\s*"((?:[^"]|"")*)"\s*|([^";]*))(;|$)/y,
  ",": /(?:\s*"((?:[^"]|"")*)"\s*|([^",]*))(,|$)/y,
} as const;

/** As `fieldsOf` reads it back. */
function quoted(name: string): string {
  return /[",;\t\r\n]|^\s|\s$|^\{/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
