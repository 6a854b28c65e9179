/**
 * A segment is one file of decoded pictures that never changes once it has its name:
 *
 *     pixels   stored × (inputPixels² × 3) bytes
 *     records  one a picture: SHA-256 of its source (32) · slot, or 2³²−1 for none (4) · CRC-32 of its pixels, or number of the problem (4)
 *     trailer  magic (8) · inputPixels (4) · records (4) · stored (4) · CRC-32 of the records (4)
 *
 * It is written under a name of its own ending in `.partial`, and renamed when it is whole: a process that is killed leaves nothing that could
 * be taken for a segment, and two processes never write the same file. Who writes it may read from it before that.
 */
import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { PictureProblemCode } from "../contract/dataset.ts";
import { privateFileMode } from "../platform/private.ts";
import { renameSteadily } from "../platform/steadily.ts";

export const segmentEnding = ".segment";
export const partialEnding = ".partial";

const magic = Buffer.from("STRATAP1", "latin1");
const recordBytes = 40;
const trailerBytes = 24;
const noSlot = 2 ** 32 - 1;
/** What decoding can find; the position is what is stored, so names are only ever added at the end. */
const storedProblems: readonly PictureProblemCode[] = ["truncated", "unsupported-format"];

export interface SegmentRecord {
  /** Hex SHA-256 of the picture's source. */
  readonly contentHash: string;
  readonly outcome: { readonly slot: number; readonly checksum: number } | { readonly code: PictureProblemCode };
}

/** Pixels to read from. */
export interface OpenSegment {
  readonly path: string;
  readonly file: FileHandle;
}

export interface Segment extends OpenSegment {
  readonly records: Iterable<SegmentRecord>;
}

export function pictureBytesAt(inputPixels: number): number {
  return inputPixels ** 2 * 3;
}

export interface SegmentWriter {
  readonly pictures: number;
  readonly bytes: number;
  /** As it stands; null before the first pictures. The caller closes its file. */
  readonly segment: OpenSegment | null;
  /** `pixels` holds one picture after another for the entries with a checksum. Calls must not overlap. Gives back what can be read from now on. */
  append(
    entries: readonly { contentHash: string; outcome: { checksum: number } | { code: PictureProblemCode } }[],
    pixels: Uint8Array,
  ): Promise<readonly SegmentRecord[]>;
  /** Gives the segment its name, if anything was appended; its file stays open. */
  finish(): Promise<void>;
  /** Closes the file, and removes it. */
  discard(): Promise<void>;
}

export function createSegmentWriter(folder: string, inputPixels: number): SegmentWriter {
  const name = join(folder, randomUUID());
  let path = name + partialEnding;
  const records: Buffer[] = [];
  let file: FileHandle | null = null;
  let stored = 0;
  let bytes = 0;

  return {
    get pictures() {
      return records.length;
    },
    get bytes() {
      return bytes;
    },
    get segment() {
      return file && { path, file };
    },
    async append(entries, pixels) {
      file ??= await open(path, "wx+", privateFileMode);
      await writeWhole(file, pixels, bytes);
      bytes += pixels.length;
      const added = entries.map(({ contentHash, outcome }) => {
        return { contentHash, outcome: "checksum" in outcome ? { ...outcome, slot: stored++ } : outcome };
      });
      records.push(...added.map(encodeRecord));
      return added;
    },
    async finish() {
      if (!file) return;
      const index = Buffer.concat(records);
      const trailer = encodeTrailer({ inputPixels, records: records.length, stored, checksum: crc32(index) });
      await writeWhole(file, Buffer.concat([index, trailer]), bytes);
      await file.sync();
      renameSteadily(path, name + segmentEnding);
      path = name + segmentEnding;
    },
    async discard() {
      await file?.close();
      await rm(path, { force: true });
    },
  };
}

/** A disk that is filling up takes a part first; the next write says that it is full. */
async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; )
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
}

/** Opens a segment for reading; null if it is not whole, or was written for another size. The caller closes its file. */
export async function openSegment(path: string, inputPixels: number): Promise<Segment | null> {
  const file = await open(path);
  const index = await readIndex(file, inputPixels).catch(() => null);
  if (index) return { path, file, records: decodeRecords(index) };
  await file.close();
  return null;
}

async function readIndex(file: FileHandle, inputPixels: number): Promise<Buffer | null> {
  const { size } = await file.stat();
  const trailer = Buffer.alloc(trailerBytes);
  await file.read(trailer, 0, trailerBytes, size - trailerBytes);
  const [pixels, records, stored, checksum] = [8, 12, 16, 20].map((at) => trailer.readUInt32LE(at)) as [
    // four offsets give four numbers
    number,
    number,
    number,
    number,
  ];
  const pixelBytes = stored * pictureBytesAt(inputPixels);
  const isWhole =
    trailer.subarray(0, 8).equals(magic) &&
    pixels === inputPixels &&
    size === pixelBytes + records * recordBytes + trailerBytes;
  if (!isWhole) return null;
  const index = Buffer.alloc(records * recordBytes);
  await file.read(index, 0, index.length, pixelBytes);
  return crc32(index) === checksum ? index : null;
}

function encodeRecord({ contentHash, outcome }: SegmentRecord): Buffer {
  const record = Buffer.alloc(recordBytes);
  record.write(contentHash, 0, "hex");
  if ("code" in outcome) {
    const problem = storedProblems.indexOf(outcome.code);
    if (problem < 0) throw new Error(`decoding does not find ${outcome.code}`);
    record.writeUInt32LE(noSlot, 32);
    record.writeUInt32LE(problem, 36);
  } else {
    record.writeUInt32LE(outcome.slot, 32);
    record.writeUInt32LE(outcome.checksum, 36);
  }
  return record;
}

function* decodeRecords(index: Buffer): Generator<SegmentRecord> {
  for (let at = 0; at < index.length; at += recordBytes) {
    const contentHash = index.toString("hex", at, at + 32);
    const [slot, value] = [index.readUInt32LE(at + 32), index.readUInt32LE(at + 36)];
    const code = slot === noSlot ? storedProblems[value] : null;
    if (code === undefined) continue; // written by a newer version that finds more
    yield { contentHash, outcome: code ? { code } : { slot, checksum: value } };
  }
}

function encodeTrailer(parts: { inputPixels: number; records: number; stored: number; checksum: number }): Buffer {
  const trailer = Buffer.alloc(trailerBytes);
  magic.copy(trailer);
  for (const [at, value] of [parts.inputPixels, parts.records, parts.stored, parts.checksum].entries())
    trailer.writeUInt32LE(value, 8 + 4 * at);
  return trailer;
}
