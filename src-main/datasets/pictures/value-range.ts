/**
 * Pictures whose values are not those of a screen: floating-point and 32-bit TIFFs of microscopes and science, and cameras' twelve bits in files of sixteen.
 * They are brought to eight bits by the range that their values keep to, which is the same for all pictures of one instrument:
 *
 * - floating point: 0 to 1, else 0 to 255, else from their least to their largest;
 * - whole numbers: 0 to the least of 2⁸ − 1, 2¹² − 1, 2¹⁶ − 1, 2³² − 1 that holds them; what is negative is black, as the decoder gives it.
 */
import sharp, { type Metadata } from "sharp";
import type { RawPicture } from "./raw-picture.ts";

const floating = new Set(["float", "double"]);
const whole = new Set(["short", "int", "uint"]);
const twelveBits = 2 ** 12 - 1;
const usualLargest = [2 ** 8 - 1, twelveBits, 2 ** 16 - 1, 2 ** 32 - 1];

/**
 * Null where the range is a screen's already. Of sixteen bits, only values that never pass the twelfth are taken for another: a picture that is nearly black
 * is rather such a one than one that nobody can see.
 */
export async function inUsualRange(bytes: Uint8Array, { depth, channels }: Metadata): Promise<RawPicture | null> {
  const isSixteenBits = depth === "ushort";
  if (!floating.has(depth) && !whole.has(depth) && !isSixteenBits) return null;
  if (isSixteenBits && (channels === 2 || channels === 4)) return null;
  const samples = await samplesOf(bytes, isSixteenBits || depth === "short");
  const { least, largest } = rangeOf(samples);
  if (isSixteenBits && !(largest > 0 && largest <= twelveBits)) return null;
  const [from, to] = boundsOf(least, largest, floating.has(depth));
  const scale = to > from ? 255 / (to - from) : 0;
  const { values, ...shape } = samples;
  const pixels = Uint8Array.from(values, (value) => {
    const scaled = (value - from) * scale;
    return scaled >= 255 ? 255 : scaled > 0 ? Math.round(scaled) : 0; // not a number is black
  });
  return { ...shape, pixels };
}

function boundsOf(least: number, largest: number, isFloating: boolean): readonly [number, number] {
  if (least < 0) return [least, largest];
  const tops = isFloating ? [1, 255] : usualLargest;
  const top = tops.find((bound) => largest <= bound);
  return top === undefined ? [least, largest] : [0, top];
}

interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly values: Float32Array;
}

/** The file's own numbers, upright, without what is see-through. */
async function samplesOf(bytes: Uint8Array, isSixteenBits: boolean): Promise<Samples> {
  const { channels } = await sharp(bytes, { limitInputPixels: false }).metadata();
  const isGrey = channels < 3;
  // Spaces in which the decoder leaves the values as they are.
  const space = isSixteenBits ? (isGrey ? "grey16" : "rgb16") : isGrey ? "b-w" : "scrgb";
  const { data, info } = await sharp(bytes, { failOn: "error" })
    .autoOrient()
    .removeAlpha()
    .toColourspace(space)
    .raw({ depth: "float" })
    .toBuffer({ resolveWithObject: true });
  const values = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  if (info.channels !== 1 && info.channels !== 3) throw new RangeError(`${info.channels} channels`);
  return { width: info.width, height: info.height, channels: info.channels, values };
}

function rangeOf({ values }: Samples): { readonly least: number; readonly largest: number } {
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return { least, largest };
}
