/** The colours of the page's tokens, read at run time: a canvas knows no style sheet. */

export interface ChartColors {
  readonly ink: string;
  readonly secondInk: string;
  readonly line: string;
  readonly strongLine: string;
  readonly sheet: string;
  readonly font: string;
  /** One a run, in the fixed order; the first two are the arms'. `text` is as readable as small text must be. */
  readonly hues: readonly { readonly stroke: string; readonly text: string }[];
}

export const hueCount = 8;
/** A second sign beside the hue: solid, dashed, and then their kin, so that lines differ in print too. */
const dashes: readonly (readonly number[])[] = [
  [],
  [6, 4],
  [2, 3],
  [10, 3, 2, 3],
  [12, 4],
  [4, 2],
  [2, 6],
  [10, 3, 2, 3, 2, 3],
];

export function dashOf(hue: number): number[] {
  return [...dashes[hue % hueCount]!];
}

/** The custom property of a run's hue, for style sheets. */
export function hueToken(hue: number): string {
  return `var(--run-${(hue % hueCount) + 1})`;
}

/** The same for small text: arm B's orange needs a darker one on a light sheet. */
export function hueTextToken(hue: number): string {
  return hue % hueCount === 1 ? "var(--arm-b-text)" : hueToken(hue);
}

export function readChartColors(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: token("--ink"),
    secondInk: token("--ink-2"),
    line: token("--line"),
    strongLine: token("--line-strong"),
    sheet: token("--sheet"),
    font: token("--font-text"),
    hues: Array.from({ length: hueCount }, (_, hue) => {
      const stroke = token(`--run-${hue + 1}`);
      return { stroke, text: hue === 1 ? token("--arm-b-text") || stroke : stroke };
    }),
  };
}

/** A six-digit hex colour made translucent; any other notation is left as it is. */
export function faded(color: string, opacity: number): string {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return color;
  return `${color}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, "0")}`;
}

/** Calls back when the page turns light or dark, by the system's wish or by the person's. Returns what ends it. */
export function onColorsChange(callback: () => void): () => void {
  const wish = window.matchMedia("(prefers-color-scheme: dark)");
  const attributes = new MutationObserver(callback);
  wish.addEventListener("change", callback);
  attributes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  return () => {
    wish.removeEventListener("change", callback);
    attributes.disconnect();
  };
}
