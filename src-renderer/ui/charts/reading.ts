/** What is read off a chart at one place, for the line of words above it. */
import type { ChartLine } from "./chart-line.ts";
import { nearestPoint } from "./columns.ts";

export interface Reading {
  readonly x: number;
  readonly values: readonly { readonly id: string; readonly label: string; readonly hue: number; readonly y: number }[];
}

function strongLines(lines: readonly ChartLine[]): readonly ChartLine[] {
  const strong = lines.filter((line) => line.strength === "strong" && line.columns.xs.length > 0);
  return strong.length > 0 ? strong : lines;
}

/** The places that have a value in any strong line (in any line while there is no strong one), ascending. */
function readablePlaces(lines: readonly ChartLine[]): number[] {
  const xs = strongLines(lines).flatMap((line) =>
    line.columns.xs.filter((_, index) => line.columns.ys[index] !== null),
  );
  return [...new Set(xs)].sort((a, b) => a - b);
}

/** The values at the recorded place nearest to `x`; null while nothing is recorded. */
export function readingAt(lines: readonly ChartLine[], x: number): Reading | null {
  const places = readablePlaces(lines);
  if (places.length === 0) return null;
  const at = places.reduce((best, candidate) => (Math.abs(candidate - x) < Math.abs(best - x) ? candidate : best));
  const values = strongLines(lines).flatMap((line) => {
    const point = nearestPoint(line.columns, at);
    // A line that ended before this place says nothing here.
    return point === null || Math.abs(point.x - at) > widestGap(line) / 2
      ? []
      : [{ id: line.id, label: line.label, hue: line.hue, y: point.y }];
  });
  return { x: at, values };
}

/** Between two of its places, or from nothing to its first. */
function widestGap({ columns: { xs } }: ChartLine): number {
  return xs.reduce((widest, x, index) => Math.max(widest, x - (xs[index - 1] ?? 0)), 0);
}

/** The reading one step on from `from` (from the near end when there is none); stays at the ends. */
export function nextReading(lines: readonly ChartLine[], from: number | null, step: 1 | -1): Reading | null {
  const places = readablePlaces(lines);
  if (places.length === 0) return null;
  if (from === null) return readingAt(lines, step === 1 ? places[0]! : places.at(-1)!);
  const index = places.findIndex((candidate) => candidate >= from);
  const next = Math.max(0, Math.min(places.length - 1, (index === -1 ? places.length - 1 : index) + step));
  return readingAt(lines, places[next]!);
}
