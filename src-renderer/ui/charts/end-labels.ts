/** Names at the lines' ends instead of a legend, and the floors' numbers among them, moved apart where they would overlap. */
import type { Chart, Plugin } from "chart.js";
import { fitted } from "../../lib/names.ts";
import { type ChartColors, hueCount } from "./chart-colors.ts";
import type { ChartContent } from "./chart-line.ts";
import { lastPoint } from "./columns.ts";
import { spreadLabels } from "./spread-labels.ts";

const textPixels = 11.5;
const gapPixels = 14;
const leadPixels = 10;
/** Below this width of a chart the names stand without their values: the line of words above the plot has them. */
const narrowPixels = 360;
/** At most this share of the chart goes to names; longer ones are cut. */
const widestShare = 0.3;

interface EndLabel {
  readonly text: string;
  readonly hue: number | null;
  readonly isFloor: boolean;
  readonly x: number;
  readonly y: number;
}

export interface EndLabelsSource {
  readonly content: () => ChartContent;
  readonly colors: () => ChartColors;
}

export function endLabelsPlugin(source: EndLabelsSource): Plugin<"line"> {
  return {
    id: "endLabels",
    beforeLayout(chart) {
      const widest = labelsOf(chart, source.content(), null).reduce((most, label) => {
        setFont(chart, source.colors(), label.isFloor, source.content().scale);
        return Math.max(most, chart.ctx.measureText(label.text).width);
      }, 24);
      chart.options.layout = {
        padding: {
          top: 6 * source.content().scale,
          right: Math.ceil(Math.min(widest, chart.width * widestShare)) + leadPixels * source.content().scale + 4,
        },
      };
    },
    afterDatasetsDraw(chart) {
      drawLabels(chart, source.content(), source.colors());
    },
  };
}

/** What is said at the right edge. With `scales` null only the words matter. */
function labelsOf(chart: Chart, content: ChartContent, scales: Chart["scales"] | null): EndLabel[] {
  const isNarrow = chart.width < narrowPixels * content.scale;
  const place = (x: number, y: number) => ({
    x: scales?.x?.getPixelForValue(x) ?? 0,
    y: scales?.y?.getPixelForValue(y) ?? 0,
  });
  const labels: EndLabel[] = [];
  const shownEnd = scales?.x?.max;
  for (const line of content.lines) {
    if (line.strength === "faint" || line.endLabel === "") continue;
    const last = lastPoint(line.columns, shownEnd);
    if (last === null) continue;
    // At the edge of a closer look there stands no recorded value: the name alone.
    const isWhole = shownEnd === undefined || (line.columns.xs.at(-1) ?? 0) <= shownEnd;
    const text = isNarrow || !isWhole ? line.endLabel : `${line.endLabel} ${content.format(last.y)}`;
    labels.push({ text, hue: line.hue, isFloor: false, ...place(last.x, last.y) });
  }
  for (const floor of content.floors) {
    const ofWhich = content.floors.length > 1 ? ` ${floor.endLabel}` : "";
    labels.push({
      text: floor.reference
        ? `${floor.reference}${isNarrow ? "" : ` ${content.formatTick(floor.value)}`}`
        : `floor ${content.format(floor.value)}${ofWhich}`,
      hue: floor.hue,
      isFloor: true,
      ...place(0, floor.value),
    });
  }
  return labels;
}

function setFont(chart: Chart, colors: ChartColors, isFloor: boolean, scale: number): void {
  chart.ctx.font = `${isFloor ? 400 : 600} ${textPixels * scale}px ${colors.font}`;
}

function drawLabels(chart: Chart, content: ChartContent, colors: ChartColors): void {
  const { ctx, chartArea, scales } = chart;
  const { scale } = content;
  const isInside = (label: EndLabel): boolean => label.y >= chartArea.top - 1 && label.y <= chartArea.bottom + 1;
  const labels = labelsOf(chart, content, scales).filter(isInside);
  const wanted = labels.map((label) => label.y);
  const given = spreadLabels(wanted, gapPixels * scale, chartArea.top, chartArea.bottom);
  const left = chartArea.right + leadPixels * scale;
  ctx.save();
  ctx.textBaseline = "middle";
  ctx.strokeStyle = colors.sheet;
  ctx.lineWidth = 4;
  ctx.lineJoin = "round";
  for (const [index, label] of labels.entries()) {
    const hue =
      label.hue === null ? { stroke: colors.secondInk, text: colors.secondInk } : colors.hues[label.hue % hueCount]!;
    const y = given[index]!;
    if (!label.isFloor) {
      ctx.fillStyle = hue.stroke;
      ctx.beginPath();
      ctx.arc(Math.min(label.x, chartArea.right), label.y, 3 * scale, 0, 2 * Math.PI);
      ctx.fill();
    }
    setFont(chart, colors, label.isFloor, scale);
    ctx.fillStyle = hue.text;
    // Beside the line's own end while it grows; at the right edge once it is there.
    const start = label.isFloor ? left : Math.min(left, label.x + leadPixels * scale);
    const text = fitted(label.text, (cut) => ctx.measureText(cut).width <= chart.width - start);
    // Batch values run on behind the last epoch: the ground shows around the letters.
    ctx.strokeText(text, start, y);
    ctx.fillText(text, start, y);
  }
  ctx.restore();
}
