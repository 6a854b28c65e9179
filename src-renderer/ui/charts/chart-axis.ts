/** What the horizontal axis of a chart of curves counts. Lines are recorded over epochs, and are placed anew on the other axes. */
import { exactTime } from "../../../src-main/domain/exact-time.ts";
import { count, noBreakSpace } from "../../lib/format.ts";
import type { AxisId, ChartAxis, ChartLine, LineAlong } from "./chart-line.ts";

/** Whole epochs without a decimal, parts of one with one. */
export function epoch(x: number): string {
  const rounded = Math.round(x * 10) / 10;
  return Number.isInteger(rounded) ? String(rounded) : rounded.toFixed(1);
}

const hasValues = ({ columns }: ChartLine): boolean => columns.ys.some((y) => y !== null);

/** Whether every line with values can be placed on this axis. */
export function isAvailable(id: AxisId, lines: readonly ChartLine[]): boolean {
  if (id === "epoch") return true;
  const drawn = lines.filter(hasValues);
  return drawn.length > 0 && drawn.every(({ along }) => along && (id === "step" || along.secondsAt !== null));
}

/** @param wished falls back to epochs where lines cannot be placed on it @param epochs right end, by epochs; null lets the values decide */
export function axisOf(wished: AxisId, lines: readonly ChartLine[], epochs: number | null): ChartAxis {
  if (!isAvailable(wished, lines)) return epochAxis(epochs);
  if (wished === "step") return stepAxis(lines, epochs);
  return wished === "time" ? timeAxis(lines) : epochAxis(epochs);
}

export function epochAxis(end: number | null): ChartAxis {
  return {
    ...{ id: "epoch", title: "Epoch", unitSeconds: 1, end },
    tick: epoch,
    tickDecimals: 1,
    lastTick: (x) => `${epoch(x)} ${epoch(x) === "1" ? "epoch" : "epochs"}`,
    heading: (x) => `Epoch ${epoch(x)}`,
    place: (x) => `at epoch ${epoch(x)}`,
  };
}

function stepAxis(lines: readonly ChartLine[], epochs: number | null): ChartAxis {
  const most = Math.max(...lines.map(({ along }) => along?.stepsPerEpoch ?? 0));
  const step = (x: number) => count(Math.round(x));
  return {
    ...{ id: "step", title: "Step", unitSeconds: 1, end: epochs && epochs * most },
    tick: step,
    tickDecimals: 0,
    lastTick: (x) => `${step(x)} ${step(x) === "1" ? "step" : "steps"}`,
    heading: (x) => `Step ${step(x)}`,
    place: (x) => `at step ${step(x)}`,
  };
}

/** Counts in the unit that its longest line asks for. */
function timeAxis(lines: readonly ChartLine[]): ChartAxis {
  const unit = timeUnitOf(lines);
  const whole = (x: number) => String(Number(x.toPrecision(4)));
  const said = (x: number) => exactTime(x * unit.seconds);
  return {
    ...{ id: "time", title: `Training time in ${unit.name}`, unitSeconds: unit.seconds, end: null },
    tick: whole,
    tickDecimals: null,
    lastTick: (x) => `${whole(x)}${noBreakSpace}${unit.name}`,
    heading: said,
    place: (x) => `after ${said(x)}`,
  };
}

const timeUnits = [
  { name: "h", seconds: 3_600 },
  { name: "min", seconds: 60 },
] as const;
const shortest = { name: "s", seconds: 1 } as const;

function timeUnitOf(lines: readonly ChartLine[]): { readonly name: string; readonly seconds: number } {
  const last = Math.max(
    ...lines.map(({ columns, along }) => {
      const known = columns.xs.findLast((x) => along?.secondsAt?.(x) != null);
      return known === undefined ? 0 : (along?.secondsAt?.(known) ?? 0);
    }),
  );
  return timeUnits.find(({ seconds }) => last >= 2 * seconds) ?? shortest;
}

/** Where on the axis a place over epochs lies; null for nowhere. */
export function placeOn({ id, unitSeconds }: ChartAxis, along: LineAlong | undefined, epochs: number): number | null {
  if (id === "epoch") return epochs;
  if (id === "step") return along ? epochs * along.stepsPerEpoch : null;
  const seconds = along?.secondsAt?.(epochs) ?? null;
  return seconds === null ? null : seconds / unitSeconds;
}

/** The lines on this axis: their values as they are, and what has no place there left out. Over epochs they stay the same objects, which grow in place. */
export function linesAlong(axis: ChartAxis, lines: readonly ChartLine[]): readonly ChartLine[] {
  if (axis.id === "epoch") return lines;
  return lines.map((line) => {
    const places = line.columns.xs.map((x) => placeOn(axis, line.along, x));
    const kept = <Value>(values: readonly Value[]) => values.filter((_, index) => places[index] !== null);
    const columns = { xs: places.filter((place) => place !== null), ys: kept(line.columns.ys) };
    const { band } = line;
    return { ...line, columns, ...(band && { band: { ...band, low: kept(band.low), high: kept(band.high) } }) };
  });
}
