import { describe, expect, it } from "vitest";
import { strideFor } from "../../../src-main/domain/runs/thin.ts";

describe("the bucket that a series is thinned by", () => {
  it("is the smallest power of two whose buckets, and the last point, are no more than was asked for", () => {
    expect([14, 15, 29, 30, 31, 63].map((span) => strideFor(span, 16))).toEqual([1, 2, 2, 4, 4, 8]);
    for (const span of [0, 1, 2, 3, 8, 99, 1_022, 1_023, 1_024, 10_000_000])
      for (const most of [2, 3, 5, 16, 100]) {
        const stride = strideFor(span, most);
        expect(Math.floor(span / stride) + 2).toBeLessThanOrEqual(most);
        expect(stride === 1 || Math.floor((2 * span) / stride) + 2 > most).toBe(true);
      }
  });

  it("never shrinks while the series grows", () => {
    let before = 1;
    for (let span = 0; span < 5_000; span++) {
      const stride = strideFor(span, 16);
      expect([before, 2 * before]).toContain(stride);
      before = stride;
    }
  });
});
