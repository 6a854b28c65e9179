/** PPM and PGM, as text and as bytes: a header of words, then samples up to a largest value. https://netpbm.sourceforge.net/doc/ppm.html */
import type { RawDecoder } from "./raw-picture.ts";

interface Header {
  readonly kind: "P2" | "P3" | "P5" | "P6";
  readonly width: number;
  readonly height: number;
  readonly largest: number;
  /** Where the samples begin. */
  readonly start: number;
}

/** Comments may stand between words; one white space ends the header. */
function headerOf(bytes: Uint8Array): Header {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4_096)).toString("latin1");
  const match = /^(P[2356])(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)\s/.exec(text);
  if (!match) throw new RangeError("A header without its numbers");
  const [all, kind, ...numbers] = match;
  const [width = 0, height = 0, largest = 0] = numbers.map(Number);
  if (width === 0 || height === 0 || largest === 0 || largest > 65_535) throw new RangeError("No such picture");
  return { kind: kind as Header["kind"], width, height, largest, start: all.length };
}

export const netpbmDecoder: RawDecoder = {
  sizeOf: headerOf,
  decode(bytes) {
    const { kind, width, height, largest, start } = headerOf(bytes);
    const channels = kind === "P3" || kind === "P6" ? 3 : 1;
    const count = width * height * channels;
    const body = bytes.subarray(start);
    const samples = kind === "P2" || kind === "P3" ? wordsOf(body, count) : samplesOf(body, count, largest > 255);
    const pixels = Uint8Array.from(samples, (value) => Math.round((Math.min(value, largest) / largest) * 255));
    return { width, height, channels, pixels };
  },
};

function samplesOf(body: Uint8Array, count: number, isWide: boolean): Uint8Array | Uint16Array {
  if (body.byteLength < count * (isWide ? 2 : 1)) throw new RangeError("It ends early");
  if (!isWide) return body.subarray(0, count);
  return Uint16Array.from({ length: count }, (_, index) => (body[2 * index]! << 8) | body[2 * index + 1]!);
}

function wordsOf(body: Uint8Array, count: number): Uint16Array {
  const values = new Uint16Array(count);
  let found = 0;
  let value = -1;
  for (let at = 0; at <= body.byteLength && found < count; at++) {
    const digit = (body[at] ?? 32) - 48;
    if (digit >= 0 && digit <= 9) value = Math.min(65_535, Math.max(0, value) * 10 + digit);
    else if (value >= 0) {
      values[found++] = value;
      value = -1;
    }
  }
  if (found < count) throw new RangeError("It ends early");
  return values;
}
