/** A drawing of the page as a file of its own: an SVG that carries its styles, and a PNG of it. */

/** What of a drawing's looks comes from the page's style sheets. */
const carried = [
  "fill",
  "fill-opacity",
  "opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "paint-order",
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

/** A picture for a file: pixels are those of its view box. */
export interface DrawnPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** What stands over a drawing that does not say itself what it is of. */
export interface DrawingHeading {
  readonly title: string;
  /** Of which split and how many pictures, and in what unit. */
  readonly about: string;
}

const headingPixels = 48;

/** Names at the edge have room in the wider type of a machine that does not have the page's own. */
const edgePixels = 12;

/** At its own size, whatever it is zoomed to on the page, on the ground that it stands on. */
export function drawnPicture(
  drawing: SVGSVGElement,
  background: string,
  heading: DrawingHeading | null = null,
): DrawnPicture {
  const own = drawing.viewBox.baseVal;
  const top = heading === null ? 0 : headingPixels;
  const [x, y] = [own.x - edgePixels, own.y - edgePixels - top];
  const [width, height] = [own.width + 2 * edgePixels, own.height + 2 * edgePixels + top];
  // A clone of an SVG is one.
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const drawn = [...drawing.querySelectorAll<SVGElement>("*")];
  for (const [index, element] of [...copy.querySelectorAll<SVGElement>("*")].entries()) {
    const style = getComputedStyle(drawn[index]!);
    for (const name of carried) element.setAttribute(name, style.getPropertyValue(name));
    // A style would be heard before what is carried, and ask for colours by names that no file knows.
    for (const name of ["class", "id", "style", "tabindex", "role"]) element.removeAttribute(name);
    for (const { name } of [...element.attributes])
      if (name.startsWith("aria-") || name.startsWith("data-")) element.removeAttribute(name);
  }
  for (const { name } of [...copy.attributes]) copy.removeAttribute(name);
  copy.setAttribute("xmlns", svgSpace);
  copy.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const ground = document.createElementNS(svgSpace, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height, fill: background }))
    ground.setAttribute(name, String(value));
  if (heading !== null) copy.prepend(...headingOf(heading, own, getComputedStyle(drawing)));
  copy.prepend(ground);
  return { svg: new XMLSerializer().serializeToString(copy).replaceAll("<!---->", ""), width, height };
}

function headingOf(
  { title, about }: DrawingHeading,
  own: { readonly x: number; readonly y: number },
  { color, fontFamily }: CSSStyleDeclaration,
): readonly SVGElement[] {
  const line = (text: string, y: number, size: number, weight: number) => {
    const element = document.createElementNS(svgSpace, "text");
    const looks = { x: own.x, y, fill: color, "font-family": fontFamily, "font-size": size, "font-weight": weight };
    for (const [name, value] of Object.entries(looks)) element.setAttribute(name, String(value));
    element.textContent = text;
    return element;
  };
  return [line(title, own.y - headingPixels + 14, 15, 600), line(about, own.y - headingPixels + 32, 12, 400)];
}

/** Twice its size, or as much as a canvas can hold. */
export async function pngBytes({ svg, width, height }: DrawnPicture): Promise<Blob> {
  const scale = pngScale({ width, height });
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
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
