/** The lesson's chart: published errors and one's own, each as series of points. Pure. */
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import { paretoFront } from "../../../../src-main/domain/experiments/pareto.ts";
import type { LessonSettingsById } from "../../../../src-main/domain/lessons/lesson-settings.ts";
import { publishedOf } from "../../../../src-main/domain/lessons/published-errors.ts";
import type { MarkShape, PointSeries } from "../../../ui/charts/point-series.ts";
import type { Measured } from "../own-error.ts";
import { type Cost, ownCost, publishedCost } from "./depth-axes.ts";
import { depthTexts } from "./depth-texts.ts";
import type { OwnPoint } from "./own-points.ts";

export type Split = LessonSettingsById["depth"]["split"];
type Entry = LessonSettingsById["depth"]["entry"];

export interface PlacedPoint {
  readonly point: OwnPoint;
  readonly cost: number;
  /** The mean, by which the front is found. */
  readonly error: number;
  readonly measured: Measured;
}

/** One's own points of one set of pictures. */
export interface OwnSet {
  readonly dataset: string;
  readonly shape: MarkShape;
  readonly placed: readonly PlacedPoint[];
  /** Found by validation alone, and along what costs something: empty otherwise. */
  readonly front: readonly PlacedPoint[];
}

const ownShapes: readonly MarkShape[] = ["circle", "square", "triangle"];

/** What was measured on different pictures is no rival: each set of them has marks and a front of its own. */
export function ownSets(points: readonly OwnPoint[], cost: Cost, split: Split): readonly OwnSet[] {
  const ids = [...new Set(points.map(({ dataset }) => dataset.id))];
  return ids.map((id, index) => {
    const own = points.filter(({ dataset }) => dataset.id === id);
    const placed = own.flatMap((point) => {
      const [at, measured] = [ownCost(point, cost), point.error[split]];
      return at === null || measured === null ? [] : [{ point, cost: at, error: measured.mean, measured }];
    });
    const front = split === "validation" && cost !== "year" ? paretoFront(placed) : [];
    return { dataset: own[0]!.dataset.name, shape: ownShapes[index % ownShapes.length]!, placed, front };
  });
}

export function ownSeries(sets: readonly OwnSet[], split: Split): readonly PointSeries[] {
  return sets.map(({ dataset, shape, placed, front }) => ({
    label: depthTexts.ownLegend(dataset),
    ...{ shape, isFilled: true, stroke: "var(--rock-reduction)" },
    points: placed.map(({ point, cost, error, measured }) => ({
      ...{ key: point.key, x: cost, y: error, interval: measured.interval },
      label: point.title,
      title: depthTexts.ownTitle(point, measured, split),
    })),
    front: front.map(({ cost, error }) => ({ x: cost, y: error })),
  }));
}

export function publishedSeries(
  cost: Cost,
  entry: Entry,
  networkOf: (id: string) => Pick<ArchitectureView, "parameters" | "multiplyAdds"> | undefined,
): PointSeries {
  const points = publishedOf(entry).flatMap((one) => {
    const x = publishedCost(one, cost, one.network === null ? undefined : networkOf(one.network));
    if (x === null) return [];
    const title = depthTexts.publishedTitle(one);
    return [{ key: `published ${one.label}`, x, y: one.value / 100, interval: null, label: one.label, title }];
  });
  return {
    label: depthTexts.publishedLegend,
    ...{ shape: "diamond" as const, isFilled: false, stroke: "var(--ink-2)", front: [] },
    points,
  };
}

/** The highest share that is drawn, with its interval. */
export function mostError(series: readonly PointSeries[]): number {
  return Math.max(0, ...series.flatMap(({ points }) => points.map(({ y, interval }) => interval?.high ?? y)));
}

/** Neighbours on a front whose intervals overlap: by so few seeds they may change places. */
export function uncertainNeighbours(front: readonly PlacedPoint[]): readonly (readonly [PlacedPoint, PlacedPoint])[] {
  return front.slice(1).flatMap((next, index) => {
    const before = front[index]!;
    const [a, b] = [before.measured.interval, next.measured.interval];
    return a && b && a.low <= b.high && b.low <= a.high ? [[before, next] as const] : [];
  });
}
