/**
 * One curve as two plain columns of equal length, x ascending. They are mutated in place and never proxied: a curve grows by thousands of
 * points, and whoever draws it is told by a version number beside it.
 */
export interface Columns {
  readonly xs: number[];
  /** Null is a gap: no value was recorded, and the line is broken there. */
  readonly ys: (number | null)[];
}

/** Beyond this many points a curve is halved. A chart is never wider than this in pixels. */
export const mostPoints = 4_000;

export function emptyColumns(): Columns {
  return { xs: [], ys: [] };
}

/**
 * Appends a point if it lies behind the last one, and says whether it did. A point that was already loaded with the history arrives again
 * when a window connects in the middle of a run: it is dropped.
 */
export function appendPoint(columns: Columns, x: number, y: number | null): boolean {
  const last = columns.xs.at(-1);
  if (last !== undefined && x <= last) return false;
  columns.xs.push(x);
  columns.ys.push(y !== null && Number.isFinite(y) ? y : null);
  if (columns.xs.length > mostPoints) halve(columns);
  return true;
}

/** History joined with what arrived while it was on its way; where both have an x, the history's value stands. */
export function mergedColumns(history: Columns, arrived: Columns): Columns {
  const values = new Map<number, number | null>();
  for (const [index, x] of arrived.xs.entries()) values.set(x, arrived.ys[index] ?? null);
  for (const [index, x] of history.xs.entries()) values.set(x, history.ys[index] ?? null);
  const xs = [...values.keys()].sort((a, b) => a - b);
  return { xs, ys: xs.map((x) => values.get(x) ?? null) };
}

/** Keeps every second point, counted from the last, so that the newest value always stays. */
function halve(columns: Columns): void {
  const length = columns.xs.length;
  let kept = 0;
  for (let index = (length - 1) % 2; index < length; index += 2) {
    columns.xs[kept] = columns.xs[index]!;
    columns.ys[kept] = columns.ys[index] ?? null;
    kept += 1;
  }
  columns.xs.length = kept;
  columns.ys.length = kept;
}

/**
 * Where the curve ends: its last value that is no gap. Where it runs on beyond `edge`, the place at which it crosses the edge, on the straight
 * line between its neighbours. Null for a curve without any value before the edge.
 */
export function lastPoint(columns: Columns, edge = Number.POSITIVE_INFINITY): { x: number; y: number } | null {
  let beyond: { x: number; y: number } | null = null;
  for (let index = columns.xs.length - 1; index >= 0; index -= 1) {
    const x = columns.xs[index]!;
    const y = columns.ys[index];
    if (y === null || y === undefined) continue;
    if (x > edge) beyond = { x, y };
    else if (beyond === null || x === edge) return { x, y };
    else return { x: edge, y: y + ((beyond.y - y) * (edge - x)) / (beyond.x - x) };
  }
  return null;
}

/** The recorded value nearest to `x`, gaps passed over; null for a curve without any. */
export function nearestPoint(columns: Columns, x: number): { x: number; y: number } | null {
  let best: { x: number; y: number } | null = null;
  for (const [index, candidate] of columns.xs.entries()) {
    const y = columns.ys[index];
    if (y === null || y === undefined) continue;
    if (best === null || Math.abs(candidate - x) < Math.abs(best.x - x)) best = { x: candidate, y };
  }
  return best;
}
