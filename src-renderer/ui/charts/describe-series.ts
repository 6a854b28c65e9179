import type { ChartAxis, ChartFloor, ChartLine } from "./chart-line.ts";
import type { Columns } from "./columns.ts";

/** What a sentence about a chart is made of. */
export interface SeriesQuestion {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly floors: readonly ChartFloor[];
  readonly better: "lower" | "higher" | null;
  readonly format: (value: number) => string;
  /** A place on the axis that the lines lie over: `at epoch 3`. */
  readonly place: ChartAxis["place"];
}

/**
 * The chart in a sentence for each strong line: where it starts, where it stands, and its best value where one way is better.
 * Said to those who cannot see the curve, and shown above its table.
 */
export function describeSeries(question: SeriesQuestion): string {
  const strong = question.lines.filter((line) => line.strength === "strong");
  const told = strong.map((line) => describeLine(line, question)).filter((sentence) => sentence !== null);
  if (told.length === 0) return `${question.title}: no values yet.`;
  const floors = question.floors.map(({ label, reference, value }) =>
    reference === undefined
      ? `${label} cannot fall below ${question.format(value)}.`
      : `${label}: ${question.format(value)}.`,
  );
  return [`${question.title}.`, ...told, ...floors].join(" ");
}

function describeLine(line: ChartLine, question: SeriesQuestion): string | null {
  const points = recorded(line.columns);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const { format: say, place } = question;
  if (first === last) return `${line.label}: ${say(last.y)} ${place(last.x)}.`;
  const way = last.y < first.y ? "falls" : last.y > first.y ? "rises" : "stays";
  const course =
    way === "stays"
      ? `${line.label} stands at ${say(last.y)} ${place(first.x)} and ${place(last.x)}`
      : `${line.label} ${way} from ${say(first.y)} ${place(first.x)} to ${say(last.y)} ${place(last.x)}`;
  if (question.better === null) return `${course}.`;
  const isLower = question.better === "lower";
  const best = points.reduce((a, b) => ((isLower ? b.y < a.y : b.y > a.y) ? b : a));
  if (best.y === last.y) return `${course}, its ${isLower ? "lowest" : "highest"}.`;
  return `${course}; its ${isLower ? "lowest" : "highest"} is ${say(best.y)} ${place(best.x)}.`;
}

function recorded(columns: Columns): { x: number; y: number }[] {
  return columns.xs.flatMap((x, index) => {
    const y = columns.ys[index];
    return y === null || y === undefined ? [] : [{ x, y }];
  });
}

/** One row of the table behind a chart: an epoch, and each strong line's value there (null where it has none). */
export interface TableRow {
  readonly x: number;
  readonly values: readonly (number | null)[];
}

export function tableRows(lines: readonly ChartLine[]): TableRow[] {
  const strong = lines.filter((line) => line.strength === "strong");
  const byLine = strong.map((line) => new Map(recorded(line.columns).map((point) => [point.x, point.y])));
  const xs = [...new Set(byLine.flatMap((values) => [...values.keys()]))].sort((a, b) => a - b);
  return xs.map((x) => ({ x, values: byLine.map((values) => values.get(x) ?? null) }));
}
