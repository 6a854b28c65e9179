/** Looks at the bytes of one picture, and decodes them. Nothing here throws because of what a file holds: it answers with a code. */
import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Resize } from "../../contract/resize.ts";
import { wholeFile } from "../containers/container.ts";
import { type ReadBytes, readPlace } from "../containers/read-place.ts";
import {
  type OfMoving,
  openPicture,
  type PictureHeader,
  type PictureProblemFound,
  readHeader,
} from "./open-picture.ts";
import { squareOptions } from "./square-options.ts";

// One thread a picture: the worker pool is what runs side by side. libvips' own cache would only hold what is never asked for again.
sharp.concurrency(1);
sharp.cache(false);
// Never reached, because kindOfBytes stands before; a second lock on the format that can name other files.
sharp.block({ operation: ["VipsForeignLoadSvg"] });

export interface PictureFacts extends PictureHeader {
  /** Hex SHA-256 of the bytes. */
  readonly contentHash: string;
}

export function contentHashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The bytes of a file, or why there are none. */
export function readPictureFile(path: string): Promise<ReadBytes> {
  return readPlace(wholeFile(path));
}

/** What the header says, and the hash of all bytes. */
export async function examinePicture(
  bytes: Uint8Array,
  ofMoving?: OfMoving,
): Promise<PictureFacts | PictureProblemFound> {
  const header = await readHeader(bytes, ofMoving);
  return "code" in header ? header : { contentHash: contentHashOf(bytes), ...header };
}

/**
 * Decodes to a square of 8-bit RGB, `sidePixels`² × 3 bytes, row by row. The picture is turned as its EXIF says and brought to the square in the
 * way asked for. Any colour space becomes sRGB; what is see-through stands on white, as on a page.
 *
 * All formats are decoded whole before they are scaled. Left to itself, the decoder of JPEG and WebP makes a smaller picture at once, by blocks of up to
 * eight pixels, and then a common photograph as JPEG lies 7 of 255 levels from the same as PNG at 32 px, and 2.7 at 96 px. Whole, it takes 1.1 to
 * 2 times as long, once a picture; of twelve megapixels 2.3 times (0.1 s), and 6.5 times where a colour profile has to be converted (0.4 s):
 * `test/bench/decode.ts`. What EXIF turns is scaled first, as it lies, and then differs from the same picture stored upright by a level on average.
 */
export async function decodeSquare(
  bytes: Uint8Array,
  sidePixels: number,
  resize: Resize,
): Promise<Uint8Array | PictureProblemFound> {
  try {
    const { picture, size } = await openPicture(bytes);
    const { data, info } = await picture
      // Of the whole picture: what is cut before it is scaled has to be decoded whole. Named before `autoOrient`, or all of it would be turned first.
      .extract({ left: 0, top: 0, width: size.width, height: size.height })
      .autoOrient()
      .resize(squareOptions(sidePixels, resize))
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return info.channels === 3 ? data : { code: "unsupported-format" };
  } catch {
    // What its header says is nearer to the cause, where it says something.
    const header = await readHeader(bytes);
    return "code" in header ? header : { code: "truncated" };
  }
}
