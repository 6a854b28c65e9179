/** How large the map is drawn. Pure. */

export type ZoomStep = "in" | "out" | "fit";
interface Size {
  readonly width: number;
  readonly height: number;
}

const factor = 1.2;
export const leastScale = 0.15;
export const mostScale = 3;

/** One step nearer or further, or all of the drawing in the box, though never larger than life. */
export function zoomed(
  scale: number,
  step: ZoomStep,
  { box, drawing }: { readonly box: Size; readonly drawing: Size },
): number {
  const next =
    step === "fit"
      ? Math.min(1, box.width / drawing.width, box.height / drawing.height)
      : step === "in"
        ? scale * factor
        : scale / factor;
  return Math.min(mostScale, Math.max(leastScale, next));
}
