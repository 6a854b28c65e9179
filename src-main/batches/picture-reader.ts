/** Reads pixels of any examples in any order. Each picture is checked against its checksum the first time that this process reads it. */
import { rm } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { StrataError } from "../contract/errors.ts";
import type { Dataset } from "../datasets/example.ts";
import { noAnswer } from "../platform/in-time.ts";
import { makePicture, pathOf, type Square } from "./make-picture.ts";
import type { PictureIndex, StoredPicture } from "./picture-index.ts";
import { type OpenSegment, pictureBytesAt } from "./segment.ts";

export function createPictureReader(
  { source, examples }: Dataset,
  square: Square,
  index: PictureIndex,
  segments: readonly OpenSegment[],
): (exampleIndexes: ArrayLike<number>, into: Uint8Array) => Promise<void> {
  const pictureBytes = pictureBytesAt(square.inputPixels);
  const isChecked = new Uint8Array(index.entries);

  async function readStored({ entry, segment, slot, checksum }: StoredPicture, into: Uint8Array): Promise<boolean> {
    const { file } = segments[segment] as OpenSegment; // the index names only segments that are there
    const { bytesRead } = await file.read(into, 0, pictureBytes, slot * pictureBytes);
    if (bytesRead !== pictureBytes) return false;
    if (isChecked[entry]) return true;
    if (crc32(into) !== checksum) return false;
    isChecked[entry] = 1;
    return true;
  }

  /** The segment loses its name, so that the next preparation makes it anew; this process still reads the rest of it. */
  async function makeAnew(exampleIndex: number, segment: number, into: Uint8Array): Promise<void> {
    await rm(segments[segment]?.path ?? "", { force: true }).catch(() => {});
    const example = examples[exampleIndex];
    if (example === undefined) throw new Error(`There is no example ${exampleIndex}.`);
    const made = await makePicture(source, example, square);
    if (made === "no-answer") throw noAnswer(pathOf(source, example));
    if (made === "changed" || "code" in made)
      throw new StrataError("data.changed", { path: source.kind === "folder" ? source.path : source.kind });
    into.set(made);
  }

  return async (exampleIndexes, into) => {
    if (into.length < exampleIndexes.length * pictureBytes) throw new Error("too little room for these pictures");
    await Promise.all(
      Array.from(exampleIndexes, async (exampleIndex, place) => {
        const stored = index.find(exampleIndex);
        const room = into.subarray(place * pictureBytes, (place + 1) * pictureBytes);
        if (!(await readStored(stored, room))) await makeAnew(exampleIndex, stored.segment, room);
      }),
    );
  };
}
