/**
 * What a file holds, by its first bytes and never by its name. Only the formats that photographs come in are handed to the decoder;
 * drawings (SVG, PDF) are programs of a kind and are not opened at all.
 */

export type KindOfBytes = "readable" | "unsupported" | "unknown";

/** Bytes as Latin-1 text at an offset from the start. */
const signatures: readonly { readonly kind: KindOfBytes; readonly at: number; readonly text: string }[] = [
  { kind: "readable", at: 0, text: "\xff\xd8\xff" }, // JPEG
  { kind: "readable", at: 0, text: "\x89PNG\r\n\x1a\n" },
  { kind: "readable", at: 8, text: "WEBP" },
  { kind: "readable", at: 0, text: "II*\0" }, // TIFF, little-endian
  { kind: "readable", at: 0, text: "MM\0*" }, // TIFF, big-endian
  { kind: "readable", at: 0, text: "II+\0" }, // BigTIFF
  { kind: "readable", at: 0, text: "MM\0+" },
  { kind: "readable", at: 4, text: "ftypavi" }, // AVIF, AVIF sequence
  { kind: "readable", at: 4, text: "ftypmif1" }, // HEIF; the compression inside decides
  { kind: "unsupported", at: 4, text: "ftyphei" }, // HEIC, whose compression (HEVC) is not built in
  { kind: "unsupported", at: 4, text: "ftyphev" },
  { kind: "unsupported", at: 0, text: "GIF8" },
  { kind: "unsupported", at: 0, text: "BM" }, // Windows bitmap
  { kind: "unsupported", at: 0, text: "%PDF" },
  { kind: "unsupported", at: 0, text: "8BPS" }, // Photoshop
  { kind: "unsupported", at: 0, text: "\xff\x0a" }, // JPEG XL
  { kind: "unsupported", at: 4, text: "JXL " },
  { kind: "unsupported", at: 4, text: "jP  " }, // JPEG 2000
  { kind: "unsupported", at: 0, text: "\0\0\x01\0" }, // icon
];

export function kindOfBytes(bytes: Uint8Array): KindOfBytes {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024)).toString("latin1");
  const match = signatures.find(({ at, text }) => head.startsWith(text, at));
  if (match) return match.kind;
  return /^[^\0]*<svg[\s>]/i.test(head) ? "unsupported" : "unknown";
}
