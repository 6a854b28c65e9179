/** How a page cuts a whole picture to the square that runs saw of it. */
import type { PictureFit } from "../../../src-main/contract/resize.ts";

interface Shown {
  readonly objectFit: "cover" | "contain" | "fill";
  readonly objectPosition: string;
}

const whole: Shown = { objectFit: "contain", objectPosition: "center" };
const ways: Readonly<Record<PictureFit, Shown>> = {
  crop: { objectFit: "cover", objectPosition: "center" },
  "crop-top": { objectFit: "cover", objectPosition: "top" },
  "crop-bottom": { objectFit: "cover", objectPosition: "bottom" },
  "crop-left": { objectFit: "cover", objectPosition: "left" },
  "crop-right": { objectFit: "cover", objectPosition: "right" },
  pad: whole,
  squash: { objectFit: "fill", objectPosition: "center" },
};

/** Runs that saw it in different ways are shown the whole picture. */
export function shownAsSquare(fits: readonly PictureFit[]): Shown {
  const [first] = fits;
  return first !== undefined && fits.every((fit) => fit === first) ? ways[first] : whole;
}
