/** Lists of labels beside pictures, mutated as text (quotes, cells, rows, ends of lines), in how they are encoded, and as bytes. */
import sharp from "sharp";
import type { Dataset } from "../../../src-main/datasets/example.ts";
import type { Random } from "../../../src-main/platform/random.ts";
import { mutatedBytes, oddPaths, oneOf } from "./mutate.ts";

/** With letters outside ASCII, a space and a comma. */
const names = ["Käfer 1", "Käfer 2", "Köter, alt", ...Array.from({ length: 13 }, (_, index) => `picture ${index}`)];
const files = names.map((name, index) => `${index % 3 === 0 ? "photos/" : ""}${name}.png`);
const classNames = ["Käfer", "Köter", "cat, small"];
const splits = ["train", "train", "val", "test"];

/** The pictures that every list is about, by their names. */
export async function listedPictures(): Promise<ReadonlyMap<string, Buffer>> {
  const drawn = files.map(async (name, index) => {
    const background = { r: 10 * index, g: 100, b: 50 };
    return [
      name,
      await sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer(),
    ] as const;
  });
  return new Map(await Promise.all(drawn));
}

const columns: readonly (readonly string[])[] = [
  ["file", "label"],
  ["label", "image", "split"],
  ["image", "sex", "disease", "split"],
  ["patient", "file", "a", "b", "c"],
];

function cellOf(column: string, row: number): string {
  if (column === "file") return files[row]!;
  if (column === "image") return names[row]!;
  if (column === "split") return splits[row % splits.length]!;
  if (column === "sex") return row % 2 === 0 ? "f" : "m";
  if (column.length === 1) return row % 3 === column.charCodeAt(0) - 97 ? "1.0" : "0.0";
  if (column === "patient") return `p${row % 5}`;
  return classNames[row % classNames.length]!;
}

/** A list as it could stand in a folder, and what becomes of it. @returns its name and bytes */
export function mutatedList(random: Random): { readonly name: string; readonly bytes: Buffer } {
  const header = oneOf(random, columns);
  const rows = [
    ...(random.integer(3) > 0 ? [[...header]] : []),
    ...files.map((_, row) => header.map((column) => cellOf(column, row))),
  ];
  for (let times = random.integer(4); times > 0; times--) changeRows(rows, random);
  const isTabbed = random.integer(3) === 0;
  const [separator, name] = isTabbed ? ["\t", "labels.tsv"] : [oneOf(random, [",", ",", ";"]), "labels.csv"];
  const lines = rows.map((row) => row.map((cell) => quoted(cell, separator, random)).join(separator));
  const text = lines.join(oneOf(random, ["\n", "\n", "\r\n", "\r", "\n\n"]));
  const bytes = oneOf(random, encodings)(text);
  return { name, bytes: random.integer(3) === 0 ? mutatedBytes(bytes, random) : bytes };
}

/** One in a hundred is wrong: left open, or not quoted though it should be. */
function quoted(cell: string, separator: string, random: Random): string {
  if (random.integer(100) === 0) return oneOf(random, [`"${cell}`, `${cell}"`, `"${cell}"x`, cell]);
  return /["\r\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Ragged rows, rows twice, and cells that are something else. */
function changeRows(rows: string[][], random: Random): void {
  const row = oneOf(random, rows);
  const at = random.integer(Math.max(1, row.length));
  const changes: readonly (() => unknown)[] = [
    () => row.splice(at),
    () => row.push("", oneOf(random, classNames)),
    () => row.splice(0, row.length, ...Array.from({ length: 5_000 }, (_, column) => String(column))),
    () => rows.push([...row.slice(0, at), oneOf(random, [...classNames, "", "tesst"]), ...row.slice(at + 1)]),
    () => rows.splice(rows.indexOf(row), 1),
    () => rows.sort(() => 1),
    () => (row[at] = oneOf(random, ["", " ", '"', '"\n"', "\0", "\u202e", "\ud800", "../labels.csv", ...oddPaths])),
    () => (row[at] = "x".repeat(10 ** random.integer(6))),
    () => rows.splice(0, rows.length, ...rows.map((other) => other.toSpliced(at, 1))),
  ];
  if (rows.length > 1) oneOf(random, changes)();
}

const encodings: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\uFEFF${text}`),
  (text) => Buffer.from(text, "latin1"),
  (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
];

/** @throws Error unless every picture is used, or is told as left out, in what is left aside or among the problems */
export function checkAllTold({ examples, problems, understanding }: Dataset): void {
  const { reading, offered } = understanding!;
  const taken = offered.filter((each) => JSON.stringify(each.reading) === JSON.stringify(reading));
  const aside = taken.flatMap(({ leftAside }) => leftAside).reduce((sum, { pictures }) => sum + pictures, 0);
  // A class that is left out is one problem, of all its pictures.
  const skipped = problems.reduce((sum, { isSkipped, leftOut }) => sum + (isSkipped ? (leftOut?.pictures ?? 1) : 0), 0);
  if (examples.length + aside + skipped < files.length)
    throw new Error(`${examples.length} used, ${aside} aside, ${skipped} skipped of ${files.length}.`);
}
