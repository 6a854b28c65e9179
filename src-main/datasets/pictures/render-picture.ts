/**
 * A data set's picture for a page. It is always decoded and written anew as WebP: what reaches a browser is never the file's own bytes, so nothing in
 * a folder of pictures can run there. The file is the one that was looked at, byte for byte: its hash is compared with the recorded one, so a file or a
 * link that was exchanged since is refused, wherever it leads.
 */
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { DatasetSource, DrawnSource } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { Resize } from "../../contract/resize.ts";
import { noAnswer } from "../../platform/in-time.ts";
import { readPicture } from "../containers/read-picture.ts";
import { drawPicture } from "../draw/draw-picture.ts";
import type { Example } from "../example.ts";
import { kindOfBytes } from "./kind-of-bytes.ts";
import { openPicture, readHeader } from "./open-picture.ts";
import { contentHashOf, decodeSquare } from "./picture-bytes.ts";
import { squareOptions } from "./square-options.ts";

/** A picture that is in no data set: the bytes of its file. */
export interface HeldSource {
  readonly kind: "held";
  readonly bytes: Uint8Array;
}

export interface RenderRequest {
  readonly source: DatasetSource | HeldSource;
  readonly example: Pick<Example, "index" | "name" | "contentHash">;
  /** Of its longer side; a smaller picture is not enlarged. */
  readonly mostPixels: number;
  /** Where it is given, the picture is what a network of this input size sees: a square of as many pixels. */
  readonly resize?: Resize | undefined;
}

/**
 * What a picture may take while it is decoded. An interlaced one has to be held whole, with two bytes a value where it has sixteen bits, so that a file of a
 * megabyte takes a gigabyte. Any photograph of 134 megapixels with eight bits fits.
 */
const mostDecodedBytes = 2 ** 29;

const bytesOfDepth: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2 };

/** WebP, upright. @throws StrataError `data.changed`, `file.no-answer`, `picture.too-large`, `picture.damaged` */
export async function renderPicture(request: RenderRequest): Promise<Uint8Array> {
  const { source, example, mostPixels, resize } = request;
  if (resize !== undefined) return renderSquare(request, resize);
  const picture = source.kind === "drawn" ? drawn(source, example) : await photograph(source, example);
  return picture
    .resize({ width: mostPixels, height: mostPixels, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 90 })
    .toBuffer()
    .catch((cause: unknown) => {
      throw new StrataError("picture.damaged", { name: example.name }, { cause });
    });
}

/** WebP without loss, pixel by pixel as training has it. */
async function renderSquare({ source, example, mostPixels }: RenderRequest, resize: Resize): Promise<Uint8Array> {
  if (source.kind === "drawn")
    return drawn(source, example).resize(squareOptions(mostPixels, resize)).webp({ lossless: true }).toBuffer();
  const square = await decodeSquare(await bytesOf(source, example), mostPixels, resize);
  if ("code" in square) throw new StrataError("picture.damaged", { name: example.name });
  const raw = { width: mostPixels, height: mostPixels, channels: 3 } as const;
  return sharp(square, { raw }).webp({ lossless: true }).toBuffer();
}

type WithFile = Exclude<RenderRequest["source"], DrawnSource>;
type Shown = RenderRequest["example"];

/** Not too many when they are decoded. */
async function bytesOf(source: WithFile, example: Shown): Promise<Uint8Array> {
  const bytes = source.kind === "held" ? source.bytes : await recordedBytes(source.path, example);
  await refuseTooLarge(bytes, example.name);
  return bytes;
}

/** As they were when the data set was looked at. */
async function recordedBytes(folderPath: string, example: Shown): Promise<Uint8Array> {
  const bytes = await readPicture(folderPath, example.name);
  if (bytes === "no-answer") throw noAnswer(join(folderPath, example.name));
  if ("code" in bytes || contentHashOf(bytes) !== example.contentHash)
    throw new StrataError("data.changed", { path: folderPath });
  return bytes;
}

async function photograph(source: WithFile, example: Shown): Promise<Sharp> {
  const bytes = await bytesOf(source, example);
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

function drawn(source: DrawnSource, example: Shown): Sharp {
  const pixels = drawPicture(source, example.index);
  return sharp(pixels, { raw: { width: source.pixels, height: source.pixels, channels: 3 } });
}
