/** What is read off a chart at one epoch, for the line of words above it. */
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

/** The epochs that have a value in any strong line (in any line while there is no strong one), ascending. */
function readableEpochs(lines: readonly ChartLine[]): number[] {
  const xs = strongLines(lines).flatMap((line) =>
    line.columns.xs.filter((_, index) => line.columns.ys[index] !== null),
  );
  return [...new Set(xs)].sort((a, b) => a - b);
}

/** The values at the recorded epoch nearest to `x`; null while nothing is recorded. */
export function readingAt(lines: readonly ChartLine[], x: number): Reading | null {
  const epochs = readableEpochs(lines);
  if (epochs.length === 0) return null;
  const at = epochs.reduce((best, candidate) => (Math.abs(candidate - x) < Math.abs(best - x) ? candidate : best));
  const values = strongLines(lines).flatMap((line) => {
    const point = nearestPoint(line.columns, at);
    // A line that ended before this epoch says nothing here.
    return point === null || Math.abs(point.x - at) > 0.5
      ? []
      : [{ id: line.id, label: line.label, hue: line.hue, y: point.y }];
  });
  return { x: at, values };
}

/** The reading one step on from `from` (from the near end when there is none); stays at the ends. */
export function nextReading(lines: readonly ChartLine[], from: number | null, step: 1 | -1): Reading | null {
  const epochs = readableEpochs(lines);
  if (epochs.length === 0) return null;
  if (from === null) return readingAt(lines, step === 1 ? epochs[0]! : epochs.at(-1)!);
  const index = epochs.findIndex((candidate) => candidate >= from);
  const next = Math.max(0, Math.min(epochs.length - 1, (index === -1 ? epochs.length - 1 : index) + step));
  return readingAt(lines, epochs[next]!);
}
