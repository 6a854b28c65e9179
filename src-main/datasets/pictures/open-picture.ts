/**
 * The bytes of a file → a picture that can be turned, scaled and cut, in 8-bit sRGB. Formats that the usual decoder lacks are decoded here, and so are values
 * that it would show as black or white: 32-bit and floating-point numbers, and twelve bits stored in sixteen.
 */
import sharp, { type Metadata, type Sharp } from "sharp";
import type { PictureProblemCode } from "../../contract/dataset.ts";
import { bmpDecoder } from "./bmp.ts";
import { heicDecoder } from "./heic.ts";
import { holdsAllPixels, lacksEnd, withEnd } from "./jpeg-end.ts";
import { type Decoder, kindOfBytes } from "./kind-of-bytes.ts";
import { netpbmDecoder } from "./netpbm.ts";
import type { RawDecoder, RawPicture, Size } from "./raw-picture.ts";
import { usualHeader } from "./usual-header.ts";
import { inUsualRange } from "./value-range.ts";

/** Above any camera of today (2²⁷, 134 megapixels): a picture that claims more is taken for a trap for memory. */
export const mostPixels = 2 ** 27;
/** A TIFF's thumbnails and reduced copies; a stack has more. */
const mostPages = 16;

const rawDecoders: Readonly<Record<Exclude<Decoder, "sharp">, RawDecoder>> = {
  bmp: bmpDecoder,
  netpbm: netpbmDecoder,
  heic: heicDecoder,
};

/** Why there is no picture in the bytes. */
export interface PictureProblemFound {
  readonly code: PictureProblemCode;
  /** Of one that is a picture and is not read here. */
  readonly format?: string;
}

export interface PictureHeader extends Size {
  /** What is used all the same, and said. */
  readonly warning: PictureProblemCode | null;
}

/** What is taken of a moving picture, and of a TIFF of several pages: nothing, unless somebody asked for the first frame or page. */
export type OfMoving = "none" | "first-frame";

/** Reads the header alone, but for what only the pixels say: what it says is believed until they are decoded. */
export async function readHeader(
  bytes: Uint8Array,
  ofMoving: OfMoving = "none",
): Promise<PictureHeader | PictureProblemFound> {
  const kind = kindOfBytes(bytes);
  if (kind.kind === "unsupported") return { code: "unsupported-format", format: kind.format };
  if (kind.kind === "unknown") return { code: "not-a-picture" };
  try {
    if (kind.by !== "sharp") return await headerOfRaw(rawDecoders[kind.by], bytes);
    const usual = usualHeader(bytes);
    if (usual && !lacksEnd(bytes)) return sizeUpTo(mostPixels, usual);
    const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (metadata.format === "heif" && metadata.compression !== "av1") return await headerOfRaw(heicDecoder, bytes);
    if (metadata.width * metadata.height > mostPixels) return { code: "too-large" };
    const isMoving = isAnimatedPng(bytes) || ((metadata.pages ?? 1) > 1 && metadata.format !== "tiff");
    if (isMoving && ofMoving === "first-frame")
      return { width: metadata.width, height: metadata.height, warning: "first-frame" };
    if (isMoving) return { code: "animated" };
    const page = await mainPage(bytes, metadata);
    if (page === null && ofMoving === "none") return { code: "several-pages" };
    const { width, height } = page ?? metadata;
    if (width * height > mostPixels) return { code: "too-large" };
    if (page === null) return { width, height, warning: "first-page" };
    if (lacksEnd(bytes))
      return (await holdsAllPixels(bytes)) ? { width, height, warning: "missing-end" } : { code: "truncated" };
    return { width, height, warning: (await inUsualRange(bytes, metadata)) ? "range-by-values" : null };
  } catch {
    // The first bytes are those of a picture, and the rest of its header is missing or broken.
    return { code: "truncated" };
  }
}

async function headerOfRaw(decoder: RawDecoder, bytes: Uint8Array): Promise<PictureHeader | PictureProblemFound> {
  return sizeUpTo(mostPixels, await decoder.sizeOf(bytes));
}

function sizeUpTo(pixels: number, { width, height }: Size): PictureHeader | PictureProblemFound {
  return width * height > pixels ? { code: "too-large" } : { width, height, warning: null };
}

export interface OpenedPicture {
  /** As it lies: for whoever uses it to turn as its EXIF says. */
  readonly picture: Sharp;
  readonly size: Size;
}

/**
 * Throws where the bytes are not what their header says.
 * @param failOn `none` shows what there is of a picture that ends early
 */
export async function openPicture(bytes: Uint8Array, failOn: "error" | "none" = "error"): Promise<OpenedPicture> {
  const kind = kindOfBytes(bytes);
  if (kind.kind !== "readable") throw new TypeError("No picture");
  if (kind.by !== "sharp") return opened(await rawDecoders[kind.by].decode(bytes));
  const metadata = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
  if (metadata.format === "heif" && metadata.compression !== "av1") return opened(await heicDecoder.decode(bytes));
  const scaled = await inUsualRange(bytes, metadata);
  if (scaled) return opened(scaled);
  const isWithoutEnd = lacksEnd(bytes);
  if (failOn === "error" && isWithoutEnd && !(await holdsAllPixels(bytes)))
    throw new RangeError("A JPEG that ends early");
  const whole = isWithoutEnd ? withEnd(bytes) : bytes;
  const page = await mainPage(bytes, metadata);
  return {
    picture: sharp(whole, { limitInputPixels: mostPixels, failOn, page: page?.page ?? 0 }),
    size: page ?? metadata,
  };
}

function opened({ width, height, channels, pixels }: RawPicture): OpenedPicture {
  return { picture: sharp(pixels, { raw: { width, height, channels } }), size: { width, height } };
}

/** A file of several pages is one picture where one of them is larger than all others: those are its thumbnails. Null where it is not. */
async function mainPage(bytes: Uint8Array, metadata: Metadata): Promise<(Size & { readonly page: number }) | null> {
  const { pages = 1, width, height } = metadata;
  if (pages === 1) return { width, height, page: 0 };
  if (pages > mostPages || metadata.format !== "tiff") return null;
  const sizes = await Promise.all(
    Array.from({ length: pages }, async (_, page) => {
      const of = await sharp(bytes, { limitInputPixels: false, page }).metadata();
      return { width: of.width, height: of.height, page };
    }),
  );
  const [largest, second] = sizes.toSorted((a, b) => b.width * b.height - a.width * a.height);
  return largest && second && largest.width * largest.height > second.width * second.height ? largest : null;
}

/** The decoder sees an animated PNG as its first frame; the chunk that says otherwise stands before the pixels. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString("latin1", 1, 4) !== "PNG") return false;
  const pixelsStart = buffer.indexOf("IDAT", 8, "latin1");
  return pixelsStart > 0 && buffer.subarray(0, pixelsStart).includes("acTL", 8, "latin1");
}
