/** Photographs of telephones. The decoder is WebAssembly and is loaded with the first of them. */
/// <reference path="./heic-decode.d.ts" />
import type { RawDecoder } from "./raw-picture.ts";

type Decoded = Awaited<ReturnType<typeof import("heic-decode")["all"]>>;

/** What the decoder prints of each damaged file. It is said by an error, too, and standard output is for answers. */
const decoderWords = /^(Could not parse HEIF file|Decoding image failed|No images found|Error loading image ids)/;

const loadQuietly = async () => {
  const decoder = await import("heic-decode");
  const print = console.log;
  console.log = (...words: unknown[]) => {
    if (!decoderWords.test(String(words[0]))) print(...words);
  };
  return decoder;
};
let decoder: ReturnType<typeof loadQuietly> | null = null;

async function withImages<T>(bytes: Uint8Array, work: (images: Decoded) => Promise<T>): Promise<T> {
  decoder ??= loadQuietly();
  const { all } = await decoder;
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
