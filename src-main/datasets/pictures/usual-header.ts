/**
 * The size that the header of a usual JPEG or PNG states, read here: a data set has very many of them, and to set up the decoder for each takes twenty times
 * as long. Only what is whole and plain is answered. Everything else, and all that is odd in any way, is left to the decoder.
 */
import { crc32 } from "node:zlib";
import type { Size } from "./raw-picture.ts";

/** Null where the decoder is to be asked. */
export function usualHeader(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return sizeOfJpeg(view);
    return view.getUint32(0) === 0x8950_4e47 ? sizeOfPng(view) : null;
  } catch (thrown) {
    // It ends before its header does.
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

const jpeg = {
  ...{ baseline: 0xc0, extended: 0xc1, progressive: 0xc2, huffmanTables: 0xc4, startOfScan: 0xda, quantization: 0xdb },
  ...{ restartInterval: 0xdd, firstApplication: 0xe0, lastApplication: 0xef, comment: 0xfe },
} as const;
const frames: readonly number[] = [jpeg.baseline, jpeg.extended, jpeg.progressive];

interface Frame extends Size {
  /** As scans name them. */
  readonly components: readonly number[];
}

/** ITU-T T.81, annex B: segments up to the first scan. */
function sizeOfJpeg(view: DataView): Size | null {
  let frame: Frame | null = null;
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > view.byteLength) return null;
    const segment = new DataView(view.buffer, view.byteOffset + at + 4, length - 2);
    if (marker === jpeg.startOfScan)
      return frame && isScanOf(frame, segment) ? { width: frame.width, height: frame.height } : null;
    if (frames.includes(marker)) {
      if (frame !== null) return null;
      frame = frameOf(segment);
      if (frame === null) return null;
    } else if (marker === jpeg.huffmanTables) {
      if (!holdsHuffmanTables(segment)) return null;
    } else if (marker === jpeg.quantization) {
      if (!holdsQuantization(segment)) return null;
    } else if (marker === jpeg.restartInterval) {
      if (length !== 4) return null;
    } else if (marker !== jpeg.comment && !(marker >= jpeg.firstApplication && marker <= jpeg.lastApplication))
      return null;
    at = end;
  }
  return null;
}

/** Grey or colour of eight bits. */
function frameOf(segment: DataView): Frame | null {
  const count = segment.getUint8(5);
  if (segment.getUint8(0) !== 8 || (count !== 1 && count !== 3) || segment.byteLength !== 6 + 3 * count) return null;
  const components: number[] = [];
  for (let at = 6; at < segment.byteLength; at += 3) {
    const sampling = segment.getUint8(at + 1);
    const [across, down] = [sampling >> 4, sampling & 15];
    if (across < 1 || across > 4 || down < 1 || down > 4 || segment.getUint8(at + 2) > 3) return null;
    components.push(segment.getUint8(at));
  }
  const [height, width] = [segment.getUint16(1), segment.getUint16(3)];
  return height > 0 && width > 0 ? { width, height, components } : null;
}

function isScanOf({ components }: Frame, scan: DataView): boolean {
  const count = scan.getUint8(0);
  if (count < 1 || count > components.length || scan.byteLength !== 4 + 2 * count) return false;
  const named = new Set(Array.from({ length: count }, (_, index) => scan.getUint8(1 + 2 * index)));
  return named.size === count && [...named].every((component) => components.includes(component));
}

function holdsHuffmanTables(tables: DataView): boolean {
  let at = 0;
  while (at < tables.byteLength) {
    const kind = tables.getUint8(at);
    if (kind >> 4 > 1 || (kind & 15) > 3) return false;
    let codes = 0;
    for (let length = 1; length <= 16; length++) codes += tables.getUint8(at + length);
    if (codes > 256) return false;
    at += 17 + codes;
  }
  return at === tables.byteLength;
}

function holdsQuantization(tables: DataView): boolean {
  let at = 0;
  while (at < tables.byteLength) {
    const kind = tables.getUint8(at);
    if (kind >> 4 > 1 || (kind & 15) > 3) return false;
    at += 1 + 64 * ((kind >> 4) + 1);
  }
  return at === tables.byteLength;
}

const png = { header: 0x4948_4452, palette: 0x504c_5445, pixels: 0x4944_4154, animation: 0x6163_544c } as const;
const chunkBytes = 12;
/** By the colour's number: grey, colours, palette, and both with what is see-through. Sixteen bits have a range of their own (`value-range.ts`). */
const bitDepths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8],
  2: [8],
  3: [1, 2, 4, 8],
  4: [8],
  6: [8],
};
const mostSide = 1_000_000;

/** W3C PNG, chapter 5: chunks up to the first with pixels. */
function sizeOfPng(view: DataView): Size | null {
  if (view.getUint32(4) !== 0x0d0a_1a0a || view.getUint32(8) !== 13 || view.getUint32(12) !== png.header) return null;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colour] = [view.getUint8(24), view.getUint8(25)];
  const isUsual = view.getUint8(26) === 0 && view.getUint8(27) === 0 && view.getUint8(28) <= 1;
  if (!isUsual || !bitDepths[colour]?.includes(depth)) return null;
  if (width < 1 || height < 1 || width > mostSide || height > mostSide) return null;
  let hasPalette = false;
  for (let at = 8; ; ) {
    const length = view.getUint32(at);
    const kind = view.getUint32(at + 4);
    if (length >= 2 ** 31) return null;
    if (kind === png.pixels) return colour !== 3 || hasPalette ? { width, height } : null;
    if (kind === png.animation || at + chunkBytes + length > view.byteLength) return null;
    const content = new Uint8Array(view.buffer, view.byteOffset + at + 4, 4 + length);
    if (crc32(content) !== view.getUint32(at + 8 + length)) return null;
    if (kind === png.palette) hasPalette = length > 0 && length <= 768 && length % 3 === 0;
    else if (kind !== png.header && view.getUint8(at + 4) < 0x61) return null; // what a reader must know, and this one does not
    at += chunkBytes + length;
  }
}
