/** The ways in which a picture becomes a square, as sharp is asked for them. */
import type { ResizeOptions } from "sharp";
import type { PictureFit, Resize, ResizeFilter } from "../../contract/resize.ts";

const black = { r: 0, g: 0, b: 0, alpha: 1 };
const fits: Readonly<Record<PictureFit, ResizeOptions>> = {
  crop: { fit: "cover", position: "centre" },
  "crop-top": { fit: "cover", position: "top" },
  "crop-bottom": { fit: "cover", position: "bottom" },
  "crop-left": { fit: "cover", position: "left" },
  "crop-right": { fit: "cover", position: "right" },
  pad: { fit: "contain", background: black },
  squash: { fit: "fill" },
};
const kernels = {
  lanczos3: "lanczos3",
  bicubic: "cubic",
  bilinear: "linear",
  nearest: "nearest",
} as const satisfies Readonly<Record<ResizeFilter, ResizeOptions["kernel"]>>;

/** What brings a picture to a square of this side. */
export function squareOptions(sidePixels: number, { fit, filter }: Resize): ResizeOptions {
  return { ...fits[fit], width: sidePixels, height: sidePixels, kernel: kernels[filter] };
}
