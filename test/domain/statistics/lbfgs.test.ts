import { expect, test } from "vitest";
import { minimised } from "../../../src-main/domain/statistics/lbfgs.ts";

test("finds the bottom of a valley that bends (Rosenbrock)", () => {
  let asked = 0;
  const found = minimised(
    ([x = 0, y = 0]) => {
      asked += 1;
      return {
        value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
        gradient: [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
      };
    },
    Float64Array.of(-1.2, 1),
    { most: 200, tolerance: 1e-8 },
  );
  expect(found[0]).toBeCloseTo(1, 7);
  expect(found[1]).toBeCloseTo(1, 7);
  // By steepest descent it takes thousands.
  expect(asked).toBeLessThan(120);
});

test("stays where there is nothing to gain, and stops where it is told to", () => {
  const bowl = ([x = 0]: Float64Array) => ({ value: x * x, gradient: [2 * x] });
  expect([...minimised(bowl, Float64Array.of(0), { most: 9, tolerance: 1e-9 })]).toEqual([0]);
  expect([...minimised(bowl, Float64Array.of(3), { most: 0, tolerance: 0 })]).toEqual([3]);
});
