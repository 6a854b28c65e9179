import { expect, it } from "vitest";
import { paretoFront, type Weighed } from "../../../src-main/domain/experiments/pareto.ts";

const point = (cost: number, error: number): Weighed => ({ cost, error });

it("keeps what no other beats at both less cost and less error, by cost", () => {
  const [cheap, middle, dear, beaten] = [point(1, 0.5), point(4, 0.3), point(9, 0.1), point(5, 0.4)];
  expect(paretoFront([dear, beaten, middle, cheap])).toEqual([cheap, middle, dear]);
  expect(paretoFront([])).toEqual([]);
});

it("leaves out what is as good in one and worse in the other, and keeps equals together", () => {
  expect(paretoFront([point(1, 0.5), point(1, 0.6), point(2, 0.5)])).toEqual([point(1, 0.5)]);
  expect(paretoFront([point(1, 0.5), point(1, 0.5)])).toHaveLength(2);
});

it("is what comparing every pair says, on every grid of small numbers", () => {
  const beats = (a: Weighed, b: Weighed) =>
    a.cost <= b.cost && a.error <= b.error && (a.cost < b.cost || a.error < b.error);
  for (let code = 0; code < 4 ** 5; code++) {
    const digits = [...code.toString(4).padStart(5, "0")].map(Number);
    const points = digits.map((digit, place) => point((place * 3) % 4, digit));
    const byPairs = points.filter((one) => !points.some((other) => beats(other, one)));
    expect(new Set(paretoFront(points))).toEqual(new Set(byPairs));
  }
});
