/** A chart's values as a table for other programs: as they were recorded, whatever is smoothed, hidden or zoomed. */
import { csvOf } from "../../../src-main/domain/csv.ts";
import type { ChartLine } from "./chart-line.ts";

interface ChartRow {
  readonly line: ChartLine;
  readonly x: number;
  readonly y: number;
  readonly index: number;
}

/** @param chart.over what the values after whole epochs are over @param chart.about unit and pictures, as over the chart */
export function chartCsv(chart: {
  readonly title: string;
  readonly over: string;
  readonly about: string;
  readonly lines: readonly ChartLine[];
}): string {
  const rows = chart.lines.flatMap((line) =>
    line.columns.xs.flatMap((x, index): readonly ChartRow[] => {
      const y = line.columns.ys[index] ?? null;
      return y === null ? [] : [{ line, x, y, index }];
    }),
  );
  return csvOf<ChartRow>(
    [
      ["figure", () => chart.title],
      ["about", () => chart.about],
      ["series", ({ line }) => line.label],
      ["over", ({ line }) => (line.strength === "strong" ? chart.over : "training batches")],
      ["epoch", ({ x }) => x],
      ["step", ({ line, x }) => (line.along ? Math.round(x * line.along.stepsPerEpoch) : "")],
      ["training_seconds", ({ line, x }) => line.along?.secondsAt?.(x) ?? ""],
      ["value", ({ y }) => y],
      ["low", ({ line, index }) => line.band?.low[index] ?? ""],
      ["high", ({ line, index }) => line.band?.high[index] ?? ""],
      ["low_to_high", ({ line }) => line.band?.label ?? ""],
    ],
    rows,
  );
}
