/** Squares that earlier runs have decoded, read from the cache in place of being made again. Nothing is written. */
import { crc32 } from "node:zlib";
import { folderOfSquare, listSegments } from "../batches/cache-folder.ts";
import type { PictureSource, Square } from "../batches/make-picture.ts";
import { createPictureIndex } from "../batches/picture-index.ts";
import { type OpenSegment, openSegment, pictureBytesAt } from "../batches/segment.ts";

export interface StoredSquares {
  /** Fills `into` with so many pictures from there on; false where one of them is not there, or not whole. */
  read(start: number, count: number, into: Uint8Array): Promise<boolean>;
  close(): Promise<void>;
}

/** A data set's segments were written and used together, so that others in a row have nothing of it. */
const mostUseless = 4;

/** Null where nothing is known of what the files hold. */
export async function openStored(
  cacheFolder: string,
  pictures: readonly PictureSource[],
  square: Square,
): Promise<StoredSquares | null> {
  const addressed = pictures.flatMap(({ contentHash }, index) =>
    contentHash === null ? [] : [{ index, contentHash }],
  );
  if (addressed.length < pictures.length) return null;
  const index = createPictureIndex(addressed);
  const { inputPixels } = square;
  const segments: OpenSegment[] = [];
  let useless = 0;
  for (const { path } of await listSegments(folderOfSquare(cacheFolder, square))) {
    if (index.missing === 0 || useless >= mostUseless) break;
    // One that is not whole is for the next run to remove.
    const segment = await openSegment(path, inputPixels).catch(() => null);
    if (segment === null) continue;
    const before = index.missing;
    for (const record of segment.records) index.add(segments.length, record);
    // It stays open where it is useful, and is closed with the others else.
    useless = index.missing === before ? useless + 1 : 0;
    segments.push(segment);
  }
  const pictureBytes = pictureBytesAt(inputPixels);
  const readOne = async (at: number, into: Uint8Array): Promise<boolean> => {
    const { segment, slot, checksum } = index.find(at);
    const { bytesRead } = await segments[segment]!.file.read(into, 0, pictureBytes, slot * pictureBytes);
    return bytesRead === pictureBytes && crc32(into) === checksum;
  };
  return {
    async read(start, count, into) {
      const places = Array.from({ length: count }, (_, at) => start + at);
      if (places.some((at) => !index.isKnown(at) || index.problemOf(at) !== null)) return false;
      const read = await Promise.all(
        places.map((at) => readOne(at, into.subarray((at - start) * pictureBytes, (at - start + 1) * pictureBytes))),
      );
      return read.every(Boolean);
    },
    async close() {
      await Promise.all(segments.map(({ file }) => file.close()));
    },
  };
}
