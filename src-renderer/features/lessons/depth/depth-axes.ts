/** What error is drawn against, and how far the axes go. Pure. */
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import type { LessonSettingsById } from "../../../../src-main/domain/lessons/lesson-settings.ts";
import type { PublishedError } from "../../../../src-main/domain/lessons/published-errors.ts";
import { magnitude } from "../../../lib/format.ts";
import type { PlainAxis } from "../../../ui/charts/plain-axes.ts";
import { depthTexts } from "./depth-texts.ts";
import type { OwnPoint } from "./own-points.ts";

export type Cost = LessonSettingsById["depth"]["cost"];

/** Null where it has none: nobody measured a paper's minutes here, and one's own runs are of no year. */
export function ownCost(point: OwnPoint, cost: Cost): number | null {
  if (cost === "year") return null;
  return cost === "minutes" ? point.minutes.mean : point[cost];
}

/** @param network of the published error, at its paper's size */
export function publishedCost(
  { year, layers, entry }: PublishedError,
  cost: Cost,
  network: Pick<ArchitectureView, "parameters" | "multiplyAdds"> | undefined,
): number | null {
  if (entry === "person" || cost === "minutes") return null;
  if (cost === "year") return year;
  return cost === "layers" ? layers : (network?.[cost] ?? null);
}

/** Round numbers around these; ten times as much is a step of a logarithmic axis. */
export function costAxis(cost: Cost, values: readonly number[]): PlainAxis {
  const label = depthTexts.costAxis[cost];
  const most = Math.max(...values, 0);
  switch (cost) {
    case "layers":
      return { label, base: null, min: 0, max: Math.max(10, most * 1.12), format: String };
    case "year":
      return {
        label,
        base: null,
        min: Math.min(...values, 2011) - 0.5,
        max: Math.max(most, 2012) + 0.7,
        format: String,
      };
    case "minutes":
      return { label, base: null, min: 0, max: most > 0 ? most * 1.12 : 1, format: depthTexts.minutesTick };
    default: {
      const powerOf = (value: number, round: (power: number) => number) => 10 ** round(Math.log10(value));
      const some = values.length > 0 ? values : [1e6];
      const min = powerOf(Math.min(...some) / 1.2, Math.floor);
      const max = Math.max(10 * min, powerOf(Math.max(...some) * 1.2, Math.ceil));
      return { label, base: 10, min, max, format: magnitude };
    }
  }
}

/** From nothing to above the worst, in tens of a percent. @param most a share */
export function errorAxis(label: string, most: number): PlainAxis {
  const max = Math.min(1, Math.max(0.1, Math.ceil(most * 10 + 0.2) / 10));
  return { label, unit: "fraction", base: null, min: 0, max, format: depthTexts.percentTick };
}
