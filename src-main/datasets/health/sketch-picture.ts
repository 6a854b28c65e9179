/** The bytes of a picture → its sketch and size. */
import type { Sharp } from "sharp";
import { openPicture } from "../pictures/open-picture.ts";
import type { Size } from "../pictures/raw-picture.ts";
import { type Sketch, sketchOf, squarePixels } from "./sketch.ts";

export type SketchedPicture = Sketch & Size;

/** @throws where the pixels cannot be decoded */
export async function sketchPicture(bytes: Uint8Array): Promise<SketchedPicture> {
  const { picture, size } = await openPicture(bytes);
  return { ...sketchOf(await squashed(picture.autoOrient())), ...size };
}

/** Left to itself the decoder of JPEG makes a smaller picture at once; here nobody sees the difference, and it saves most of the time. */
export async function squashed(picture: Sharp): Promise<Uint8Array> {
  return picture
    .resize({ width: squarePixels, height: squarePixels, fit: "fill", fastShrinkOnLoad: true })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
}
