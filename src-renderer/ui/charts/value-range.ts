import type { ChartFloor, ChartLine } from "./chart-line.ts";

/** Share of the faint values that must fit; the first batches' spikes may leave the plot so that the rest can be read. */
const faintShare = 0.98;

/**
 * What the value axis must show: every strong value, band and floor, all but the wildest faint values, and zero unless it is fitted to the values.
 * Null while nothing is recorded.
 */
export function valueRange(
  lines: readonly ChartLine[],
  floors: readonly ChartFloor[],
  isFitted = false,
): { readonly low: number; readonly high: number } | null {
  const strong: number[] = floors.map((floor) => floor.value);
  const faint: number[] = [];
  for (const line of lines) {
    const into = line.strength === "strong" ? strong : faint;
    for (const y of line.columns.ys) if (y !== null) into.push(y);
    for (const y of [...(line.band?.low ?? []), ...(line.band?.high ?? [])]) if (y !== null) strong.push(y);
  }
  if (strong.length + faint.length === 0) return null;
  faint.sort((a, b) => a - b);
  const faintHigh = faint[Math.ceil(faint.length * faintShare) - 1] ?? Number.NEGATIVE_INFINITY;
  const high = strong.reduce((most, y) => Math.max(most, y), faintHigh);
  const low = strong.reduce((least, y) => Math.min(least, y), faint[0] ?? strong[0] ?? 0);
  if (isFitted) return high > low ? { low, high } : { low: low - evenMargin(low), high: high + evenMargin(high) };
  return { low: Math.min(0, low), high: high > 0 ? high : 1 };
}

/** Around values that are all the same. */
const evenMargin = (value: number): number => 0.1 * Math.abs(value) || 0.5;
