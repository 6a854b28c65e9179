/** Where a chart's lines lie when it is drawn as a file of its own. Units are those of its view box. */
import { roundMarks, roundStep } from "../../../src-main/domain/round-steps.ts";
import type { ChartContent, ChartLine } from "./chart-line.ts";
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

/** @param content as the chart shows it, zoom aside */
export function chartDrawing({ lines, floors, axis, range, formatTick, isLog }: ChartContent): ChartDrawing {
  const { width, height, left, right, top, bottom } = drawing;
  const end = axis.end ?? lastPlace(lines);
  const bounds = isLog ? logBounds(lines) : roundedBounds(range ?? valueRange(lines, floors));
  const place = isLog ? Math.log10 : (value: number) => value;
  const [low, high] = [place(bounds.min), place(bounds.max)];
  const xAt = (x: number) => left + (x / end) * (width - left - right);
  const yAt = (y: number) => height - bottom - ((place(y) - low) / (high - low)) * (height - top - bottom);
  const spaces = (most: number) => most - 1;
  const even = () => roundMarks(bounds.min, bounds.max, roundStep(bounds.max - bounds.min, spaces(mostMarks.y)));
  const yValues = isLog ? logValues(bounds.min, bounds.max) : even();
  const xValues = roundMarks(0, end, roundStep(end, spaces(mostMarks.x)));
  const floorPlaces = floors.map(({ value }) => yAt(value));
  const floorNames = spreadLabels(floorPlaces, 16, top, height - bottom);
  return {
    yTicks: yValues.map((value) => ({ y: yAt(value), text: formatTick(value) })),
    xTicks: xValues.map((x) => ({ x: xAt(x), text: axis.tick(x) })),
    floors: floors.map(({ hue, label, reference }, index) => {
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

/** Within the plot: of single batches some lie beyond the axis. */
function inside(y: number): number {
  const { top, bottom, height } = drawing;
  return Math.min(height - bottom, Math.max(top, y));
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
    return isThere(low) && isThere(high) ? [{ x: xAt(x), low: inside(yAt(low)), high: inside(yAt(high)) }] : [];
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
      return `${deed}${xAt(x).toFixed(1)} ${inside(yAt(y)).toFixed(1)}`;
    })
    .join("");
}
