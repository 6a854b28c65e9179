import { describe, expect, test } from "vitest";
import { loss, percentFigure } from "../../src-main/cli/format.ts";
import { roundedDecimal, roundedPercent, roundedPoints } from "../../src-main/domain/rounding.ts";
import * as page from "../../src-renderer/lib/format.ts";

describe("rounding", () => {
  test.each([
    // Halves of the printed decimal, each stored a little below or above itself.
    [0.0015, "0.2"],
    [0.0005, "0.1"],
    [0.0025, "0.3"],
    [0.0145, "1.5"],
    [0.5785, "57.9"],
    [0.9995, "100.0"],
    [1.0005, "100.1"],
    [-0.0015, "−0.2"],
    [0.00049, "0.0"],
    [-0.0001, "0.0"],
    [1e-7, "0.0"],
    [0.28, "28.0"],
    [1, "100.0"],
  ])("%d of 1 is %s percent, in the window and on the command line alike", (fraction, text) => {
    expect(roundedPercent(fraction)).toBe(text);
    expect(percentFigure(fraction)).toBe(`${text} %`);
    expect(page.percent(fraction)).toBe(`${text}\u00a0%`);
  });

  test("a difference carries its sign, and nothing carries none", () => {
    expect([0.0015, -0.0015, 0.0001, -0.0001].map((value) => roundedPoints(value))).toEqual([
      "+0.2",
      "−0.2",
      "0.0",
      "0.0",
    ]);
  });

  test.each([
    [1.00005, 4, "1.0001"],
    [1.005, 2, "1.01"],
    [0.0625, 3, "0.063"],
    [-2.5, 0, "−3"],
    [12_345.678_9, 2, "12,345.68"],
    [1e21, 0, "1,000,000,000,000,000,000,000"],
  ])("%d with %d digits is %s", (value, digits, text) => {
    expect(roundedDecimal(value, digits)).toBe(text);
    expect(page.decimal(value, digits)).toBe(text);
  });

  test("a loss of the command line is rounded so too", () => {
    expect(loss(1.00005)).toBe("1.0001");
  });
});
