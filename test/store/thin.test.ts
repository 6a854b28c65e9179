import { describe, expect, it } from "vitest";
import { strideFor, thin } from "../../src-main/store/thin.ts";

const counted = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("thinning a series", () => {
  it("leaves a series alone that fits", () => {
    expect(thin([1, 2, 3], 3)).toEqual([1, 2, 3]);
    expect(thin([], 3)).toEqual([]);
  });

  it("keeps every second, fourth, eighth value from the first, and the last", () => {
    expect(thin(counted(10), 6)).toEqual([1, 3, 5, 7, 9, 10]);
    expect(thin(counted(10), 4)).toEqual([1, 5, 9, 10]);
    expect(thin(counted(10), 2)).toEqual([1, 10]);
  });

  it("never gives more than was asked for, and always the first and the last", () => {
    for (const count of [1, 2, 3, 7, 8, 9, 100, 101, 1023, 1024, 1025])
      for (const most of [2, 3, 5, 16, 100]) {
        const kept = thin(counted(count), most);
        expect(kept.length).toBeLessThanOrEqual(Math.max(most, 1));
        expect(kept[0]).toBe(1);
        expect(kept.at(-1)).toBe(count);
      }
  });

  it("moves no point while the series grows: but for its last, a thinning holds only points of the one before or later ones", () => {
    let before = thin(counted(20), 16);
    for (let count = 21; count <= 300; count++) {
      const now = thin(counted(count), 16);
      const settled = new Set(before);
      const kept = now.slice(0, -1).filter((value) => value < count - strideFor(count, 16));
      for (const value of kept) expect(settled.has(value)).toBe(true);
      before = now;
    }
  });

  it("only ever doubles its stride", () => {
    expect([16, 17, 31, 32, 33, 64].map((count) => strideFor(count, 16))).toEqual([1, 2, 2, 4, 4, 8]);
  });
});
