/** Numbers as people read them: thin spaces between thousands stay out, a unit is one space away, a minus is a real minus. */
import type { Metric } from "../../src-main/domain/metrics/metric.ts";
import { roundedBytes, roundedDecimal, roundedPercent, roundedPoints } from "../../src-main/domain/rounding.ts";

export const noBreakSpace = "\u00a0";
const dash = "–";
export const bytes = roundedBytes;
/** Keeps a range on one line. */
const wordJoiner = "\u2060";

/** 4500 → `4,500`. */
export function count(value: number): string {
  return roundedDecimal(value, 0);
}

/** A count with its noun: `1 picture`, `4,500 pictures`. */
export function counted(value: number, one: string, many: string = `${one}s`): string {
  return `${count(value)}${noBreakSpace}${value === 1 ? one : many}`;
}

/** Three figures with the power of ten in a letter: 23834568 → `23.8 M`, 5700000000 → `5.7 G`. */
export function magnitude(value: number): string {
  const scales = [
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const;
  for (const [size, letter] of scales) {
    // 999,950 would read `1000.0 k`: from there on the next letter.
    if (Math.abs(value) >= size * 0.99995) {
      const scaled = value / size;
      return `${roundedDecimal(scaled, Math.abs(scaled) < 99.95 ? 1 : 0)}${noBreakSpace}${letter}`;
    }
  }
  return count(value);
}

/** 0.7743 → `77.4 %`. Null is what has no value yet. */
export function percent(fraction: number | null, digits = 1): string {
  return fraction === null ? dash : `${roundedPercent(fraction, digits)}${noBreakSpace}%`;
}

/** A difference of two fractions, in points with its sign: 0.004 → `+0.4`. */
export const points = roundedPoints;

/** A loss or the like with so many decimals; `–` for none. */
export function decimal(value: number | null, digits = 2): string {
  return value === null ? dash : roundedDecimal(value, digits);
}

/** A setting such as a rate, as short as it can be said: 0.002, 1e-7, 5. */
export function plain(value: number): string {
  return Math.abs(value) > 0 && Math.abs(value) < 1e-4 ? value.toExponential().replace("-", "−") : String(value);
}

/** A metric's value with the digits and the unit that its file asks for. */
export function metricValue(value: number | null, { unit, decimals }: Pick<Metric, "unit" | "decimals">): string {
  if (value === null) return dash;
  if (decimals !== undefined) return roundedDecimal(value, decimals);
  switch (unit) {
    case "fraction":
      return percent(value);
    case "nats":
    case "loss":
      return roundedDecimal(value, 3);
    case "images/s":
      return count(value);
    case "none":
      return plain(Number(value.toPrecision(2)));
  }
}

/** How long, in the two largest units that matter: `40 s`, `6 min`, `1 h 20 min`. */
export function duration(seconds: number): string {
  const unit = (value: number, name: string): string => `${value}${noBreakSpace}${name}`;
  if (seconds < 1) return `under ${unit(1, "s")}`;
  if (seconds < 59.5) return unit(Math.round(seconds), "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 10 && seconds < 570) {
    const rest = Math.round((seconds % 60) / 10) * 10;
    if (rest > 0 && rest < 60) return `${unit(Math.floor(seconds / 60), "min")} ${unit(rest, "s")}`;
  }
  if (minutes < 60) return unit(minutes, "min");
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? unit(hours, "h") : `${unit(hours, "h")} ${unit(minutes % 60, "min")}`;
  return unit(Math.round(hours / 24), "days");
}

/** The same, as a guess: `about 6 min`. */
export function aboutDuration(seconds: number): string {
  return seconds < 1 ? duration(seconds) : `about ${duration(seconds)}`;
}

/** `32 px`, or `24–512 px` where the sides differ. */
export function pixels(smallest: number, largest: number = smallest): string {
  const range =
    smallest === largest ? count(largest) : `${count(smallest)}${wordJoiner}–${wordJoiner}${count(largest)}`;
  return `${range}${noBreakSpace}px`;
}

/** When something happened, as the calendar on this machine says it: `today, 14:05`, `3 Nov, 14:05`, `3 Nov 2025`. */
export function moment(iso: string, now: Date = new Date()): string {
  const then = new Date(iso);
  const time = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === now.toDateString()) return `today, ${time}`;
  const day = then.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return then.getFullYear() === now.getFullYear() ? `${day}, ${time}` : `${day} ${then.getFullYear()}`;
}
