/** The bytes that stand at a place, whole or in part. Nothing here throws because of what a file holds: it answers with a code. */
import { closeSync, readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { crc32, inflateRawSync } from "node:zlib";
import { StrataError } from "../../contract/errors.ts";
import { inTime } from "../../platform/in-time.ts";
import { openRegularFile, openRegularFileBeside } from "../../platform/open-regular-file.ts";
import { readInTime } from "../../platform/watched-reads.ts";
import type { PictureProblemFound } from "../pictures/open-picture.ts";
import type { Place } from "./container.ts";

/** Of one picture; none of today has as many. */
const mostFileBytes = 2 ** 29;
/** Of a large file on a slow disk, each piece is an answer. */
const pieceBytes = 2 ** 22;

/** `no-answer`: its disk says nothing, and would say nothing of the next file either. */
export type ReadBytes = Uint8Array | PictureProblemFound | "no-answer";

export async function readPlace(place: Place, mostBytes = mostFileBytes): Promise<ReadBytes> {
  return answered(() =>
    readInTime(place.path, {
      atOnce: (came) => readWholeAtOnce(place, mostBytes, came),
      beside: (came) => readWhole(place, mostBytes, came),
    }),
  );
}

/** `length` bytes from `from` on; of a place that is not compressed. */
export async function readPart(place: Place, from: number, length: number): Promise<ReadBytes> {
  return answered(() =>
    inTime(place.path, async (came) => {
      const { file, bytes } = await openRegularFileBeside(place.path);
      await using _ = file;
      const end = place.start + (place.storedBytes ?? bytes - place.start);
      const start = place.start + from;
      if (from < 0 || length < 0 || start + length > Math.min(end, bytes)) return { code: "truncated" };
      return readPieces(file, start, length, came);
    }),
  );
}

/** What a read ended with, a disk's silence and its errors among it. */
export async function answered(read: () => Promise<ReadBytes>): Promise<ReadBytes> {
  try {
    return await read();
  } catch (thrown) {
    return thrown instanceof StrataError && thrown.code === "file.no-answer" ? "no-answer" : { code: "unreadable" };
  }
}

async function readWhole(place: Place, mostBytes: number, came: () => void): Promise<Uint8Array | PictureProblemFound> {
  const { file, bytes } = await openRegularFileBeside(place.path);
  await using _ = file;
  const stored = storedBytesOf(place, bytes, mostBytes);
  return typeof stored === "number" ? unpackedOf(place, await readPieces(file, place.start, stored, came)) : stored;
}

function readWholeAtOnce(place: Place, mostBytes: number, came: () => void): Uint8Array | PictureProblemFound {
  const { file, bytes } = openRegularFile(place.path);
  try {
    const stored = storedBytesOf(place, bytes, mostBytes);
    if (typeof stored !== "number") return stored;
    const all = new Uint8Array(stored);
    let done = 0;
    for (let read = -1; done < stored && read !== 0; done += read) {
      read = readSync(file, all, done, Math.min(pieceBytes, stored - done), place.start + done);
      came();
    }
    return unpackedOf(place, all.subarray(0, done));
  } finally {
    closeSync(file);
  }
}

/** How many bytes of the file are to be read, or why none. */
function storedBytesOf(place: Place, bytes: number, mostBytes: number): number | PictureProblemFound {
  const stored = place.storedBytes ?? bytes - place.start;
  if (Math.max(stored, place.inflatedBytes ?? 0) > mostBytes) return { code: "too-large" };
  if (stored === 0 || place.inflatedBytes === 0) return { code: "empty" };
  return place.start + stored > bytes ? { code: "truncated" } : stored;
}

function unpackedOf(place: Place, packed: Uint8Array): Uint8Array | PictureProblemFound {
  const all = place.inflatedBytes === null ? packed : inflated(packed, place.inflatedBytes);
  return all !== null && (place.checksum === null || crc32(all) === place.checksum) ? all : { code: "unreadable" };
}

/** Less where the file was cut meanwhile. */
async function readPieces(file: FileHandle, start: number, length: number, came: () => void): Promise<Uint8Array> {
  const all = new Uint8Array(length);
  let done = 0;
  for (let read = -1; done < length && read !== 0; done += read) {
    read = (await file.read(all, done, Math.min(pieceBytes, length - done), start + done)).bytesRead;
    came();
  }
  return all.subarray(0, done);
}

/** Null where another number of bytes comes out than was said. No more than that is ever held. */
function inflated(packed: Uint8Array, bytes: number): Uint8Array | null {
  try {
    const all = inflateRawSync(packed, { maxOutputLength: bytes });
    return all.length === bytes ? all : null;
  } catch {
    return null;
  }
}
