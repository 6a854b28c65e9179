/** The ladder as a chart: a point a rung, the paper's hollow and one's own filled. Pure. */
import type { PointSeries } from "../../../ui/charts/point-series.ts";
import type { LadderRow } from "./ladder-rows.ts";
import { ladderTexts } from "./ladder-texts.ts";

/** @param ofOwn the name of one's own pictures, and on how many the errors are; null where there is nothing of one's own */
export function ladderSeries(
  rows: readonly LadderRow[],
  ofOwn: { readonly dataset: string; readonly pictures: number | null } | null,
  shown: "published" | "own" | "both",
): readonly PointSeries[] {
  const paper: PointSeries = {
    label: ladderTexts.paperLegend,
    ...{ shape: "diamond", isFilled: false, stroke: "var(--ink-2)", front: [] },
    points: rows.map(({ rung }, index) => ({
      ...{ key: `paper ${rung.name}`, x: index + 1, y: rung.top1.value / 100, interval: null, label: rung.name },
      title: ladderTexts.pointTitle(rung.name, ladderTexts.percentValue(rung.top1.value), ladderTexts.paperLegend),
    })),
  };
  if (ofOwn === null || shown === "published") return [paper];
  const whose = ladderTexts.ownLegend(ofOwn.dataset, ofOwn.pictures);
  const own: PointSeries = {
    label: whose,
    ...{ shape: "circle", isFilled: true, stroke: "var(--rock-reduction)", front: [] },
    points: rows.flatMap(({ rung, validation }, index) =>
      validation === null
        ? []
        : [
            {
              ...{ key: `own ${rung.name}`, x: index + 1, y: validation.mean, interval: validation.interval },
              label: "",
              title: ladderTexts.pointTitle(rung.name, ladderTexts.errorValue(validation), whose),
            },
          ],
    ),
  };
  return shown === "own" ? [own] : [paper, own];
}

/** From the twentieth below all that is drawn to the one above: a step is small beside an error, and lost on an axis from 0. */
export function ladderRange(series: readonly PointSeries[]): { readonly min: number; readonly max: number } {
  const points = series.flatMap((one) => one.points);
  const lowest = Math.min(...points.map(({ y, interval }) => interval?.low ?? y));
  const highest = Math.max(...points.map(({ y, interval }) => interval?.high ?? y));
  return { min: Math.max(0, Math.floor(20 * lowest - 0.1) / 20), max: Math.min(1, Math.ceil(20 * highest + 0.1) / 20) };
}
