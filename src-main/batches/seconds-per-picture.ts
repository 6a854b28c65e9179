/** How long decoding takes now, by a few pictures. */
import type { DatasetSource } from "../contract/dataset.ts";
import { noAnswer } from "../platform/in-time.ts";
import { makePicture, type PictureSource, pathOf, type Square } from "./make-picture.ts";

/** One after the other: side by side they would share what the engine has for its answers. @throws StrataError `file.no-answer` */
export async function secondsPerPicture(
  source: DatasetSource,
  pictures: readonly PictureSource[],
  square: Square,
): Promise<number> {
  const startedAt = performance.now();
  for (const picture of pictures)
    if ((await makePicture(source, picture, square)) === "no-answer") throw noAnswer(pathOf(source, picture));
  return (performance.now() - startedAt) / 1000 / pictures.length;
}
