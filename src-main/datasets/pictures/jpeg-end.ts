/** A JPEG whose last two bytes are missing may still hold all its pixels: cameras and downloads that stop early leave such files. */
import sharp from "sharp";

const endOfImage = Buffer.from([0xff, 0xd9]);
/** Where data is missing the decoder takes these for pixels; where none is, it passes them over. */
const filler = Buffer.alloc(64, "5aa5", "hex");

export function lacksEnd(bytes: Uint8Array): boolean {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  // Nearly always it stands where it belongs, and nothing has to be searched.
  if (!isJpeg || (bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9)) return false;
  return !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(endOfImage, 2);
}

export function withEnd(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, endOfImage]);
}

/** The decoder itself does not say: it fills what is missing from the last rows with grey, without an error. */
export async function holdsAllPixels(bytes: Uint8Array): Promise<boolean> {
  const [bare, filled] = await Promise.all(
    [bytes, Buffer.concat([bytes, filler])].map((data) => sharp(withEnd(data), { failOn: "none" }).raw().toBuffer()),
  );
  return bare !== undefined && filled !== undefined && bare.equals(filled);
}
