/** A chart of lines as a drawing for a report: it stands by itself, without a script. */
import { roundMarks, roundStep } from "../round-steps.ts";
import { escaped } from "./markup.ts";

export const drawingHues = ["a", "b", "c", "d"] as const;
export type DrawingHue = (typeof drawingHues)[number];

export interface DrawnLine {
  readonly label: string;
  readonly hue: DrawingHue;
  /** Faint lines lie behind, and do not decide what the axis spans alone. */
  readonly look: "strong" | "faint" | "dashed";
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

export interface LineDrawing {
  readonly title: string;
  /** What it is of, and in what unit. */
  readonly caption: string;
  readonly xTitle: string;
  readonly lines: readonly DrawnLine[];
  readonly tick: (value: number) => string;
  /** Below each mark of the horizontal axis, where there is more to say of it; empty for nothing. */
  readonly xNote?: (x: number) => string;
}

const [width, plotAndAxis] = [480, 260];
const noteHeight = 16;
const [left, right, top, bottom] = [56, 12, 10, 40];
const plotWidth = width - left - right;
const ticksWanted = 5;
/** Of digits and their units, in the font size of the marks. */
const mostLetterWidth = 7;

/** Empty where there is nothing to draw. */
export function lineDrawing({ title, caption, xTitle, lines, tick, xNote }: LineDrawing): string {
  const drawn = lines.filter(({ xs }) => xs.length > 0);
  if (drawn.length === 0) return "";
  const x = scale(spanOf(drawn.flatMap(({ xs }) => xs)), left, width - right);
  const floor = plotAndAxis - bottom;
  const height = plotAndAxis + (xNote ? noteHeight : 0);
  const y = scale(spanOf(drawn.flatMap(ysThatCount)), floor, top);
  const marks = [...drawn].sort(byLook).map((line) => markOf(line, x.at, y.at));
  return `<figure><p>${escaped(title)}</p><figcaption>${escaped(caption)}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(`${title}. ${caption}`)}">
${y.ticks.map((value) => `<path class="axis" d="M${left} ${at(y.at(value))}H${width - right}"/><text x="${left - 6}" y="${at(y.at(value) + 4)}" text-anchor="end">${escaped(tick(value))}</text>`).join("")}
${x.ticks.map((value) => [plainTick(value), xNote?.(value) ?? ""].map((text, row) => (text === "" ? "" : belowAxis(text, x.at(value), floor + 16 * (row + 1)))).join("")).join("")}
<text x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${escaped(xTitle)}</text>
<svg x="${left}" y="0" width="${plotWidth}" height="${floor}" viewBox="${left} 0 ${plotWidth} ${floor}">${marks.join("")}</svg>
</svg>
<p class="tiny">${drawn.map(({ label, hue, look }) => `${keyOf(hue, look)} ${escaped(label)}`).join(" &#160; ")}</p></figure>`;
}

/** Below its mark, or as near to that as the drawing's edge lets it: what is cut off there is a unit. */
function belowAxis(text: string, x: number, y: number): string {
  const isCutOff = x + (text.length * mostLetterWidth) / 2 > width;
  return `<text x="${isCutOff ? width : at(x)}" y="${y}" text-anchor="${isCutOff ? "end" : "middle"}">${escaped(text)}</text>`;
}

/** A single batch may lie far out: of faint lines the middle nine tenths count. */
function ysThatCount({ look, ys }: DrawnLine): readonly number[] {
  if (look !== "faint" || ys.length < 20) return ys;
  const sorted = [...ys].sort((a, b) => a - b);
  return sorted.slice(Math.floor(sorted.length * 0.05), Math.ceil(sorted.length * 0.95));
}

const places = { faint: 0, dashed: 1, strong: 2 } as const;
const byLook = (a: DrawnLine, b: DrawnLine): number => places[a.look] - places[b.look];
const classOf = (hue: DrawingHue, look: DrawnLine["look"]): string =>
  `mark of-${hue}${look === "strong" ? "" : ` ${look}`}`;

function markOf({ hue, look, xs, ys }: DrawnLine, x: (value: number) => number, y: (value: number) => number): string {
  const points = xs.map((value, index) => `${at(x(value))} ${at(y(ys[index]!))}`);
  // One value is no line.
  const dot =
    points.length === 1 ? `<circle class="dot of-${hue}" cx="${at(x(xs[0]!))}" cy="${at(y(ys[0]!))}" r="3"/>` : "";
  return `<path class="${classOf(hue, look)}" d="M${points.join("L")}"/>${dot}`;
}

function keyOf(hue: DrawingHue, look: DrawnLine["look"]): string {
  return `<svg class="key" style="display:inline-block;width:24px;height:8px;vertical-align:middle" viewBox="0 0 24 8" aria-hidden="true"><path class="${classOf(hue, look)}" d="M0 4H24"/></svg>`;
}

const at = (value: number): string => String(Math.round(value * 10) / 10);
const plainTick = (value: number): string => String(Number(value.toPrecision(6)));

function spanOf(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low === high ? [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2] : [low, high];
}

/** A value's place, and round values within the span. */
function scale([low, high]: readonly [number, number], from: number, to: number) {
  const ticks = roundMarks(low, high, roundStep(high - low, ticksWanted));
  return { ticks, at: (value: number) => from + ((value - low) / (high - low)) * (to - from) };
}
