/** A picture's brightness, pixel by pixel. */
import type { Raster } from "../../../../src-main/domain/lessons/kernels/raster.ts";

/** How bright an eye finds red, green and blue (ITU-R BT.601). */
const brightness = [0.299, 0.587, 0.114] as const;

/** From 0 to 1, as a square. @throws where there is no such picture */
export async function loadRaster(url: string, side: number): Promise<Raster> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This browser draws no pictures");
  context.drawImage(image, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  const values = Float64Array.from({ length: side * side }, (_, at) =>
    brightness.reduce((sum, share, colour) => sum + (share * data[4 * at + colour]!) / 255, 0),
  );
  return { height: side, width: side, values };
}
