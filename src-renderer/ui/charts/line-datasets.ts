/** From a line to what chart.js draws: its curve, and the band around it. */
import type { ChartDataset } from "chart.js";
import { type ChartColors, dashOf, faded, hueCount } from "./chart-colors.ts";
import type { ChartLine } from "./chart-line.ts";
import type { Columns } from "./columns.ts";

export type Point = { x: number; y: number };
export type LineDataset = ChartDataset<"line", Point[]>;

const faintOpacity = 0.28;
const bandOpacity = 0.12;

export function datasetsOf(line: ChartLine, colors: ChartColors, grown: GrownPoints, scale: number): LineDataset[] {
  const { stroke } = colors.hues[line.hue % hueCount]!;
  const data = grown.of(line.id, line.columns);
  const isStrong = line.strength === "strong";
  const curve: LineDataset = {
    data,
    borderColor: isStrong ? stroke : faded(stroke, faintOpacity),
    backgroundColor: stroke,
    borderWidth: (isStrong ? 2.25 : 1) * scale,
    borderDash: isStrong ? dashOf(line.hue).map((length) => length * scale) : [],
    borderJoinStyle: "round",
    pointRadius: isStrong && data.length === 1 ? 3 * scale : 0,
    pointHitRadius: 0,
    spanGaps: false,
  };
  if (!line.band) return [curve];
  const { low, high } = line.band;
  const edge = (values: readonly (number | null)[], fill: LineDataset["fill"]): LineDataset => ({
    data: line.columns.xs.map((x, index) => ({ x, y: values[index] ?? Number.NaN })),
    borderWidth: 0,
    pointRadius: 0,
    pointHitRadius: 0,
    backgroundColor: faded(stroke, bandOpacity),
    fill,
  });
  return [edge(low, false), edge(high, "-1"), curve];
}

/** The points of each line as chart.js wants them. A line that only grew gets its new points pushed; any other change builds it anew. */
export class GrownPoints {
  readonly #drawn = new Map<string, { columns: Columns; points: Point[] }>();

  of(id: string, columns: Columns): Point[] {
    const known = this.#drawn.get(id);
    const isGrown =
      known !== undefined &&
      known.columns === columns &&
      known.points.length <= columns.xs.length &&
      known.points[0]?.x === columns.xs[0] &&
      known.points.at(-1)?.x === columns.xs[known.points.length - 1];
    const points = isGrown ? known.points : [];
    for (let index = points.length; index < columns.xs.length; index += 1) {
      points.push({ x: columns.xs[index]!, y: columns.ys[index] ?? Number.NaN });
    }
    this.#drawn.set(id, { columns, points });
    return points;
  }

  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#drawn.keys()) if (!ids.has(id)) this.#drawn.delete(id);
  }
}
