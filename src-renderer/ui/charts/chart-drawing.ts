/** Where a chart's lines lie when it is drawn as a file of its own. Units are those of its view box. */
import type { ChartContent, ChartLine } from "./chart-line.ts";
import { roundedBounds } from "./line-chart-options.ts";
import { valueRange } from "./value-range.ts";

export const drawing = { width: 960, height: 540, left: 76, right: 24, top: 64, bottom: 76 } as const;

export interface ChartDrawing {
  readonly yTicks: readonly { readonly y: number; readonly text: string }[];
  readonly xTicks: readonly { readonly x: number; readonly text: string }[];
  readonly floors: readonly { readonly y: number; readonly hue: number | null; readonly label: string }[];
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
  const yValues = isLog ? logValues(bounds.min, bounds.max) : evenValues(bounds);
  const step = Math.max(1, Math.ceil(end / 8));
  return {
    yTicks: yValues.map((value) => ({ y: yAt(value), text: formatTick(value) })),
    xTicks: Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => ({
      x: xAt(at * step),
      text: String(at * step),
    })),
    floors: floors.map(({ value, hue, label, reference }) => {
      return { y: yAt(value), hue, label: reference ?? `${label}, floor` };
    }),
    paths: lines.map((line) => ({ id: line.id, d: pathOf(line, xAt, yAt, isLog), line })),
  };
}

/** Where the line that goes furthest ends; 1 while nothing is there. */
export function lastPlace(lines: readonly ChartLine[]): number {
  return Math.max(0, ...lines.map(({ columns }) => columns.xs.at(-1) ?? 0)) || 1;
}

/** On round steps, which the bounds lie on. */
function evenValues({ min, max }: { readonly min: number; readonly max: number }): readonly number[] {
  const isRound = (step: number) => {
    const digits = Number((step / 10 ** Math.floor(Math.log10(step))).toPrecision(6));
    return [1, 2, 2.5, 5, 10].includes(digits);
  };
  const steps = [4, 5, 3, 6, 2].find((count) => isRound((max - min) / count)) ?? 1;
  return Array.from({ length: steps + 1 }, (_, at) => Number((min + (at / steps) * (max - min)).toPrecision(9)));
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

/** Broken at gaps, and where no logarithm is. */
function pathOf(
  { columns }: ChartLine,
  xAt: (x: number) => number,
  yAt: (y: number) => number,
  isLog: boolean,
): string {
  const { top, bottom, height } = drawing;
  let isDrawing = false;
  return columns.xs
    .map((x, index) => {
      const y = columns.ys[index] ?? null;
      const isThere = y !== null && (!isLog || y > 0);
      const deed = isDrawing ? "L" : "M";
      isDrawing = isThere;
      if (!isThere) return "";
      // Of single batches some lie beyond the axis.
      const inside = Math.min(height - bottom, Math.max(top, yAt(y)));
      return `${deed}${xAt(x).toFixed(1)} ${inside.toFixed(1)}`;
    })
    .join("");
}
