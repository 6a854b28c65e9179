/** How long decoding takes now, by a few pictures. */
import type { DatasetSource } from "../contract/dataset.ts";
import { noAnswer } from "../platform/in-time.ts";
import { makePicture, type PictureSource, pathOf } from "./make-picture.ts";

/** One after the other: side by side they would share what the engine has for its answers. @throws StrataError `file.no-answer` */
export async function secondsPerPicture(
  source: DatasetSource,
  pictures: readonly PictureSource[],
  inputPixels: number,
): Promise<number> {
  const startedAt = performance.now();
  for (const picture of pictures)
    if ((await makePicture(source, picture, inputPixels)) === "no-answer") throw noAnswer(pathOf(source, picture));
  return (performance.now() - startedAt) / 1000 / pictures.length;
}
