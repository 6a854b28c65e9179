/** Parquet with pictures inside, as Hugging Face ships data sets: each row has the bytes of a picture's file and a label. */
import { stat } from "node:fs/promises";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Compressors, FileMetaData } from "hyparquet";
import { z } from "zod";
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { inTime, noAnswer } from "../../platform/in-time.ts";
import type { Container, Place } from "../containers/container.ts";
import { readPart } from "../containers/read-place.ts";
import { folderPath } from "../formats/folder-reader.ts";
import type { Proposal } from "../readings/proposal.ts";
import { splitOfName } from "../readings/split-names.ts";
import { fileDamaged, placeBytes, plainPlace } from "./record-bytes.ts";
import { groupsOf, numberedClass, type RecordFormat } from "./record-format.ts";

/** Of one column in one group of rows, which is read as a whole. Hugging Face's own are of 100 to 1,000 rows. */
const mostGroupBytes = 2 ** 30;
const mostPageBytes = 2 ** 29;
const mostRows = 10_000_000;

/** Loaded with the first such file: it is a third of what a thread that reads pictures loads. */
const hyparquet = () => import("hyparquet");

interface Columns {
  /** A struct with the bytes of a file, or the bytes themselves. */
  readonly image: string;
  readonly isStruct: boolean;
  readonly label: string;
  /** Of whole numbers; null where labels are words, or have no names. */
  readonly names: readonly string[] | null;
}
interface Opened {
  /** For messages. */
  readonly name: string;
  readonly path: string;
  readonly file: { readonly byteLength: number; slice(start: number, end?: number): Promise<ArrayBuffer> };
  readonly metadata: FileMetaData;
  readonly columns: Columns | null;
}

export const parquetFormat: RecordFormat = {
  isFile: (base) => /\.parquet$/i.test(base),
  isCompanion: (chosen, other) => isPiece(chosen) && isPiece(other),
  async propose(folder, container) {
    // `train/0000.parquet` belongs to the folder above.
    if (splitOfName(folder.base) !== null && folder.name !== "") return [];
    const inSplits = folder.folders.filter(({ base }) => splitOfName(base) !== null);
    const files = [folder, ...inSplits].flatMap((each) => each.files).filter((file) => /\.parquet$/i.test(file));
    const groups = [];
    let unlabelled = 0;
    for (const file of files) {
      const rows = await labelled(container, file);
      if (rows === null) continue;
      const known = rows.flatMap((className, row) => (className === null ? [] : [{ row, className }]));
      unlabelled += rows.length - known.length;
      groups.push(...groupsOf(file, splitOf(file), known));
    }
    if (groups.length === 0) return [];
    const reason = "without-class" as const;
    const leftAside = unlabelled > 0 ? [{ name: folder.name, pictures: unlabelled, reason }] : [];
    const proposal: Proposal = { reading: { layout: "parquet", root: folder.name }, groups, leftAside, fit: "sure" };
    return [proposal];
  },
  async read(place, file, row) {
    try {
      const bytes = (await groupAround(await opened(place, file), row))(row);
      if (bytes === null) return { code: "unreadable" };
      return bytes.length === 0 ? { code: "empty" } : bytes;
    } catch (thrown) {
      if (thrown instanceof StrataError && thrown.code === "file.no-answer") return "no-answer";
      return { code: "unreadable" };
    }
  },
};

const isPiece = (base: string) => /-\d+-of-\d+\.parquet$/i.test(base);

/** `train-00000-of-00002.parquet`, `validation.parquet`, `train/0000.parquet`. */
function splitOf(file: string): SplitName | null {
  const base = folderPath.base(file).replace(/\.parquet$/i, "");
  const above = folderPath.base(file.slice(0, -base.length - ".parquet/".length));
  return splitOfName(base.replace(/-\d+-of-\d+(-[0-9a-f]+)?$/i, "")) ?? splitOfName(above);
}

/** The file that was opened last in this thread, and its group of rows that was read last. */
let lastFile: { readonly key: string; readonly opened: Promise<Opened> } | null = null;
let lastGroup: { readonly of: Opened; readonly from: number; readonly rows: readonly (Uint8Array | null)[] } | null =
  null;

async function opened(place: Place, name: string): Promise<Opened> {
  const { size, mtimeMs } = await inTime(place.path, () => stat(place.path));
  const key = [place.path, place.start, size, mtimeMs].join("\0");
  if (lastFile?.key !== key) lastFile = { key, opened: openNow(place, name) };
  return lastFile.opened;
}

async function openNow(place: Place, name: string): Promise<Opened> {
  const byteLength = await placeBytes(place);
  const file = {
    byteLength,
    async slice(start: number, end = byteLength): Promise<ArrayBuffer> {
      const bytes = await readPart(place, start, end - start);
      if (bytes === "no-answer") throw noAnswer(place.path);
      if ("code" in bytes) throw new RangeError("a part of it is not there");
      return Uint8Array.from(bytes).buffer;
    },
  };
  const { parquetMetadataAsync } = await hyparquet();
  const metadata = await coded(name, place, () => parquetMetadataAsync(file));
  if (metadata.num_rows > mostRows)
    throw fileDamaged(name, `it says that it has ${metadata.num_rows} rows`, place.path);
  return { name, path: place.path, file, metadata, columns: columnsOf(metadata) };
}

async function coded<T>(name: string, place: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof StrataError) throw thrown;
    throw fileDamaged(name, "its tables cannot be read", place.path);
  }
}

/** What Hugging Face writes beside the tables. */
const feature = z.object({ _type: z.string().optional(), names: z.array(z.string()).optional() });
const written = z.object({ info: z.object({ features: z.record(z.string(), z.unknown()) }) });

function columnsOf(metadata: FileMetaData): Columns | null {
  const tops = topColumns(metadata);
  const features = featuresOf(metadata);
  const image = [...tops].find(([, inner]) => inner.includes("bytes"))?.[0] ?? bytesColumn(metadata, tops);
  if (image === undefined) return null;
  const others = [...tops].flatMap(([name, inner]) => (name !== image && inner.length === 0 ? [name] : []));
  const isLabel = (name: string) => features.get(name)?._type === "ClassLabel";
  const label =
    others.find((name) => /^(label|labels|fine_label)$/i.test(name)) ??
    others.find(isLabel) ??
    others.find((name) => /^(class|class_?name|category|target|y)$/i.test(name));
  if (label === undefined) return null;
  return { image, isStruct: tops.get(image)!.length > 0, label, names: features.get(label)?.names ?? null };
}

/** Columns at the top, each with the names in it. */
function topColumns({ row_groups }: FileMetaData): ReadonlyMap<string, readonly string[]> {
  const tops = new Map<string, string[]>();
  for (const { meta_data } of row_groups[0]?.columns ?? []) {
    const [top, inner] = meta_data?.path_in_schema ?? [];
    if (top !== undefined) tops.set(top, [...(tops.get(top) ?? []), ...(inner === undefined ? [] : [inner])]);
  }
  return tops;
}

function bytesColumn({ schema }: FileMetaData, tops: ReadonlyMap<string, readonly string[]>): string | undefined {
  const isBytes = (name: string) =>
    schema.some((each) => each.name === name && each.type === "BYTE_ARRAY" && each.converted_type === undefined);
  return [...tops.keys()].find((name) => /^(image|img|picture|bytes|image_bytes)$/i.test(name) && isBytes(name));
}

function featuresOf({ key_value_metadata = [] }: FileMetaData): ReadonlyMap<string, z.infer<typeof feature>> {
  const text = key_value_metadata.find(({ key }) => key === "huggingface")?.value ?? "{}";
  try {
    const { features } = written.parse(JSON.parse(text)).info;
    return new Map(
      Object.entries(features).flatMap(([name, value]) => {
        const { success, data } = feature.safeParse(value);
        return success ? [[name, data] as const] : [];
      }),
    );
  } catch {
    return new Map(); // from another program
  }
}

/** The class of each row, null where it has none; null for a file without pictures and labels. */
async function labelled(container: Container, file: string): Promise<readonly (string | null)[] | null> {
  const place = await plainPlace(container, file);
  if ("code" in place) throw fileDamaged(file, "it cannot be read", file);
  const { columns, metadata, file: buffer } = await opened(place, file);
  if (columns === null) return null;
  const { label, names } = columns;
  refuseLarge(metadata, label, file, place.path);
  const { parquetReadObjects, snappyUncompress } = await hyparquet();
  const compressors = compressorsWith(snappyUncompress);
  const read = () => parquetReadObjects({ file: buffer, metadata, columns: [label], compressors });
  const values = (await coded(file, place, read)).map((row) => row[label] as unknown);
  const classes = values.reduce<number>((most, value) => Math.max(most, Number(value) + 1 || 0), 0);
  return values.map((value) => classOf(value, names, classes));
}

function classOf(value: unknown, names: readonly string[] | null, classes: number): string | null {
  if (typeof value === "string") return value === "" ? null : value.normalize("NFC");
  const label = typeof value === "bigint" ? Number(value) : value;
  // Hugging Face marks what has no label by −1.
  if (typeof label !== "number" || !Number.isInteger(label) || label < 0) return null;
  return names?.[label] ?? numberedClass(label, classes);
}

function refuseLarge({ row_groups }: FileMetaData, column: string, file: string, path: string): void {
  for (const { columns } of row_groups) {
    const own = columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === column);
    const bytes = own.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0);
    if (bytes > mostGroupBytes) throw fileDamaged(file, "a group of its rows takes more than a gigabyte", path);
  }
}

/** The pictures of the group of rows that a row is in. */
async function groupAround(of: Opened, row: number): Promise<(row: number) => Uint8Array | null> {
  const { columns, metadata, file } = of;
  if (columns === null) return () => null;
  const { image, isStruct } = columns;
  if (
    lastGroup === null ||
    lastGroup.of !== of ||
    row < lastGroup.from ||
    row >= lastGroup.from + lastGroup.rows.length
  ) {
    lastGroup = null;
    let rowStart = 0;
    let group = 0;
    for (; group < metadata.row_groups.length; group++) {
      const rows = Number(metadata.row_groups[group]!.num_rows);
      if (row < rowStart + rows) break;
      rowStart += rows;
    }
    const found = metadata.row_groups[group];
    if (!found) return () => null;
    refuseLarge({ ...metadata, row_groups: [found] }, image, of.name, of.path);
    const rowEnd = rowStart + Number(found.num_rows);
    const { parquetReadObjects, snappyUncompress } = await hyparquet();
    const read = await parquetReadObjects({
      file,
      metadata,
      columns: [image],
      rowStart,
      rowEnd,
      utf8: false,
      compressors: compressorsWith(snappyUncompress),
    });
    const rows = read.map((each) =>
      bytesOf(isStruct ? (each[image] as { bytes?: unknown } | null)?.bytes : each[image]),
    );
    lastGroup = { of, from: rowStart, rows };
  }
  const { from, rows } = lastGroup;
  return (wanted) => rows[wanted - from] ?? null;
}

function bytesOf(value: unknown): Uint8Array | null {
  return value instanceof Uint8Array ? value : null;
}

/** No page may become more than it says, and what it says is bounded. */
const bounded = (inflate: (input: Uint8Array, most: number) => Uint8Array) => (input: Uint8Array, bytes: number) => {
  if (bytes > mostPageBytes) throw new RangeError(`A page of ${bytes} bytes`);
  return inflate(input, bytes);
};
const compressorsWith = (snappyUncompress: typeof import("hyparquet")["snappyUncompress"]): Compressors => ({
  SNAPPY: bounded((input, bytes) => {
    const output = new Uint8Array(bytes);
    snappyUncompress(input, output);
    return output;
  }),
  GZIP: bounded((input, maxOutputLength) => gunzipSync(input, { maxOutputLength })),
  ZSTD: bounded((input, maxOutputLength) => zstdDecompressSync(input, { maxOutputLength })),
  BROTLI: bounded((input, maxOutputLength) => brotliDecompressSync(input, { maxOutputLength })),
});
