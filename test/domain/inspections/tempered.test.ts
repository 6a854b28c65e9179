import { expect, test } from "vitest";
import { tempered } from "../../../src-main/domain/inspections/tempered.ts";

test("is the softmax at 1, and nearer to even above", () => {
  expect(tempered([Math.log(3), 0], 1)).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)]);
  // The logit halved: √3 to 1.
  expect(tempered([Math.log(3), 0], 2)[0]).toBeCloseTo(Math.sqrt(3) / (1 + Math.sqrt(3)), 12);
  expect(tempered([1_000, 0], 0.25)).toEqual([1, 0]);
});
