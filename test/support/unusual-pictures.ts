/** Pictures of formats and values that no encoder here writes, made byte by byte: all of 8 × 8 pixels unless said. */

const side = 8;

/** A ramp from left to right, 0 to 1. */
const ramp = Array.from({ length: side * side }, (_, at) => (at % side) / (side - 1));

/** 64 × 64 pixels of (200, 100, 50), by libheif's encoder. */
export const heic = Buffer.from(
  [
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA",
    "ACJpbG9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAABsAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRt",
    "AAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA",
    "AAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xy",
    "bmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAACNt",
    "ZGF0AAAAFygBrxOA5TPAn/8so//o+zw+bmmtUPU+",
  ].join(""),
  "base64",
);

/** Uncompressed, from the bottom, rows filled up to four bytes; 8 bits have a palette of greys. */
export function bmp(bits: 8 | 24 | 32, { isTopDown = false, width = side } = {}): Buffer {
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const palette =
    bits === 8 ? Buffer.from(Array.from({ length: 256 }, (_, grey) => [grey, grey, grey, 0]).flat()) : Buffer.alloc(0);
  const header = Buffer.alloc(54);
  header.write("BM", 0, "latin1");
  header.writeUInt32LE(54 + palette.length + rowBytes * side, 2);
  header.writeUInt32LE(54 + palette.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(isTopDown ? -side : side, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  const rows = Array.from({ length: side }, (_, row) => {
    const bytes = Buffer.alloc(rowBytes);
    // The picture's first row is blue, all others are red; of greys 200 and 50.
    const isFirst = isTopDown ? row === 0 : row === side - 1;
    for (let x = 0; x < width; x++)
      if (bits === 8) bytes[x] = isFirst ? 200 : 50;
      else bytes.set(isFirst ? [255, 0, 0] : [0, 0, 255], (x * bits) / 8);
    return bytes;
  });
  return Buffer.concat([header, palette, ...rows]);
}

/** @param samples one a value, 0 to 1; `bits` of each */
export function netpbm(kind: "P2" | "P3" | "P5" | "P6", largest: number, comment = ""): Buffer {
  const channels = kind === "P3" || kind === "P6" ? 3 : 1;
  const samples = ramp.flatMap((value) => Array(channels).fill(Math.round(value * largest)) as number[]);
  const header = `${kind}\n${comment}${side} ${side}\n${largest}\n`;
  if (kind === "P2" || kind === "P3") return Buffer.from(`${header}${samples.join(" ")}\n`);
  const bytes = largest > 255 ? samples.flatMap((sample) => [sample >> 8, sample & 255]) : samples;
  return Buffer.concat([Buffer.from(header), Buffer.from(bytes)]);
}

type Sample = "float32" | "uint32" | "int16" | "uint16";
const writers: Readonly<
  Record<Sample, { bytes: number; format: number; write: (to: Buffer, value: number, at: number) => void }>
> = {
  float32: { bytes: 4, format: 3, write: (to, value, at) => to.writeFloatLE(value, at) },
  uint32: { bytes: 4, format: 1, write: (to, value, at) => to.writeUInt32LE(value, at) },
  int16: { bytes: 2, format: 2, write: (to, value, at) => to.writeInt16LE(value, at) },
  uint16: { bytes: 2, format: 1, write: (to, value, at) => to.writeUInt16LE(value, at) },
};

/** A ramp of `from` to `to` in values of that kind. */
export function tiff(sample: Sample, from: number, to: number, channels: 1 | 3 = 1): Buffer {
  const { bytes, format, write } = writers[sample];
  const pixels = Buffer.alloc(side * side * channels * bytes);
  for (const [at, value] of ramp.entries())
    for (let channel = 0; channel < channels; channel++) {
      const scaled = from + value * (to - from);
      write(pixels, format === 3 ? scaled : Math.round(scaled), (at * channels + channel) * bytes);
    }
  const [short, long] = [3, 4];
  const start = 8;
  const afterPixels = start + pixels.length;
  // Three shorts do not fit into an entry, so that they stand behind the pixels.
  const triples = Buffer.alloc(12);
  for (const at of [0, 1, 2]) triples.writeUInt16LE(bytes * 8, at * 2);
  for (const at of [3, 4, 5]) triples.writeUInt16LE(format, at * 2);
  const entries: readonly (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, short, 1, side],
    [257, short, 1, side],
    [258, short, channels, channels === 1 ? bytes * 8 : afterPixels],
    [259, short, 1, 1],
    [262, short, 1, channels === 1 ? 1 : 2],
    [273, long, 1, start],
    [277, short, 1, channels],
    [278, short, 1, side],
    [279, long, 1, pixels.length],
    [339, short, channels, channels === 1 ? format : afterPixels + 6],
  ];
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16LE(entries.length, 0);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    if (type === short && count === 1) directory.writeUInt16LE(value, at + 8);
    else directory.writeUInt32LE(value, at + 8);
  }
  const header = Buffer.from("II*\0\0\0\0\0", "latin1");
  header.writeUInt32LE(afterPixels + triples.length, 4);
  return Buffer.concat([header, pixels, triples, directory]);
}
