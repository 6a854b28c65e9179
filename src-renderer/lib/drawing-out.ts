/** A drawing of the page as a file of its own: an SVG that carries its styles, and a PNG of it. */

/** What of a drawing's looks comes from the page's style sheets. */
const carried = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
] as const;
const svgSpace = "http://www.w3.org/2000/svg";
/** Browsers refuse canvases with more pixels a side, or more in all. */
const mostSidePixels = 8_192;
const mostPixels = 64e6;

/** At its own size, whatever it is zoomed to on the page, on the ground that it stands on. */
export function svgText(drawing: SVGSVGElement, background: string): string {
  const { x, y, width, height } = drawing.viewBox.baseVal;
  // A clone of an SVG is one.
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const drawn = [...drawing.querySelectorAll<SVGElement>("*")];
  for (const [index, element] of [...copy.querySelectorAll<SVGElement>("*")].entries()) {
    const style = getComputedStyle(drawn[index]!);
    for (const name of carried) element.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "id", "tabindex", "role"]) element.removeAttribute(name);
    for (const { name } of [...element.attributes])
      if (name.startsWith("aria-") || name.startsWith("data-")) element.removeAttribute(name);
  }
  for (const { name } of [...copy.attributes]) if (name !== "viewBox") copy.removeAttribute(name);
  copy.setAttribute("xmlns", svgSpace);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const ground = document.createElementNS(svgSpace, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height, fill: background }))
    ground.setAttribute(name, String(value));
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy).replaceAll("<!---->", "");
}

/** Twice its size, or as much as a canvas can hold. */
export async function pngBytes(svg: string, size: { readonly width: number; readonly height: number }): Promise<Blob> {
  const scale = pngScale(size);
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(size.width * scale);
    canvas.height = Math.round(size.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (png === null) throw new Error(`No PNG of ${canvas.width} × ${canvas.height} pixels could be made`);
    return png;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Pixels of the PNG for one of the drawing. */
export function pngScale({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.min(2, mostSidePixels / width, mostSidePixels / height, Math.sqrt(mostPixels / (width * height)));
}
