/** One example → the square of pixels that networks see. */
import { join } from "node:path";
import sharp from "sharp";
import type { DatasetSource } from "../contract/dataset.ts";
import type { Resize } from "../contract/resize.ts";
import { readPicture } from "../datasets/containers/read-picture.ts";
import { drawPicture } from "../datasets/draw/draw-picture.ts";
import type { Example } from "../datasets/example.ts";
import type { PictureProblemFound } from "../datasets/pictures/open-picture.ts";
import { contentHashOf, decodeSquare } from "../datasets/pictures/picture-bytes.ts";
import { squareOptions } from "../datasets/pictures/square-options.ts";

/** What of an example is needed to make its picture. Where it is of no data set, its bytes are taken as they are: the hash is null. */
export interface PictureSource extends Pick<Example, "index" | "name"> {
  readonly contentHash: string | null;
}

/** What a picture is brought to: its pixels hang on all of this. */
export interface Square {
  readonly inputPixels: number;
  readonly resize: Resize;
}

/** `changed`: the file is gone, may no longer be read, or holds other bytes than when the data set was looked at. `no-answer`: its disk says nothing. */
export async function makePicture(
  source: DatasetSource,
  { index, name, contentHash }: PictureSource,
  { inputPixels, resize }: Square,
): Promise<Uint8Array | PictureProblemFound | "changed" | "no-answer"> {
  if (source.kind === "drawn") {
    const { pixels } = source;
    const drawn = drawPicture(source, index);
    if (pixels === inputPixels) return drawn;
    return sharp(drawn, { raw: { width: pixels, height: pixels, channels: 3 } })
      .resize(squareOptions(inputPixels, resize))
      .raw()
      .toBuffer();
  }
  const bytes = await readPicture(source.path, name);
  if (bytes === "no-answer") return bytes;
  if ("code" in bytes) return contentHash === null ? bytes : "changed";
  if (contentHash !== null && contentHashOf(bytes) !== contentHash) return "changed";
  return decodeSquare(bytes, inputPixels, resize);
}

/** Where a picture is read from, for messages too; a drawn one has its name alone. */
export function pathOf(source: DatasetSource, { name }: Pick<Example, "name">): string {
  return source.kind === "folder" ? join(source.path, name) : name;
}
