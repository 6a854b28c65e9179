/** A square of RGB in 0–1 that shapes are laid on, with edges smoothed over one pixel. */

export type Colour = readonly [red: number, green: number, blue: number];
/** Signed distance in pixels from a pixel's centre to an outline, negative inside. */
export type Outline = (x: number, y: number) => number;

export interface Canvas {
  readonly sidePixels: number;
  readonly values: Float32Array;
}

export function createCanvas(sidePixels: number): Canvas {
  return { sidePixels, values: new Float32Array(sidePixels * sidePixels * 3) };
}

/** How much of a pixel lies inside an outline at this distance. */
export function coverageAt(distancePixels: number): number {
  return Math.min(1, Math.max(0, 0.5 - distancePixels));
}

/** Lays paint over the pixels that may lie within `reachPixels` of a centre. `paint` gives the colour of a pixel. */
export function lay(
  canvas: Canvas,
  centre: { readonly x: number; readonly y: number; readonly reachPixels: number },
  outline: Outline,
  paint: (x: number, y: number) => Colour,
): void {
  const { sidePixels, values } = canvas;
  const from = (at: number) => Math.max(0, Math.floor(at - centre.reachPixels - 1));
  const to = (at: number) => Math.min(sidePixels, Math.ceil(at + centre.reachPixels + 1));
  for (let row = from(centre.y); row < to(centre.y); row++) {
    for (let column = from(centre.x); column < to(centre.x); column++) {
      const [x, y] = [column + 0.5, row + 0.5];
      const coverage = coverageAt(outline(x, y));
      if (coverage === 0) continue;
      const colour = paint(x, y);
      const at = (row * sidePixels + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const under = values[at + channel] as number; // inside the square
        values[at + channel] = under + coverage * ((colour[channel] as number) - under);
      }
    }
  }
}

export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
}

/** As bytes, row by row. */
export function bytesOf({ values }: Canvas): Uint8Array {
  // Rounds, and keeps to 0–255.
  const bytes = new Uint8ClampedArray(values.length);
  for (let at = 0; at < values.length; at++) bytes[at] = (values[at] as number) * 255; // at < length
  return new Uint8Array(bytes.buffer);
}
