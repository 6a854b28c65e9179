import { describe, expect, test } from "vitest";
import { exactTime } from "../../src-main/domain/exact-time.ts";
import { axisOf, isAvailable, linesAlong } from "../../src-renderer/ui/charts/chart-axis.ts";
import type { ChartLine, LineAlong } from "../../src-renderer/ui/charts/chart-line.ts";
import { describeSeries } from "../../src-renderer/ui/charts/describe-series.ts";
import { readingAt } from "../../src-renderer/ui/charts/reading.ts";

const line = (id: string, along?: LineAlong): ChartLine => ({
  ...{ id, label: id, endLabel: id, hue: 0, strength: "strong", columns: { xs: [1, 2], ys: [3, 4] } },
  band: { label: "range", low: [2, 3], high: [4, 5] },
  ...(along && { along }),
});
const paced = (seconds: number): LineAlong => ({ stepsPerEpoch: 10, secondsAt: (epochs) => seconds * epochs });
const untimed: LineAlong = { stepsPerEpoch: 20, secondsAt: null };

describe("the horizontal axis", () => {
  test("goes by epochs, and leaves the growing lines the objects that they are", () => {
    const lines = [line("A", paced(5))];
    const axis = axisOf("epoch", lines, 8);
    expect(linesAlong(axis, lines)).toBe(lines);
    expect([axis.end, axis.lastTick(8), axis.lastTick(1), axis.heading(1.5)]).toEqual([
      8,
      "8 epochs",
      "1 epoch",
      "Epoch 1.5",
    ]);
  });

  test("by steps places each line by its own steps an epoch, to the end of the longest", () => {
    const lines = [line("A", paced(5)), line("B", untimed)];
    const axis = axisOf("step", lines, 8);
    expect(linesAlong(axis, lines).map(({ columns }) => columns.xs)).toEqual([
      [10, 20],
      [20, 40],
    ]);
    expect([axis.id, axis.end, axis.lastTick(1_600)]).toEqual(["step", 160, "1,600 steps"]);
  });

  test("by time counts in the unit that the slowest line asks for, and leaves out what has no time, its band with it", () => {
    const late: LineAlong = { stepsPerEpoch: 10, secondsAt: (epochs) => (epochs < 2 ? null : 90) };
    const lines = [line("A", paced(60)), line("B", late)];
    const axis = axisOf("time", lines, 8);
    expect([axis.title, axis.end, axis.place(1.5)]).toEqual([
      "Training time in min",
      null,
      "after 1\u00a0min 30\u00a0s",
    ]);
    const [a, b] = linesAlong(axis, lines);
    expect(a?.columns).toEqual({ xs: [1, 2], ys: [3, 4] });
    expect([b?.columns, b?.band]).toEqual([
      { xs: [1.5], ys: [4] },
      { label: "range", low: [3], high: [5] },
    ]);
    expect(axisOf("time", [line("A", paced(59))], 8).title).toBe("Training time in s");
    expect(axisOf("time", [line("A", paced(3_600))], 8).title).toBe("Training time in h");
  });

  test("falls back to epochs where a line has no times, or nothing is drawn yet", () => {
    const lines = [line("A", paced(5)), line("B", untimed)];
    expect(axisOf("time", lines, 8).id).toBe("epoch");
    expect(isAvailable("step", lines)).toBe(true);
    expect(isAvailable("step", [line("A")])).toBe(false);
    const nothing = { ...line("A", paced(5)), columns: { xs: [], ys: [] } };
    expect(isAvailable("time", [nothing])).toBe(false);
    // A run without any value yet holds up no other.
    expect(isAvailable("time", [line("A", paced(5)), { ...nothing, along: untimed }])).toBe(true);
  });

  test("says something else at ticks as close as they may stand, and takes a closer look's at their own places", () => {
    for (const id of ["epoch", "step"] as const) {
      const { tick, tickDecimals } = axisOf(id, [line("A", paced(5))], 8);
      const step = 10 ** -tickDecimals!;
      expect(
        [0, 1, 2, 3].map((place) => Number(tick(place * step))),
        id,
      ).toEqual([0, 1, 2, 3].map((place) => expect.closeTo(place * step, 9)));
    }
  });

  test("is what the chart in words and a reading go by", () => {
    const lines = [line("A", paced(30)), line("B", paced(20))];
    const axis = axisOf("time", lines, 8);
    const placed = linesAlong(axis, lines);
    const asked = { title: "Loss", floors: [], better: null, format: String, place: axis.place };
    expect(describeSeries({ ...asked, lines: [placed[0]!] })).toBe(
      "Loss. A rises from 3 after 30.0\u00a0s to 4 after 1\u00a0min 0\u00a0s.",
    );
    // B ended after 40 s.
    expect(readingAt(placed, 60)?.values.map(({ id }) => id)).toEqual(["A"]);
    expect(readingAt(placed, 40)?.values.map(({ id, y }) => [id, y])).toEqual([
      ["A", 3],
      ["B", 4],
    ]);
  });
});

test("a time is said in its two largest units", () => {
  expect([0, 59.94, 59.96, 125, 3_600, 7_530].map(exactTime)).toEqual(
    ["0.0 s", "59.9 s", "1 min 0 s", "2 min 5 s", "1 h 0 min", "2 h 5 min"].map((text) =>
      text.replaceAll(/ (?=s|min|h)/g, "\u00a0"),
    ),
  );
});
