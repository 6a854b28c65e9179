/** Squares that earlier runs have decoded, read from the cache in place of being made again. Nothing is written. */
import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { folderOfSquare, listSegments } from "../batches/cache-folder.ts";
import type { PictureSource, Square } from "../batches/make-picture.ts";
import { openSegment, pictureBytesAt } from "../batches/segment.ts";

export interface StoredSquares {
  /** Fills `into` with so many pictures from there on; false where one of them is not there, or not whole. */
  read(start: number, count: number, into: Uint8Array): boolean;
  close(): Promise<void>;
}

interface Slot {
  readonly slot: number;
  readonly checksum: number;
}
type Slots = ReadonlyMap<string, Slot>;

/** A data set's segments were written and used together, so that others in a row have nothing of it. */
const mostUseless = 4;

/** Null where nothing is known of what the files hold. */
export async function openStored(
  cacheFolder: string,
  pictures: readonly PictureSource[],
  square: Square,
): Promise<StoredSquares | null> {
  if (pictures.some(({ contentHash }) => contentHash === null)) return null;
  const { inputPixels } = square;
  const found = new Array<(Slot & { readonly file: FileHandle }) | undefined>(pictures.length);
  const files: FileHandle[] = [];
  let [missing, useless] = [pictures.length, 0];
  for (const { path } of await listSegments(folderOfSquare(cacheFolder, square))) {
    if (missing === 0 || useless >= mostUseless) break;
    const segment = await slotsIn(path, inputPixels);
    if (segment === null) continue;
    files.push(segment.file);
    const before = missing;
    for (const [at, { contentHash }] of pictures.entries()) {
      const slot = found[at] ? undefined : segment.slots.get(contentHash ?? "");
      if (slot === undefined) continue;
      found[at] = { ...slot, file: segment.file };
      missing -= 1;
    }
    useless = missing === before ? useless + 1 : 0;
  }
  const pictureBytes = pictureBytesAt(inputPixels);
  return {
    read(start, count, into) {
      for (let at = 0; at < count; at++) {
        const stored = found[start + at];
        if (stored === undefined) return false;
        const room = into.subarray(at * pictureBytes, (at + 1) * pictureBytes);
        // A read of a few kilobytes takes less than handing it to another thread, and this process has nothing else to do.
        const read = readSync(stored.file.fd, room, 0, pictureBytes, stored.slot * pictureBytes);
        if (read !== pictureBytes || crc32(room) !== stored.checksum) return false;
      }
      return true;
    },
    async close() {
      await Promise.all(files.map((file) => file.close()));
    },
  };
}

/** A segment has no other pictures later, and thousands are asked about in pieces: what was found in the last few is kept. */
const known = new Map<string, Slots>();
const mostKnown = 16;

/** With its file, open. Null for one that is not whole or gone: the next run removes it. */
async function slotsIn(
  path: string,
  inputPixels: number,
): Promise<{ readonly slots: Slots; readonly file: FileHandle } | null> {
  const slots = known.get(path);
  if (slots !== undefined) {
    const file = await open(path).catch(() => null);
    return file && { slots, file };
  }
  const segment = await openSegment(path, inputPixels).catch(() => null);
  if (segment === null) return null;
  const read = new Map<string, Slot>();
  for (const { contentHash, outcome } of segment.records) if ("slot" in outcome) read.set(contentHash, outcome);
  known.set(path, read);
  for (const oldest of [...known.keys()].slice(0, -mostKnown)) known.delete(oldest);
  return { slots: read, file: segment.file };
}
