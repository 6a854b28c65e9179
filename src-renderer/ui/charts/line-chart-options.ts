import type { ChartOptions } from "chart.js";
import type { AnnotationOptions } from "chartjs-plugin-annotation";
import { roundStep } from "../../../src-main/domain/round-steps.ts";
import { type ChartColors, hueCount } from "./chart-colors.ts";
import type { ChartAxis, ChartFloor } from "./chart-line.ts";

/** The most marks on each axis. */
export const mostMarks = { x: 7, y: 6 } as const;

/** The options that never change with the data; colours and ranges are set by `applyContent`. */
export function baseOptions(onZoom: () => void): ChartOptions<"line"> {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    events: [],
    scales: {
      x: {
        type: "linear",
        min: 0,
        ticks: { maxTicksLimit: mostMarks.x, maxRotation: 0, includeBounds: false },
        grid: { display: false },
      },
      y: {
        type: "linear",
        ticks: { maxTicksLimit: mostMarks.y, padding: 6, includeBounds: false },
        border: { display: false },
      },
    },
    plugins: {
      annotation: { annotations: {}, clip: true },
      zoom: {
        limits: { x: { min: "original", max: "original" }, y: { min: "original", max: "original" } },
        zoom: { mode: "xy", drag: { enabled: true, threshold: 6 }, onZoom },
      },
    },
  };
}

export function floorAnnotations(
  floors: readonly ChartFloor[],
  colors: ChartColors,
  scale: number,
): Record<string, AnnotationOptions> {
  return Object.fromEntries(
    floors.map((floor): [string, AnnotationOptions] => [
      floor.id,
      {
        type: "line",
        yMin: floor.value,
        yMax: floor.value,
        borderColor: floor.hue === null ? colors.secondInk : colors.hues[floor.hue % hueCount]!.stroke,
        borderWidth: 1.25 * scale,
        borderDash: [1.5 * scale, 3.5 * scale],
      },
    ]),
  );
}

/** Words on the axis; the last one also says what is counted. */
export function tickOf({ tick, lastTick }: ChartAxis) {
  return (value: number | string, index: number, ticks: readonly unknown[]): string =>
    index === ticks.length - 1 ? lastTick(Number(value)) : tick(Number(value));
}

/**
 * Bounds of the value axis on whole steps of 1, 2 or 5. The axis cuts at most five spaces, so the steps that it finds fall on these bounds.
 */
export function roundedBounds(range: { low: number; high: number } | null): { min: number; max: number } {
  if (range === null) return { min: 0, max: 1 };
  const step = roundStep(range.high - range.low, 4);
  const onStep = (steps: number): number => Number((steps * step).toPrecision(12));
  const steps = (value: number): number => Number((value / step).toFixed(9));
  return { min: onStep(Math.floor(steps(range.low))), max: onStep(Math.ceil(steps(range.high))) };
}
