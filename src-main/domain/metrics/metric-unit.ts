/** What a metric's numbers are in: the same beside its title on pages, in reports and in what commands print. */
import type { Loss } from "../../contract/architecture.ts";
import type { Metric } from "./metric.ts";

type Shown = Pick<Metric, "unit" | "decimals">;

/** What a share that is not shown in percent lies in; null for all else. */
export function scaleOf({ unit, decimals }: Shown): "0 to 1" | null {
  return unit === "fraction" && decimals !== undefined ? "0 to 1" : null;
}

/** Null for a percentage, which says so itself, and for what has no unit. @param losses of the networks whose figures stand together */
export function metricUnit(metric: Shown, losses: readonly (Loss | null)[]): string | null {
  if (metric.unit === "loss") return lossUnit(losses);
  return metric.unit === "nats" ? "nats" : scaleOf(metric);
}

/** Margins have no unit; runs of both kinds on one axis have none in common. */
function lossUnit(losses: readonly (Loss | null)[]): string | null {
  if (losses.every((loss) => loss === "cross-entropy")) return "nats";
  return losses.every((loss) => loss === "hinge") ? "hinge loss, in margins" : null;
}

/** `ECE (0 to 1)`: beside a figure, a scale could be taken for its interval. */
export function titleWithScale(metric: Shown & Pick<Metric, "title">): string {
  const scale = scaleOf(metric);
  return scale === null ? metric.title : `${metric.title} (${scale})`;
}
