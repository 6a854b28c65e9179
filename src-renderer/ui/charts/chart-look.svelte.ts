/** How a person wants charts of curves drawn: the same for all of them, until the page is loaded anew. */
import { createContext } from "svelte";
import type { AxisId, ChartLine } from "./chart-line.ts";
import type { Columns } from "./columns.ts";

/** Beyond this nothing of a curve is left. */
export const mostSmoothing = 0.99;

export class ChartLook {
  /** Of the values of single batches: 0 leaves them. */
  smoothing = $state(0);
  hasBatches = $state(true);
  isLog = $state(false);
  /** The value axis goes from the least to the largest value, and not from zero. */
  isFitted = $state(false);
  /** As wished: a chart that has no such places goes by epochs. */
  axis = $state<AxisId>("epoch");
}

export const [chartLook, provideChartLook] = createContext<ChartLook>();

/** What of these lines is drawn. Values after whole epochs stay as they were recorded, whatever is smoothed. */
export function drawnLines(
  lines: readonly ChartLine[],
  { smoothing, hasBatches }: Pick<ChartLook, "smoothing" | "hasBatches">,
): readonly ChartLine[] {
  const shown = hasBatches ? lines : lines.filter(({ strength }) => strength === "strong");
  if (smoothing === 0) return shown;
  return shown.map((line) =>
    line.strength === "strong" ? line : { ...line, columns: smoothed(line.columns, smoothing) },
  );
}

/**
 * Exponential moving average, without its pull towards zero at the start: mᵢ = s·mᵢ₋₁ + (1 − s)·yᵢ over 1 − sⁱ (Kingma and Ba 2015, section 3), as
 * TensorBoard has it. A gap stays one.
 * @param smoothing s, from 0 to below 1
 */
export function smoothed({ xs, ys }: Columns, smoothing: number): Columns {
  let mean = 0;
  let weight = 1;
  return {
    xs: [...xs],
    ys: ys.map((y) => {
      if (y === null) return null;
      mean = smoothing * mean + (1 - smoothing) * y;
      weight *= smoothing;
      return mean / (1 - weight);
    }),
  };
}
