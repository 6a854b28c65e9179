import { csvOf } from "../../../src-main/domain/csv.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import type { OutcomeLine, OutcomeLines, OutcomePoint } from "./outcome-lines.ts";

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
