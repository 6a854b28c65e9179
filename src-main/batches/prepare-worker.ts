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

/** At once: while one is decoded, the next is read. */
const picturesUnderWay = 2;

export default async function prepare(task: PrepareTask): Promise<readonly Prepared[]> {
  const { source, pictures, into } = task;
  const shared = new Uint8Array(into);
  const prepared: Prepared[] = [];
  const begun: ReturnType<typeof makePicture>[] = [];
  let end = 0;
  for (let at = 0; at < pictures.length; at++) {
    for (const picture of pictures.slice(begun.length, at + picturesUnderWay)) {
      const making = makePicture(source, picture, task);
      // Awaited in its turn; until then a failure must not count as unhandled.
      making.catch(() => {});
      begun.push(making);
    }
    const made = await begun[at]!;
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
