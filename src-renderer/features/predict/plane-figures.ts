/** What is drawn and tabled of pictures on a plane. */
import type { ClassPlane, PlaneSplit } from "../../../src-main/contract/inference.ts";

export interface PlaneRange {
  readonly x: readonly [least: number, most: number];
  readonly y: readonly [least: number, most: number];
}

/** Of all splits of a network, so that they can be set against each other. */
export function planeRange({ splits }: ClassPlane): PlaneRange {
  const points = splits.flatMap((own) => own.points);
  return { x: extent(points.map(({ x }) => x)), y: extent(points.map(({ y }) => y)) };
}

function extent(values: readonly number[]): readonly [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const edge = 0.05 * (most - least) || 1;
  return [least - edge, most + edge];
}

/** Of a class on the plane: how many pictures, their centre, and their mean distance from it; null without pictures. */
export function groupFigures({ points }: PlaneSplit, group: number) {
  const own = points.filter((point) => point.group === group);
  if (own.length === 0) return null;
  const mean = (of: (point: (typeof own)[number]) => number) =>
    own.reduce((sum, point) => sum + of(point), 0) / own.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  return { pictures: own.length, x, y, distance: mean((point) => Math.hypot(point.x - x, point.y - y)) };
}
