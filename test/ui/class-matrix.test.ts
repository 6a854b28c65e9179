import { describe, expect, it } from "vitest";
import {
  classOrder,
  firstLessSecond,
  inOrder,
  placedIn,
  shownCells,
  valueInWords,
  valuesOf,
} from "../../src-renderer/features/per-class/matrix-cells.ts";

const counts = [
  [6, 2, 2],
  [0, 0, 0],
  [0, 3, 1],
];

describe("the values of a matrix", () => {
  it("are counts, shares of the true class, or shares of the answers, and none of nothing", () => {
    expect(valuesOf(counts, "none")).toEqual(counts);
    expect(valuesOf(counts, "row")).toEqual([
      [0.6, 0.2, 0.2],
      [null, null, null],
      [0, 0.75, 0.25],
    ]);
    expect(valuesOf(counts, "column")).toEqual([
      [1, 0.4, 2 / 3],
      [0, 0, 0],
      [0, 0.6, 1 / 3],
    ]);
  });

  it("of two runs are the first less the second where both have one", () => {
    const other = [
      [8, 0, 2],
      [1, 0, 0],
      [0, 0, 4],
    ];
    expect(firstLessSecond(valuesOf(counts, "none"), valuesOf(other, "none"))[0]).toEqual([-2, 2, 0]);
    expect(firstLessSecond(valuesOf(counts, "row"), valuesOf(other, "row"))[1]).toEqual([null, null, null]);
  });

  it("are said as counts, as percent, or as a difference with its sign", () => {
    expect(valueInWords(1200, "none", false)).toBe("1,200");
    expect(valueInWords(0.75, "row", false)).toBe("75\u00a0%");
    expect(valueInWords(3, "none", true)).toBe("+3");
    expect(valueInWords(-0.05, "row", true)).toBe("−5");
    expect(valueInWords(null, "row", false)).toBe("–");
  });
});

it("cells are filled by their share of the largest, in the second run's hue below nothing", () => {
  const difference = [
    [-4, 2],
    [0, null],
  ];
  expect(shownCells(difference, { by: "none", hues: [0, 1], isDifference: true })).toEqual([
    { truth: 0, said: 0, hue: 1, text: "−4", opacity: 1 },
    { truth: 0, said: 1, hue: 0, text: "+2", opacity: 0.06 + 0.94 / 2 },
  ]);
});

it("classes stand in their own order, or by similarity over all runs, and cells are found again", () => {
  const apart = [
    [9, 0, 1],
    [0, 9, 0],
    [0, 0, 9],
  ];
  expect(classOrder([apart], false)).toEqual([0, 1, 2]);
  const order = classOrder([apart, apart], true);
  expect(order).toEqual([0, 2, 1]);
  expect(inOrder(apart, order)).toEqual([
    [9, 1, 0],
    [0, 9, 0],
    [0, 0, 9],
  ]);
  expect(placedIn({ truth: 0, said: 1 }, order)).toEqual({ truth: 0, said: 2 });
});
