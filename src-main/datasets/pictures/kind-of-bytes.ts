/**
 * What a file holds, by its first bytes and never by its name. Only formats of photographs are handed to a decoder; drawings (SVG, PDF) are programs of a
 * kind and are not opened at all.
 */

/** Who decodes it. */
export type Decoder = "sharp" | "bmp" | "netpbm" | "heic";

export type KindOfBytes =
  | { readonly kind: "readable"; readonly format: string; readonly by: Decoder }
  /** A picture of a format that is not read here, by the name that people know. */
  | { readonly kind: "unsupported"; readonly format: string }
  | { readonly kind: "unknown" };

interface Signature {
  /** Bytes as Latin-1 text at an offset from the start. */
  readonly at: number;
  readonly text: string | RegExp;
  readonly format: string;
  /** Missing where nothing here reads it. */
  readonly by?: Decoder;
}

const signatures: readonly Signature[] = [
  { at: 0, text: "\xff\xd8\xff", format: "JPEG", by: "sharp" },
  { at: 0, text: "\x89PNG\r\n\x1a\n", format: "PNG", by: "sharp" },
  { at: 8, text: "WEBP", format: "WebP", by: "sharp" },
  { at: 0, text: "II*\0", format: "TIFF", by: "sharp" }, // little-endian
  { at: 0, text: "MM\0*", format: "TIFF", by: "sharp" }, // big-endian
  { at: 0, text: "II+\0", format: "BigTIFF", by: "sharp" },
  { at: 0, text: "MM\0+", format: "BigTIFF", by: "sharp" },
  { at: 4, text: "ftypavi", format: "AVIF", by: "sharp" }, // a picture, or a sequence
  { at: 4, text: "ftypmif1", format: "HEIF", by: "sharp" }, // the compression inside decides
  { at: 0, text: /^GIF8[79]a/, format: "GIF", by: "sharp" },
  { at: 4, text: /^ftyphe(ic|ix|vc|vx|im|is)/, format: "HEIC", by: "heic" },
  { at: 0, text: /^BM[\s\S]{4}\0\0\0\0/, format: "BMP", by: "bmp" },
  { at: 0, text: /^P[2356][\s#]/, format: "PPM", by: "netpbm" },
  { at: 0, text: "%PDF", format: "PDF" },
  { at: 0, text: "8BPS", format: "Photoshop" },
  { at: 0, text: "\xff\x0a", format: "JPEG XL" },
  { at: 4, text: "JXL ", format: "JPEG XL" },
  { at: 4, text: "jP  ", format: "JPEG 2000" },
  { at: 0, text: "\0\0\x01\0", format: "icon" },
  { at: 0, text: "#?RADIANCE", format: "Radiance HDR" },
  { at: 0, text: "v/1\x01", format: "OpenEXR" },
  { at: 128, text: "DICM", format: "DICOM" },
  { at: 0, text: "SIMPLE  =", format: "FITS" },
];

/** How the names of such files end. */
export function endingOf(kind: KindOfBytes): string {
  return kind.kind === "unknown" ? "bin" : kind.format.toLowerCase().replace("jpeg", "jpg").replace("bigtiff", "tiff");
}

export function kindOfBytes(bytes: Uint8Array): KindOfBytes {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024)).toString("latin1");
  const match = signatures.find(({ at, text }) =>
    typeof text === "string" ? head.startsWith(text, at) : text.test(head.slice(at)),
  );
  if (match) {
    const { format, by } = match;
    return by ? { kind: "readable", format, by } : { kind: "unsupported", format };
  }
  return /^[^\0]*<svg[\s/>]/i.test(head) ? { kind: "unsupported", format: "SVG" } : { kind: "unknown" };
}
