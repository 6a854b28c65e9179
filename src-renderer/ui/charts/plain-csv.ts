/** The values of a chart that is drawn once, as a table for other programs. */
import { csvOf } from "../../../src-main/domain/csv.ts";
import type { PlainAxis } from "./plain-axes.ts";
import type { PlainLine } from "./plain-line.ts";
import type { PointSeries } from "./point-series.ts";

interface Drawn {
  readonly title: string;
  /** As over the saved picture. */
  readonly about: string;
  readonly x: PlainAxis;
  readonly y: PlainAxis;
}

interface PlainRow {
  readonly series: string;
  /** In words; empty for a place along a line. */
  readonly point: string;
  readonly x: number;
  readonly y: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export function linesCsv(chart: Drawn & { readonly lines: readonly PlainLine[] }): string {
  const rows = chart.lines.flatMap(({ label, name = label ?? "", points }) =>
    points.map(([x, y]) => ({ series: name, point: "", x, y, interval: null })),
  );
  return rowsCsv(chart, rows);
}

export function pointsCsv(chart: Drawn & { readonly series: readonly PointSeries[] }): string {
  const rows = chart.series.flatMap(({ label, points }) =>
    points.map(({ title, x, y, interval }) => ({ series: label, point: title, x, y, interval })),
  );
  return rowsCsv(chart, rows);
}

function rowsCsv({ title, about, x, y }: Drawn, rows: readonly PlainRow[]): string {
  return csvOf<PlainRow>(
    [
      ["figure", () => title],
      ["about", () => about],
      ["series", ({ series }) => series],
      ["point", ({ point }) => point],
      ["x_is", () => x.label],
      ["x", (row) => row.x],
      ["y_is", () => y.label],
      ["y", (row) => row.y],
      ["unit", () => y.unit ?? ""],
      ["low", ({ interval }) => interval?.low ?? ""],
      ["high", ({ interval }) => interval?.high ?? ""],
    ],
    rows,
  );
}
