import { describe, expect, test } from "vitest";
import { wilsonInterval } from "../../src-main/domain/statistics/wilson-interval.ts";
import { epochAxis } from "../../src-renderer/ui/charts/chart-axis.ts";
import type { ChartFloor, ChartLine } from "../../src-renderer/ui/charts/chart-line.ts";
import { describeSeries, tableRows } from "../../src-renderer/ui/charts/describe-series.ts";
import { nextReading, readingAt } from "../../src-renderer/ui/charts/reading.ts";
import { spreadLabels } from "../../src-renderer/ui/charts/spread-labels.ts";
import { valueRange } from "../../src-renderer/ui/charts/value-range.ts";

function line(
  label: string,
  xs: number[],
  ys: (number | null)[],
  strength: ChartLine["strength"] = "strong",
): ChartLine {
  return { id: label + strength, label, endLabel: label, hue: 0, strength, columns: { xs, ys } };
}
const floor: ChartFloor = { id: "floor", label: "Smoothed", endLabel: "smoothed", hue: 1, value: 0.5 };
const format = (value: number): string => value.toFixed(2);
const { place } = epochAxis(null);

describe("labels at the lines' ends", () => {
  test("stay where they are when they are apart", () => {
    expect(spreadLabels([50, 10], 14, 0, 100)).toEqual([50, 10]);
  });
  test("two that meet move apart by equal parts and keep their order", () => {
    expect(spreadLabels([52, 50], 14, 0, 100)).toEqual([58, 44]);
  });
  test("three that meet stand around their mean", () => {
    expect(spreadLabels([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60]);
  });
  test("none leaves the plot", () => {
    expect(spreadLabels([99, 100], 14, 0, 100)).toEqual([86, 100]);
    expect(spreadLabels([0, 1], 14, 0, 100)).toEqual([0, 14]);
  });
});

describe("the 95 % interval of an accuracy", () => {
  test("is Wilson's: 8 of 10 lies in 0.490 to 0.943", () => {
    // Worked example of the score interval: p = 0.8, n = 10, z = 1.96.
    const interval = wilsonInterval(0.8, 10);
    expect(interval?.low).toBeCloseTo(0.4902, 4);
    expect(interval?.high).toBeCloseTo(0.9433, 4);
  });
  test("stays within 0 and 1 and is not empty at the ends", () => {
    expect(wilsonInterval(0, 10)?.low).toBe(0);
    expect(wilsonInterval(0, 10)?.high).toBeCloseTo(0.2775, 4);
    expect(wilsonInterval(1, 10)?.high).toBeCloseTo(1, 12);
  });
  test("of no pictures is none", () => {
    expect(wilsonInterval(0.5, 0)).toBeNull();
  });
});

describe("a chart in words", () => {
  test("names what curves are read against, which is no floor", () => {
    const chance: ChartFloor = { ...floor, label: "Chance", hue: null, value: 0.1, reference: "chance" };
    const asked = { title: "Top-1", lines: [line("One-hot", [1], [0.5])], better: "higher", format, place } as const;
    expect(describeSeries({ ...asked, floors: [chance] })).toBe("Top-1. One-hot: 0.50 at epoch 1. Chance: 0.10.");
  });
  test("tells course and best value of each strong line, and the floors", () => {
    const sentence = describeSeries({
      title: "Hard loss",
      lines: [line("One-hot", [1, 2, 3], [2, 1, 1.5]), line("batch", [1], [9], "faint")],
      floors: [floor],
      better: "lower",
      format,
      place,
    });
    expect(sentence).toBe(
      "Hard loss. One-hot falls from 2.00 at epoch 1 to 1.50 at epoch 3; its lowest is 1.00 at epoch 2. Smoothed cannot fall below 0.50.",
    );
  });
  test("says when the last value is the best", () => {
    const lines = [line("B", [1, 2], [0.2, 0.4])];
    expect(describeSeries({ title: "Top-1", lines, floors: [], better: "higher", format, place })).toBe(
      "Top-1. B rises from 0.20 at epoch 1 to 0.40 at epoch 2, its highest.",
    );
  });
  test("has no values yet when nothing but gaps is recorded", () => {
    const lines = [line("A", [1], [null])];
    expect(describeSeries({ title: "Top-1", lines, floors: [], better: "higher", format, place })).toBe(
      "Top-1: no values yet.",
    );
  });
  test("as a table has a row for each epoch and a gap where a line has no value", () => {
    expect(tableRows([line("A", [1, 2], [5, null]), line("B", [2], [4])])).toEqual([
      { x: 1, values: [5, null] },
      { x: 2, values: [null, 4] },
    ]);
  });
});

describe("the value axis", () => {
  test("shows strong values and floors whole, and lets the wildest batch leave the plot", () => {
    const batches = Array.from({ length: 100 }, (_, index) => (index === 0 ? 50 : 2));
    const faint = line(
      "A",
      batches.map((_, index) => index),
      batches,
      "faint",
    );
    expect(valueRange([faint, line("A", [1], [3])], [floor])).toEqual({ low: 0, high: 3 });
  });
  test("goes from the least value to the largest where it is fitted to them, with room around values that are alike", () => {
    const lines = [line("A", [1, 2], [0.95, 0.85])];
    expect(valueRange(lines, [])).toEqual({ low: 0, high: 0.95 });
    expect(valueRange(lines, [], true)).toEqual({ low: 0.85, high: 0.95 });
    expect(valueRange([line("A", [1, 2], [2, 2])], [], true)).toEqual({ low: 1.8, high: 2.2 });
    expect(valueRange([line("A", [1], [0])], [], true)).toEqual({ low: -0.5, high: 0.5 });
  });
  test("has no range while nothing is recorded", () => {
    expect(valueRange([line("A", [], [])], [])).toBeNull();
  });
});

describe("reading a chart", () => {
  const lines = [line("A", [1, 2, 3], [5, 4, 3]), line("B", [1], [6]), line("A", [2.4], [9], "faint")];
  test("snaps to the nearest epoch and leaves out a line that ended before it", () => {
    expect(readingAt(lines, 2.6)).toEqual({ x: 3, values: [{ id: "Astrong", label: "A", hue: 0, y: 3 }] });
    expect(readingAt(lines, 1.2)?.values.map((value) => value.y)).toEqual([5, 6]);
  });
  test("arrow keys go from value to value and stop at the ends", () => {
    expect(nextReading(lines, null, 1)?.x).toBe(1);
    expect(nextReading(lines, 1, 1)?.x).toBe(2);
    expect(nextReading(lines, 3, 1)?.x).toBe(3);
    expect(nextReading(lines, null, -1)?.x).toBe(3);
  });
});
