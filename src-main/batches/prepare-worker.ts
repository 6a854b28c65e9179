/** Runs in a thread of the pool: makes a few pictures and lays them one after another into memory shared with the main thread. */
import { crc32 } from "node:zlib";
import type { DatasetSource, PictureProblemCode } from "../contract/dataset.ts";
import { makePicture, type PictureSource, type Square } from "./make-picture.ts";

export interface PrepareTask extends Square {
  readonly source: DatasetSource;
  readonly pictures: readonly PictureSource[];
  /** Room for all of them; what cannot be decoded takes none. */
  readonly into: SharedArrayBuffer;
}
/** One a picture: the checksum of its pixels, or why there are none. `no-answer` stands last: those behind it were not tried. */
export type Prepared = { readonly checksum: number } | { readonly code: PictureProblemCode } | "changed" | "no-answer";

export default async function prepare(task: PrepareTask): Promise<readonly Prepared[]> {
  const { source, pictures, into } = task;
  const shared = new Uint8Array(into);
  const prepared: Prepared[] = [];
  let end = 0;
  for (const picture of pictures) {
    const made = await makePicture(source, picture, task);
    if (made === "no-answer") return [...prepared, made];
    if (made === "changed" || "code" in made) prepared.push(made);
    else {
      shared.set(made, end);
      end += made.length;
      prepared.push({ checksum: crc32(made) });
    }
  }
  return prepared;
}
