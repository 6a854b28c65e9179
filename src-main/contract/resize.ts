/** How a picture of any shape becomes the square that networks see. */
import { z } from "zod";

/** Named after what is kept or given up: pictures that are square already are the same under all of them. */
export const pictureFits = ["crop", "crop-top", "crop-bottom", "crop-left", "crop-right", "pad", "squash"] as const;
const pictureFit = z.enum(pictureFits);
export type PictureFit = z.infer<typeof pictureFit>;

const resizeFilter = z.enum(["lanczos3", "bicubic", "bilinear", "nearest"]);
export type ResizeFilter = z.infer<typeof resizeFilter>;

/** Defaults are what every run followed until there was a choice. */
export const resize = z.object({ fit: pictureFit.default("crop"), filter: resizeFilter.default("lanczos3") });
export type Resize = z.infer<typeof resize>;

export const usualResize: Resize = { fit: "crop", filter: "lanczos3" };

const fitsInWords: Readonly<Record<PictureFit, string>> = {
  crop: "scaled until its shorter side fits, and cropped to the middle square: edges are cut off",
  "crop-top":
    "scaled until its shorter side fits, and cropped: of a tall one the top is kept, of a wide one the middle",
  "crop-bottom":
    "scaled until its shorter side fits, and cropped: of a tall one the bottom is kept, of a wide one the middle",
  "crop-left":
    "scaled until its shorter side fits, and cropped: of a wide one the left is kept, of a tall one the middle",
  "crop-right":
    "scaled until its shorter side fits, and cropped: of a wide one the right is kept, of a tall one the middle",
  pad: "scaled until its longer side fits, and padded with black bars: all of it is seen, and smaller",
  squash: "scaled to the square, whatever its own: all of it is seen, and shapes change",
};

/** What becomes of every photograph before a network sees it, as page, command line and `strata.json` say it. */
export function resizeInWords({ fit }: Pick<Resize, "fit">): string {
  return `Each photograph is turned upright, ${fitsInWords[fit]}.`;
}
