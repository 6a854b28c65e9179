import { expect, test } from "vitest";
import { epochAxis } from "../../src-renderer/ui/charts/chart-axis.ts";
import { chartCsv } from "../../src-renderer/ui/charts/chart-csv.ts";
import { chartDrawing, drawing, logBounds } from "../../src-renderer/ui/charts/chart-drawing.ts";
import type { ChartLine } from "../../src-renderer/ui/charts/chart-line.ts";
import { drawnLines, smoothed } from "../../src-renderer/ui/charts/chart-look.svelte.ts";

const line = (strength: ChartLine["strength"], ys: (number | null)[]): ChartLine => ({
  ...{ id: strength, label: strength, endLabel: strength, hue: 0, strength },
  columns: { xs: ys.map((_, index) => index + 1), ys },
});

test("a smoothed curve begins at its first value, keeps its gaps and its places", () => {
  // By hand: 4; (0.5·2 + 0.5·8) / 0.75; then a gap; (0.5·5 + 0.5·8) / 0.875.
  expect(smoothed({ xs: [1, 2, 3, 4], ys: [4, 8, null, 8] }, 0.5)).toEqual({
    xs: [1, 2, 3, 4],
    ys: [4, 5 / 0.75, null, 6.5 / 0.875],
  });
  expect(smoothed({ xs: [1, 2], ys: [3, 3] }, 0.9).ys).toEqual([3, expect.closeTo(3)]);
});

test("only values of single batches are smoothed or hidden: those after whole epochs stand as they were recorded", () => {
  const lines = [line("faint", [4, 8]), line("strong", [4, 8])];
  const look = { smoothing: 0.5, hasBatches: true };
  expect(drawnLines(lines, look).map(({ columns }) => columns.ys)).toEqual([
    [4, 5 / 0.75],
    [4, 8],
  ]);
  expect(drawnLines(lines, { ...look, hasBatches: false })).toEqual([lines[1]]);
  expect(drawnLines(lines, { smoothing: 0, hasBatches: true })).toEqual(lines);
});

const content = {
  ...{ floors: [], axis: epochAxis(4), scale: 1, range: null, isFitted: false },
  ...{ format: String, formatTick: String },
};

test("a chart that is saved spans its values; by powers of ten it leaves out what has no logarithm, and breaks at gaps", () => {
  const lines = [line("strong", [100, null, 1, 0])];
  expect(logBounds(lines)).toEqual({ min: 1, max: 100 });
  expect(logBounds([line("strong", [0.99, 2.1])])).toEqual({ min: 0.5, max: 5 });
  const linear = chartDrawing({ ...content, lines, isLog: false }, null);
  expect(linear.yTicks.map(({ text }) => text)).toEqual(["0", "20", "40", "60", "80", "100"]);
  expect(linear.paths[0]!.d.match(/[ML]/g)!.join("")).toBe("MML");
  const log = chartDrawing({ ...content, lines, isLog: true }, null);
  expect(log.yTicks.map(({ text }) => text)).toEqual(["1", "2", "5", "10", "20", "50", "100"]);
  // The highest value at the top, the lowest at the bottom, and none for zero.
  expect(log.paths[0]!.d.match(/[ML]\S+ \S+?(?=[ML]|$)/g)!.map((place) => Number(place.split(" ")[1]))).toEqual([
    drawing.top,
    drawing.height - drawing.bottom,
  ]);
  expect(logBounds([line("strong", [0])])).toEqual({ min: 0.1, max: 1 });
});

test("a chart that is saved has its bands, its axis, and names of what it is read against that do not overlap", () => {
  const band = { label: "range", low: [1, 2, null], high: [3, 5, null] };
  const reference = (label: string, value: number) => ({
    ...{ id: label, label, endLabel: label, hue: null, value, reference: label },
  });
  const drawn = chartDrawing(
    {
      ...content,
      lines: [{ ...line("strong", [2, 4, 4]), band }, line("faint", [2, 2, 2])],
      floors: [reference("Chance", 1), reference("Largest class", 1.05)],
      isLog: false,
    },
    null,
  );
  // Up to the second place along the upper edge, and back; the third has none.
  expect(drawn.bands.map(({ d }) => d.match(/[MLZ]/g)!.join(""))).toEqual(["MLLLZ"]);
  expect(drawn.xTicks.map(({ text }) => text)).toEqual(["0", "1", "2", "3", "4"]);
  expect(drawn.floors.map(({ label }) => label)).toEqual(["Chance", "Largest class"]);
  expect(Math.abs(drawn.floors[0]!.nameY - drawn.floors[1]!.nameY)).toBeCloseTo(16);
});

test("a chart that is saved while zoomed shows what is seen: its axes, its floors, and the lines as they run on beyond it", () => {
  const floor = (value: number) => ({ id: String(value), label: String(value), endLabel: "", hue: null, value });
  const shown = { ...content, lines: [line("strong", [8, 4, 6, 0])], floors: [floor(2), floor(5)], isLog: false };
  const seen = chartDrawing(shown, { x: { min: 2, max: 3 }, y: { min: 4, max: 6 } });
  const { left, right, top, bottom, width, height } = drawing;
  // The second value at the lower left corner, the third at the upper right one, and the first where the line to it leads.
  const places = seen.paths[0]!.d.match(/[^ML]+/g)!.map((place) => place.trim().split(" ").map(Number));
  expect(places[1]).toEqual([left, height - bottom]);
  expect(places[2]).toEqual([width - right, top]);
  expect(places[0]).toEqual([2 * left - width + right, top - (height - top - bottom)]);
  expect(seen.xTicks.map(({ text }) => text)).toEqual(["2", "2.2", "2.4", "2.6", "2.8", "3"]);
  expect(seen.yTicks.map(({ text }) => text)).toEqual(["4", "4.5", "5", "5.5", "6"]);
  expect(seen.floors.map(({ label }) => label)).toEqual(["5, floor"]);
  // Between 2.1 and 4.9 lies no mark of 1, 2 or 5.
  const close = chartDrawing({ ...shown, isLog: true }, { x: { min: 2, max: 3 }, y: { min: 2.1, max: 4.9 } });
  expect(close.yTicks.map(({ text }) => text)).toEqual(["3", "4"]);
  // And zero has no place among them: the values are seen whole.
  const whole = chartDrawing({ ...shown, isLog: true }, { x: { min: 2, max: 3 }, y: { min: 0, max: 10 } });
  expect(whole.yTicks.map(({ text }) => text)).toEqual(["2", "5", "10"]);
});

test("a chart's table has what was recorded, each value with what it is over", () => {
  const band = { label: "95 % interval", low: [1.5, null], high: [3, null] };
  const along = { stepsPerEpoch: 10, secondsAt: (epochs: number) => 2.5 * epochs };
  const lines = [line("faint", [4]), { ...line("strong", [2, null]), along, band }];
  expect(chartCsv({ title: "Hard loss", over: "validation, 20 pictures", about: "nats", lines })).toBe(
    [
      "figure,about,series,over,epoch,step,training_seconds,value,low,high,low_to_high",
      "Hard loss,nats,faint,training batches,1,,,4,,,",
      'Hard loss,nats,strong,"validation, 20 pictures",1,10,2.5,2,1.5,3,95 % interval',
      "",
    ].join("\n"),
  );
});
