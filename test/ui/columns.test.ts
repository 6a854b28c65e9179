import { describe, expect, test } from "vitest";
import {
  appendPoint,
  type Columns,
  emptyColumns,
  lastPoint,
  mergedColumns,
  mostPoints,
  nearestPoint,
} from "../../src-renderer/ui/charts/columns.ts";

const columns = (xs: number[], ys: (number | null)[]): Columns => ({ xs, ys });

describe("a curve's columns", () => {
  test("a point that was already there is dropped", () => {
    const curve = columns([1, 2], [5, 4]);
    expect(appendPoint(curve, 2, 9)).toBe(false);
    expect(appendPoint(curve, 3, 3)).toBe(true);
    expect(curve).toEqual(columns([1, 2, 3], [5, 4, 3]));
  });

  test("a value that is not finite becomes a gap", () => {
    const curve = emptyColumns();
    appendPoint(curve, 1, Number.NaN);
    expect(curve.ys).toEqual([null]);
  });

  test("a long curve is halved and keeps its newest point", () => {
    const curve = emptyColumns();
    for (let step = 1; step <= mostPoints + 1; step += 1) appendPoint(curve, step, step);
    expect(curve.xs).toHaveLength(mostPoints / 2 + 1);
    expect(curve.xs.at(-1)).toBe(mostPoints + 1);
    expect(curve.ys).toEqual(curve.xs);
  });

  test("history and what arrived meanwhile join in order, without duplicates", () => {
    const joined = mergedColumns(columns([1, 3], [10, 30]), columns([3, 4], [31, 40]));
    expect(joined).toEqual(columns([1, 3, 4], [10, 30, 40]));
  });

  test("the last point is the last value that is no gap", () => {
    expect(lastPoint(columns([1, 2, 3], [5, 4, null]))).toEqual({ x: 2, y: 4 });
    expect(lastPoint(emptyColumns())).toBeNull();
  });

  test("a curve that runs on beyond an edge ends where it crosses it", () => {
    expect(lastPoint(columns([1, 2, 3], [5, 4, 3]), 1.5)).toEqual({ x: 1.5, y: 4.5 });
    expect(lastPoint(columns([1, 2, 3], [5, 4, 3]), 2)).toEqual({ x: 2, y: 4 });
    expect(lastPoint(columns([1, 2], [5, 4]), 0.5)).toBeNull();
  });

  test("the nearest point passes gaps over", () => {
    expect(nearestPoint(columns([1, 2, 4], [5, null, 3]), 2.4)).toEqual({ x: 1, y: 5 });
  });
});
