/** Windows bitmaps. */
import { decode } from "bmp-ts";
import type { RawDecoder } from "./raw-picture.ts";

/** The header of 1990 and all after it: width and height at 18 and 22, a negative height for rows from the top. OS/2's older one has 16 bits each. */
function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOld = view.getUint32(14, true) === 12;
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isOld ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  if (width <= 0 || height === 0) throw new RangeError("A bitmap without pixels");
  return { width, height };
}

export const bmpDecoder: RawDecoder = {
  sizeOf,
  decode(bytes) {
    const { width, height } = sizeOf(bytes);
    const isOld = new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true) === 12;
    const bits = new DataView(bytes.buffer, bytes.byteOffset).getUint16(isOld ? 24 : 28, true);
    const rowBytes = Math.ceil((width * bits) / 32) * 4;
    const compression = isOld ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(30, true);
    const isPacked = compression === 1 || compression === 2;
    const start = new DataView(bytes.buffer, bytes.byteOffset).getUint32(10, true);
    // The library reads past the end as if there were zeros.
    if (!isPacked && start + rowBytes * height > bytes.byteLength) throw new RangeError("A bitmap that ends early");
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { data, width: decodedWidth, height: decodedHeight } = decode(buffer);
    if (decodedWidth !== width || Math.abs(decodedHeight) !== height) throw new RangeError("A bitmap of two sizes");
    // It gives alpha, blue, green, red.
    const pixels = Uint8Array.from(data, (_, at) => data[(at & ~3) + 3 - (at & 3)]!);
    // Only 32 bits can hold what is see-through, and mostly the fourth byte is nothing.
    const isOpaque = bits < 32 || everyFourth(pixels, (alpha) => alpha === 0);
    if (isOpaque) for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
    return { width, height, channels: 4, pixels };
  },
};

function everyFourth(pixels: Uint8Array, holds: (value: number) => boolean): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (!holds(pixels[at]!)) return false;
  return true;
}
