/** A line chart on a canvas: what chart.js is told, and when. The component around it holds the words. */
import {
  Chart,
  type ChartDataset,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
} from "chart.js";
import annotation from "chartjs-plugin-annotation";
import zoom from "chartjs-plugin-zoom";
import { type ChartColors, dashOf, faded, hueCount, onColorsChange, readChartColors } from "./chart-colors.ts";
import type { ChartContent, ChartLine } from "./chart-line.ts";
import type { Columns } from "./columns.ts";
import { endLabelsPlugin } from "./end-labels.ts";
import { baseOptions, floorAnnotations, roundedBounds } from "./line-chart-options.ts";
import { valueRange } from "./value-range.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, annotation, zoom);

type Point = { x: number; y: number };
type LineDataset = ChartDataset<"line", Point[]>;

const faintOpacity = 0.34;
const bandOpacity = 0.12;

export interface LineChart {
  /** Shows this content; points that were drawn before are not built again. */
  show(content: ChartContent): void;
  /** Draws the reading hairline at this epoch; null takes it away. */
  readAt(x: number | null): void;
  /** The epoch under a place on the canvas, in CSS pixels from its left edge; null outside the plot. */
  epochAt(offsetX: number): number | null;
  zoomBy(factor: number): void;
  resetZoom(): void;
  destroy(): void;
}

export function createLineChart(
  canvas: HTMLCanvasElement,
  first: ChartContent,
  onZoom: (isZoomed: boolean) => void,
): LineChart {
  let content = first;
  let colors = readChartColors(canvas);
  let readingX: number | null = null;
  let frame = 0;
  let isGone = false;
  const grown = new GrownPoints();
  const source = { content: () => content, colors: () => colors };
  const chart: Chart<"line", Point[]> = new Chart<"line", Point[]>(canvas, {
    type: "line",
    data: { datasets: [] },
    options: baseOptions(() => onZoom(chart.isZoomedOrPanned())),
    plugins: [endLabelsPlugin(source), hairlinePlugin(() => readingX, source.colors)],
  });

  const draw = (): void => {
    frame = 0;
    if (isGone) return;
    applyContent(chart, content, colors, grown);
    chart.update("none");
  };
  const drawSoon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const endColors = onColorsChange(() => {
    colors = readChartColors(canvas);
    drawSoon();
  });
  // The first drawing may come before the fonts; the names' widths are measured again then.
  void document.fonts.ready.then(drawSoon);
  draw();

  return {
    show(next) {
      content = next;
      drawSoon();
    },
    readAt(x) {
      readingX = x;
      chart.draw();
    },
    epochAt(offsetX) {
      const { left, right } = chart.chartArea;
      if (offsetX < left - 8 || offsetX > right + 8) return null;
      return chart.scales.x?.getValueForPixel(offsetX) ?? null;
    },
    zoomBy(factor) {
      chart.zoom({ x: factor, y: 1 }, "none");
    },
    resetZoom() {
      chart.resetZoom("none");
      onZoom(false);
      drawSoon();
    },
    destroy() {
      isGone = true;
      cancelAnimationFrame(frame);
      endColors();
      chart.destroy();
    },
  };
}

function applyContent(
  chart: Chart<"line", Point[]>,
  content: ChartContent,
  colors: ChartColors,
  grown: GrownPoints,
): void {
  const inOrder = content.lines.toSorted((a, b) => Number(a.strength === "strong") - Number(b.strength === "strong"));
  chart.data.datasets = inOrder.flatMap((line) => datasetsOf(line, colors, grown));
  grown.keepOnly(new Set(inOrder.map((line) => line.id)));
  const { x, y } = chart.options.scales!;
  const { annotation: notes } = chart.options.plugins!;
  if (notes) notes.annotations = floorAnnotations(content.floors, colors);
  for (const scale of [x, y]) {
    Object.assign(scale!.ticks!, { color: colors.secondInk, font: { family: colors.font, size: 11.5 } });
  }
  Object.assign(x!, { border: { color: colors.strongLine } });
  Object.assign(y!, { grid: { color: colors.line, drawTicks: false } });
  Object.assign(y!.ticks!, { callback: (value: number | string) => content.formatTick(Number(value)) });
  const drag = chart.options.plugins!.zoom?.zoom?.drag;
  if (drag) Object.assign(drag, { backgroundColor: faded(colors.ink, 0.08), borderColor: faded(colors.ink, 0.3) });
  if (chart.isZoomedOrPanned()) return;
  const bounds = roundedBounds(valueRange(content.lines, content.floors));
  Object.assign(y!, bounds);
  Object.assign(x!, { max: content.epochs ?? lastX(content.lines) });
}

function lastX(lines: readonly ChartLine[]): number {
  return Math.max(1, ...lines.map((line) => line.columns.xs.at(-1) ?? 0));
}

function datasetsOf(line: ChartLine, colors: ChartColors, grown: GrownPoints): LineDataset[] {
  const { stroke } = colors.hues[line.hue % hueCount]!;
  const data = grown.of(line.id, line.columns);
  const isStrong = line.strength === "strong";
  const curve: LineDataset = {
    data,
    borderColor: isStrong ? stroke : faded(stroke, faintOpacity),
    backgroundColor: stroke,
    borderWidth: isStrong ? 2.25 : 1,
    borderDash: isStrong ? dashOf(line.hue) : [],
    borderJoinStyle: "round",
    pointRadius: isStrong && data.length === 1 ? 3 : 0,
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
class GrownPoints {
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

/** A thin upright line where a person reads values. */
function hairlinePlugin(x: () => number | null, colors: () => ChartColors): Plugin<"line"> {
  return {
    id: "hairline",
    afterDatasetsDraw(chart) {
      const at = x();
      if (at === null) return;
      const pixel = chart.scales.x?.getPixelForValue(at) ?? 0;
      const { top, bottom, left, right } = chart.chartArea;
      if (pixel < left - 1 || pixel > right + 1) return;
      const { ctx } = chart;
      ctx.save();
      ctx.strokeStyle = colors().strongLine;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(pixel, top);
      ctx.lineTo(pixel, bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}
