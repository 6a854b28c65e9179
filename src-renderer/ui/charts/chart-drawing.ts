/** Where a chart's lines lie when it is drawn as a file of its own. Units are those of its view box. */
import { roundMarks, roundStep } from "../../../src-main/domain/round-steps.ts";
import type { ChartContent, ChartLine, ChartView } from "./chart-line.ts";
import { mostMarks, roundedBounds } from "./line-chart-options.ts";
import { spreadLabels } from "./spread-labels.ts";
import { valueRange } from "./value-range.ts";

export const drawing = { width: 960, height: 540, left: 76, right: 24, top: 64, bottom: 98 } as const;

export interface ChartDrawing {
  readonly yTicks: readonly { readonly y: number; readonly text: string }[];
  readonly xTicks: readonly { readonly x: number; readonly text: string }[];
  /** `nameY` is where its name stands, apart from the others'. */
  readonly floors: readonly {
    readonly y: number;
    readonly nameY: number;
    readonly hue: number | null;
    readonly label: string;
  }[];
  readonly bands: readonly { readonly id: string; readonly d: string; readonly hue: number }[];
  readonly paths: readonly { readonly id: string; readonly d: string; readonly line: ChartLine }[];
}

/** @param content as the chart shows it @param view what of it is seen; null for all */
export function chartDrawing(
  { lines, floors, axis, range, formatTick, isLog, isFitted }: ChartContent,
  view: ChartView | null,
): ChartDrawing {
  const { width, height, left, right, top, bottom } = drawing;
  const across = view?.x ?? { min: 0, max: axis.end ?? lastPlace(lines) };
  // By powers of ten what was seen of an even axis may begin where nothing is: all values are, as the screen shows next.
  const isPlace = view !== null && (!isLog || view.y.min > 0);
  const all = () => (isLog ? logBounds(lines) : roundedBounds(range ?? valueRange(lines, floors, isFitted)));
  const bounds = isPlace ? view.y : all();
  const place = isLog ? Math.log10 : (value: number) => value;
  const [low, high] = [place(bounds.min), place(bounds.max)];
  const xAt = (x: number) => left + ((x - across.min) / (across.max - across.min)) * (width - left - right);
  const yAt = (y: number) => height - bottom - ((place(y) - low) / (high - low)) * (height - top - bottom);
  const marks = ({ min, max }: ChartView["x"], most: number) => roundMarks(min, max, roundStep(max - min, most - 1));
  const powers = isLog ? logValues(bounds.min, bounds.max) : [];
  // Of a few values close together there may be no such mark.
  const yValues = powers.length > 1 ? powers : marks(bounds, mostMarks.y);
  const xValues = marks(across, mostMarks.x);
  const seen = floors.filter(({ value }) => value >= bounds.min && value <= bounds.max);
  const floorPlaces = seen.map(({ value }) => yAt(value));
  const floorNames = spreadLabels(floorPlaces, 16, top, height - bottom);
  return {
    yTicks: yValues.map((value) => ({ y: yAt(value), text: formatTick(value) })),
    xTicks: xValues.map((x) => ({ x: xAt(x), text: axis.tick(x) })),
    floors: seen.map(({ hue, label, reference }, index) => {
      const name = reference ? label : `${label}, floor`;
      return { y: floorPlaces[index]!, nameY: floorNames[index]!, hue, label: name };
    }),
    bands: lines.flatMap((line) => {
      const d = bandOf(line, xAt, yAt, isLog);
      return d === "" ? [] : [{ id: line.id, d, hue: line.hue }];
    }),
    paths: lines.map((line) => ({ id: line.id, d: pathOf(line, xAt, yAt, isLog), line })),
  };
}

/** Where the line that goes furthest ends; 1 while nothing is there. */
export function lastPlace(lines: readonly ChartLine[]): number {
  return Math.max(0, ...lines.map(({ columns }) => columns.xs.at(-1) ?? 0)) || 1;
}

/** 1, 2 or 5 times a power of ten, around every value above zero: no logarithm has others. */
export function logBounds(lines: readonly ChartLine[]): { readonly min: number; readonly max: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const { columns } of lines)
    for (const y of columns.ys)
      if (y !== null && y > 0) {
        low = Math.min(low, y);
        high = Math.max(high, y);
      }
  if (high === 0) return { min: 0.1, max: 1 };
  const values = logValues(low / 10, high * 100);
  const min = values.filter((value) => value <= low).at(-1)!;
  return { min, max: values.find((value) => value >= high && value > min)! };
}

/** 1, 2 and 5 times each power of ten, both ends among them where they are such. */
function logValues(low: number, high: number): readonly number[] {
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1)
    values.push(...[1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
  return values.filter((value) => value >= low && value <= high);
}

/** The plot cuts what lies outside it. A loss that ran away lies so far outside that no drawing has the number. */
function near(y: number): number {
  return Math.min(20 * drawing.height, Math.max(-20 * drawing.height, y));
}

/** Along the upper edge and back along the lower one; without the places where one is missing, or has no logarithm. */
function bandOf(
  { columns, band }: ChartLine,
  xAt: (x: number) => number,
  yAt: (y: number) => number,
  isLog: boolean,
): string {
  if (band === undefined) return "";
  const isThere = (y: number | null | undefined): y is number => y != null && (!isLog || y > 0);
  const edges = columns.xs.flatMap((x, index) => {
    const [low, high] = [band.low[index], band.high[index]];
    return isThere(low) && isThere(high) ? [{ x: xAt(x), low: near(yAt(low)), high: near(yAt(high)) }] : [];
  });
  if (edges.length < 2) return "";
  const along = edges.map(({ x, high }) => `${x.toFixed(1)} ${high.toFixed(1)}`);
  const back = [...edges].reverse().map(({ x, low }) => `${x.toFixed(1)} ${low.toFixed(1)}`);
  return `M${[...along, ...back].join("L")}Z`;
}

/** Broken at gaps, and where no logarithm is. */
function pathOf(
  { columns }: ChartLine,
  xAt: (x: number) => number,
  yAt: (y: number) => number,
  isLog: boolean,
): string {
  let isDrawing = false;
  return columns.xs
    .map((x, index) => {
      const y = columns.ys[index] ?? null;
      const isThere = y !== null && (!isLog || y > 0);
      const deed = isDrawing ? "L" : "M";
      isDrawing = isThere;
      if (!isThere) return "";
      return `${deed}${xAt(x).toFixed(1)} ${near(yAt(y)).toFixed(1)}`;
    })
    .join("");
}
