import { describe, expect, test } from "vitest";
import { ece } from "../../src-main/domain/metrics/ece.ts";
import { hardLoss } from "../../src-main/domain/metrics/hard-loss.ts";
import { top1 } from "../../src-main/domain/metrics/top-1.ts";
import * as format from "../../src-renderer/lib/format.ts";

/** What keeps words together is not seen. */
const read = (text: string): string => text.replaceAll("\u00a0", " ").replaceAll("\u2060", "");

describe("numbers", () => {
  test.each([
    [0, "0"],
    [4500, "4,500"],
    [-3, "−3"],
  ])("counts %d as %s", (value, text) => {
    expect(format.count(value)).toBe(text);
  });
  test("a noun follows its number", () => {
    expect(read(format.counted(1, "picture"))).toBe("1 picture");
    expect(read(format.counted(2, "class", "classes"))).toBe("2 classes");
  });
  test.each([
    [999, "999"],
    [1_496_122, "1.5 M"],
    [23_834_568, "23.8 M"],
    [138_357_544, "138 M"],
    [999_960, "1.0 M"],
    [5_700_000_000, "5.7 G"],
  ])("says %d as %s", (value, text) => {
    expect(read(format.magnitude(value))).toBe(text);
  });
  test("a share is a percentage, and no share is a dash", () => {
    expect(read(format.percent(0.7743))).toBe("77.4 %");
    expect(format.percent(null)).toBe("–");
  });
  test("a difference carries its sign, and nothing carries none", () => {
    expect([0.004, -0.006, 0.0001].map((value) => format.points(value))).toEqual(["+0.4", "−0.6", "0.0"]);
  });
  test("small settings are written as powers of ten", () => {
    expect([1e-7, 0.002, 5].map(format.plain)).toEqual(["1e−7", "0.002", "5"]);
  });
  test("a metric's value has the digits and the unit of its kind", () => {
    expect(format.metricValue(1.0241, hardLoss)).toBe("1.024");
    expect(format.metricValue(0.0341, ece)).toBe("0.034");
    expect(read(format.metricValue(0.781, top1))).toBe("78.1 %");
    expect(format.metricValue(null, top1)).toBe("–");
  });
});

describe("durations", () => {
  test.each([
    [0.4, "under 1 s"],
    [40, "40 s"],
    [59.7, "1 min"],
    [90, "1 min 30 s"],
    [119.9, "2 min"],
    [360, "6 min"],
    [599, "10 min"],
    [3600, "1 h"],
    [4800, "1 h 20 min"],
    [200_000, "2 days"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(read(format.duration(seconds))).toBe(text);
  });
});

describe("sizes", () => {
  test.each([
    [512, "512 B"],
    [1_400_000_000, "1.4 GB"],
    [24_000_000_000, "24 GB"],
    [999_600, "1.0 MB"],
  ])("%d bytes are %s", (value, text) => {
    expect(read(format.bytes(value))).toBe(text);
  });
  test("one side or a range of sides", () => {
    expect(read(format.pixels(32))).toBe("32 px");
    expect(read(format.pixels(24, 512))).toBe("24–512 px");
  });
});

describe("moments", () => {
  const now = new Date(2026, 0, 14, 18, 0);
  test("today by the clock, this year by the day, before that by the year", () => {
    expect(format.moment(new Date(2026, 0, 14, 9, 5).toISOString(), now)).toBe("today, 09:05");
    expect(format.moment(new Date(2026, 0, 3, 9, 5).toISOString(), now)).toBe("3 Jan, 09:05");
    expect(format.moment(new Date(2025, 0, 3, 9, 5).toISOString(), now)).toBe("3 Jan 2025");
  });
});
