import { expect, test } from "vitest";
import { attributionShares } from "../../../src-main/domain/inspections/attribution-shares.ts";

test("keeps the sign, and the strongest hundredth is drawn alike", () => {
  const values = Array.from({ length: 200 }, (_, at) => (at % 2 ? at : -at));
  const shares = attributionShares(values);
  // 197 is the 198th of 200 sizes, so that 198 and 199 are beyond it.
  expect([shares[197], shares[198], shares[199]]).toEqual([1, -1, 1]);
  expect(shares[99]).toBeCloseTo(99 / 197, 12);
});

test("of few cells is by the largest, of one that stands alone by that, and of none is nothing", () => {
  expect(attributionShares([2, -4, 0, 1])).toEqual([0.5, -1, 0, 0.25]);
  expect(attributionShares([...new Array<number>(200).fill(0), 5]).at(-1)).toBe(1);
  expect(attributionShares([0, 0])).toEqual([0, 0]);
});
