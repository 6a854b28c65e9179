/** Numbers with their units, as a terminal shows them. */
import type { Metric } from "../domain/metrics/metric.ts";
import { roundedDecimal, roundedPercent } from "../domain/rounding.ts";
import { lowerFirst } from "../domain/settings/setting.ts";

/** `53.1 %` */
export function percentFigure(fraction: number | null | undefined): string {
  return fraction == null ? "–" : `${roundedPercent(fraction)} %`;
}

/** A loss, in nats or in margins: the table says which. */
export function loss(value: number | null | undefined): string {
  return value == null ? "–" : roundedDecimal(value, 4);
}

/** A metric's value in a table whose foot says what losses are in. */
export function figure(
  value: number | null | undefined,
  { unit, decimals }: Pick<Metric, "unit" | "decimals">,
): string {
  if (value != null && decimals !== undefined) return roundedDecimal(value, decimals);
  if (unit === "fraction") return percentFigure(value);
  if (unit === "nats" || unit === "loss") return loss(value);
  return value == null ? "–" : roundedDecimal(value, 1);
}

/** The head of its column: `top-1`, `hard loss`, `ECE`. */
export function figureTitle({ title }: Metric): string {
  return lowerFirst(title);
}

/** `23.8 M`, `5.7 G`, `640` */
export function short(count: number | null | undefined): string {
  if (count == null) return "–";
  const [divisor, unit] =
    count >= 1e9 ? [1e9, " G"] : count >= 1e6 ? [1e6, " M"] : count >= 1e4 ? [1e3, " k"] : [1, ""];
  const value = count / divisor;
  return `${divisor === 1 ? value : roundedDecimal(value, value >= 100 ? 0 : 1)}${unit}`;
}

/** `1,234,567` */
export function whole(count: number | null | undefined): string {
  return count == null ? "–" : Math.round(count).toLocaleString("en");
}

/** `45 s`, `3 min 20 s`, `2 h 5 min` */
export function exactDuration(seconds: number | null | undefined): string {
  if (seconds == null) return "–";
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3_600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  return `${Math.floor(rounded / 3_600)} h ${Math.floor((rounded % 3_600) / 60)} min`;
}

/** `3.4 GB` */
export function gigabytes(bytes: number): string {
  return `${roundedDecimal(bytes / 1e9, 1)} GB`;
}
