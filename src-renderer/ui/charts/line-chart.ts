/** A line chart on a canvas: what chart.js is told, and when. The component around it holds the words. */
import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  type Plugin,
  PointElement,
} from "chart.js";
import annotation from "chartjs-plugin-annotation";
import zoom from "chartjs-plugin-zoom";
import { type ChartColors, faded, onColorsChange, readChartColors } from "./chart-colors.ts";
import { lastPlace, logBounds } from "./chart-drawing.ts";
import type { ChartContent, ChartView } from "./chart-line.ts";
import { endLabelsPlugin } from "./end-labels.ts";
import { baseOptions, floorAnnotations, roundedBounds, tickOf } from "./line-chart-options.ts";
import { datasetsOf, GrownPoints, type Point } from "./line-datasets.ts";
import { valueRange } from "./value-range.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Filler, annotation, zoom);

/** A chart on a canvas, from its making to `destroy`. */
export class LineChart {
  readonly #chart: Chart<"line", Point[]>;
  readonly #canvas: HTMLCanvasElement;
  readonly #onZoom: (view: ChartView | null) => void;
  readonly #endColors: () => void;
  readonly #grown = new GrownPoints();
  #content: ChartContent;
  #colors: ChartColors;
  #readingX: number | null = null;
  #frame = 0;
  #isGone = false;

  constructor(canvas: HTMLCanvasElement, content: ChartContent, onZoom: (view: ChartView | null) => void) {
    this.#canvas = canvas;
    this.#content = content;
    this.#onZoom = onZoom;
    this.#colors = readChartColors(canvas);
    const source = { content: () => this.#content, colors: () => this.#colors };
    this.#chart = new Chart<"line", Point[]>(canvas, {
      type: "line",
      data: { datasets: [] },
      options: baseOptions(() => onZoom(this.#view())),
      plugins: [endLabelsPlugin(source), hairlinePlugin(() => this.#readingX, source.colors)],
    });
    this.#endColors = onColorsChange(() => {
      this.#colors = readChartColors(this.#canvas);
      this.#drawSoon();
    });
    // The first drawing may come before the fonts; the names' widths are measured again then.
    void document.fonts.ready.then(() => this.#drawSoon());
    this.#draw();
  }

  /** Shows this content; points that were drawn before are not built again. */
  show(content: ChartContent): void {
    const { axis, isLog, isFitted } = this.#content;
    this.#content = content;
    // A closer look at one axis shows nothing of another.
    if (content.axis.id !== axis.id) this.resetZoom();
    else if ((content.isLog !== isLog || content.isFitted !== isFitted) && this.#view() !== null)
      this.#zoomAcrossAlone();
    this.#drawSoon();
  }

  /** Draws the reading hairline at this place of the axis; null takes it away. */
  readAt(x: number | null): void {
    this.#readingX = x;
    this.#chart.draw();
  }

  /** The place of the axis under a point of the canvas, in CSS pixels from its left edge; null outside the plot. */
  placeAt(offsetX: number): number | null {
    const { left, right } = this.#chart.chartArea;
    if (offsetX < left - 8 || offsetX > right + 8) return null;
    return this.#chart.scales.x?.getValueForPixel(offsetX) ?? null;
  }

  zoomBy(factor: number): void {
    this.#chart.zoom({ x: factor, y: 1 }, "none");
  }

  resetZoom(): void {
    this.#chart.resetZoom("none");
    this.#onZoom(null);
    this.#drawSoon();
  }

  destroy(): void {
    this.#isGone = true;
    cancelAnimationFrame(this.#frame);
    this.#endColors();
    this.#chart.destroy();
  }

  /** Null while the whole chart is seen. */
  #view(): ChartView | null {
    const { x, y } = this.#chart.scales;
    if (!x || !y || !this.#chart.isZoomedOrPanned()) return null;
    return { x: { min: x.min, max: x.max }, y: { min: y.min, max: y.max } };
  }

  /** Values of a linear axis may have no place on one by powers of ten: of what is seen, the places stay and the values become all of them. */
  #zoomAcrossAlone(): void {
    const { min, max } = this.#chart.scales.x!;
    this.resetZoom();
    this.#draw();
    this.#chart.zoomScale("x", { min, max }, "none");
  }

  #drawSoon(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    if (this.#isGone) return;
    applyContent(this.#chart, this.#content, this.#colors, this.#grown);
    this.#chart.update("none");
  }
}

function applyContent(
  chart: Chart<"line", Point[]>,
  content: ChartContent,
  colors: ChartColors,
  grown: GrownPoints,
): void {
  const inOrder = [...content.lines].sort((a, b) => Number(a.strength === "strong") - Number(b.strength === "strong"));
  chart.data.datasets = inOrder.flatMap((line) => datasetsOf(line, colors, grown, content.scale));
  grown.keepOnly(new Set(inOrder.map((line) => line.id)));
  const { x, y } = chart.options.scales!;
  const { annotation: notes } = chart.options.plugins!;
  if (notes) notes.annotations = floorAnnotations(content.floors, colors, content.scale);
  for (const scale of [x, y]) {
    Object.assign(scale!.ticks!, {
      color: colors.secondInk,
      font: { family: colors.font, size: 11.5 * content.scale },
    });
  }
  // A closer look would repeat the same number.
  Object.assign(x!.ticks!, { callback: tickOf(content.axis), precision: content.axis.tickDecimals ?? undefined });
  Object.assign(x!, { border: { color: colors.strongLine } });
  Object.assign(y!, { grid: { color: colors.line, drawTicks: false } });
  Object.assign(y!.ticks!, { callback: (value: number | string) => content.formatTick(Number(value)) });
  Object.assign(y!, { type: content.isLog ? "logarithmic" : "linear" });
  const drag = chart.options.plugins!.zoom?.zoom?.drag;
  if (drag) Object.assign(drag, { backgroundColor: faded(colors.ink, 0.08), borderColor: faded(colors.ink, 0.3) });
  if (chart.isZoomedOrPanned()) return;
  const range = content.range ?? valueRange(content.lines, content.floors, content.isFitted);
  // Numbers on the axis would be invented while nothing is recorded.
  const bounds = content.isLog ? logBounds(content.lines) : roundedBounds(range);
  Object.assign(y!, { ...bounds, display: range !== null });
  const max = content.axis.end ?? lastPlace(content.lines);
  Object.assign(x!, { max });
  Object.assign(chart.options.plugins!.zoom!.limits!.x!, { minRange: max / 40 });
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
