/**
 * A data set's picture for a page. It is always decoded and written anew as WebP: what reaches a browser is never the file's own bytes, so nothing in
 * a folder of pictures can run there. The file is the one that was looked at, byte for byte: its hash is compared with the recorded one, so a file or a
 * link that was exchanged since is refused, wherever it leads.
 */
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { DatasetSource, DrawnSource } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { noAnswer } from "../../platform/in-time.ts";
import { readPicture } from "../containers/read-picture.ts";
import { drawPicture } from "../draw/draw-picture.ts";
import type { Example } from "../example.ts";
import { kindOfBytes } from "./kind-of-bytes.ts";
import { openPicture, readHeader } from "./open-picture.ts";
import { contentHashOf } from "./picture-bytes.ts";

export interface RenderRequest {
  readonly source: DatasetSource;
  readonly example: Example;
  /** Of its longer side; a smaller picture is not enlarged. */
  readonly mostPixels: number;
}

/**
 * What a picture may take while it is decoded. An interlaced one has to be held whole, with two bytes a value where it has sixteen bits, so that a file of a
 * megabyte takes a gigabyte. Any photograph of 134 megapixels with eight bits fits.
 */
const mostDecodedBytes = 2 ** 29;

const bytesOfDepth: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2 };

/** WebP, upright. @throws StrataError `data.changed`, `file.no-answer`, `picture.too-large`, `picture.damaged` */
export async function renderPicture({ source, example, mostPixels }: RenderRequest): Promise<Uint8Array> {
  const picture = source.kind === "drawn" ? drawn(source, example) : await photograph(source.path, example);
  return picture
    .resize({ width: mostPixels, height: mostPixels, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 90 })
    .toBuffer()
    .catch((cause: unknown) => {
      throw new StrataError("picture.damaged", { name: example.name }, { cause });
    });
}

async function photograph(folderPath: string, example: Example): Promise<Sharp> {
  const bytes = await readPicture(folderPath, example.name);
  if (bytes === "no-answer") throw noAnswer(join(folderPath, example.name));
  if ("code" in bytes || contentHashOf(bytes) !== example.contentHash)
    throw new StrataError("data.changed", { path: folderPath });
  await refuseTooLarge(bytes, example.name);
  const { picture } = await openPicture(bytes, "none").catch((cause: unknown) => {
    throw new StrataError("picture.damaged", { name: example.name }, { cause });
  });
  return picture.autoOrient().toColourspace("srgb");
}

/** Pictures of other decoders are decoded whole, too, to four bytes a pixel. */
async function decodedBytesOf(bytes: Uint8Array): Promise<number> {
  const kind = kindOfBytes(bytes);
  if (kind.kind !== "readable" || kind.by !== "sharp") {
    const header = await readHeader(bytes);
    return "code" in header ? 0 : header.width * header.height * 4;
  }
  const { width, height, channels, depth } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return width * height * channels * (bytesOfDepth[depth] ?? 4);
}

async function refuseTooLarge(bytes: Uint8Array, name: string): Promise<void> {
  const decodedBytes = await decodedBytesOf(bytes);
  if (decodedBytes > mostDecodedBytes)
    throw new StrataError("picture.too-large", { name, decodedBytes, mostBytes: mostDecodedBytes });
}

function drawn(source: DrawnSource, example: Example): Sharp {
  const pixels = drawPicture(source, example.index);
  return sharp(pixels, { raw: { width: source.pixels, height: source.pixels, channels: 3 } });
}
