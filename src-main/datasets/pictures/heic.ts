/** Photographs of telephones. The decoder is WebAssembly and is loaded with the first of them. */
/// <reference path="./heic-decode.d.ts" />
import type { RawDecoder } from "./raw-picture.ts";

type Decoded = Awaited<ReturnType<typeof import("heic-decode")["all"]>>;

async function withImages<T>(bytes: Uint8Array, work: (images: Decoded) => Promise<T>): Promise<T> {
  const { all } = await import("heic-decode");
  const images = await all({ buffer: bytes });
  try {
    return await work(images);
  } finally {
    images.dispose();
  }
}

/** The first is the picture; others are its thumbnails or a burst. */
function firstOf(images: Decoded): Decoded[number] {
  const [first] = images;
  if (!first) throw new RangeError("A container without a picture");
  return first;
}

export const heicDecoder: RawDecoder = {
  sizeOf: (bytes) =>
    withImages(bytes, async (images) => {
      const { width, height } = firstOf(images);
      return { width, height };
    }),
  decode: (bytes) =>
    withImages(bytes, async (images) => {
      const { width, height, data } = await firstOf(images).decode();
      return { width, height, channels: 4, pixels: data };
    }),
};
