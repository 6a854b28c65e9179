import { describe, expect, test } from "vitest";
import { classSelectivity, strongestRows } from "../../../src-main/domain/inspections/strongest-pictures.ts";

describe("the strongest pictures of a channel", () => {
  // Two channels, four pictures.
  const peaks = { channels: 2, peaks: [1, 9, 5, 8, 5, 7, 2, 6] };

  test("are those of its largest values, of equal ones the earlier, and no more than asked for", () => {
    expect(strongestRows(peaks, 0, 3)).toEqual([1, 2, 3]);
    expect(strongestRows(peaks, 1, 2)).toEqual([0, 1]);
    expect(strongestRows(peaks, 0, 9)).toEqual([1, 2, 3, 0]);
  });
});

describe("a channel's selectivity for a class", () => {
  const means = { channels: 1, means: [4, 2, 1, 1, 0] };

  test("sets the class of the largest mean against the mean of the others' means", () => {
    // a: 3; b: 1; c: 0, so that the others' is 0.5.
    const found = classSelectivity(means, 0, ["a", "a", "b", "b", "c"])!;
    expect(found.className).toBe("a");
    expect(found.index).toBeCloseTo(2.5 / 3.5, 12);
  });

  test("leaves out pictures without a class, and is none of one class or where nothing is answered", () => {
    expect(classSelectivity(means, 0, ["a", "a", null, null, "c"])).toEqual({ className: "a", index: 1 });
    expect(classSelectivity(means, 0, ["a", "a", "a", "a", null])).toBeNull();
    expect(classSelectivity({ channels: 1, means: [0, 0] }, 0, ["a", "b"])).toBeNull();
  });
});
