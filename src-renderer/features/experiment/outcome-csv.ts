import { type CsvColumn, csvOf } from "../../../src-main/domain/csv.ts";
import { levelKey } from "../../../src-main/domain/experiments/experiment-outcome.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import type { OutcomeLine, OutcomeLines, OutcomePoint } from "./outcome-lines.ts";
import type { ParallelRow, ParallelRows } from "./parallel-rows.ts";

/** The points of a chart of outcomes as a table for other programs: means over seeds with Student's 95 % interval. @param pictures null where it is not known */
export function outcomeCsv({ axis, lines }: OutcomeLines, metric: Metric, pictures: number | null): string {
  const rows = lines.flatMap((line) => line.points.map((point) => ({ line, point })));
  return csvOf<{ readonly line: OutcomeLine; readonly point: OutcomePoint }>(
    [
      ["figure", () => metric.id],
      ["split", () => "validation"],
      ["pictures", () => pictures ?? ""],
      ["unit", () => metric.unit],
      ["along", () => axis.title],
      ["level", ({ point }) => point.text],
      ["line", ({ line }) => line.label],
      ["finished", ({ point }) => point.finished],
      ["mean", ({ point }) => point.spread.mean],
      ["low", ({ point }) => point.spread.interval?.low ?? ""],
      ["high", ({ point }) => point.spread.interval?.high ?? ""],
    ],
    rows,
  );
}

/** The rows of a chart of all settings at once, the best first: a column for each setting. @param pictures null where it is not known */
export function parallelCsv({ axes, rows }: ParallelRows, metric: Metric, pictures: number | null): string {
  return csvOf<ParallelRow>(
    [
      ["figure", () => metric.id],
      ["split", () => "validation"],
      ["pictures", () => pictures ?? ""],
      ["unit", () => metric.unit],
      ...axes.map(
        ({ title, ticks }, axis): CsvColumn<ParallelRow> => [
          title,
          ({ row }) => {
            const level = row.levels[axis];
            return ticks.find(({ key }) => level !== undefined && key === levelKey(level))?.text ?? "";
          },
        ],
      ),
      ["mean", ({ value }) => value],
    ],
    rows,
  );
}
