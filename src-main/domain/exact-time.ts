/** Times of training in words. */

const noBreakSpace = "\u00a0";

/** `12.3 s`, `2 min 5 s`, `1 h 5 min`. */
export function exactTime(seconds: number): string {
  const unit = (value: number | string, name: string) => `${value}${noBreakSpace}${name}`;
  if (seconds < 59.95) return unit(seconds.toFixed(1), "s");
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${unit(hours, "h")} ${unit(minutes, "min")}` : `${unit(minutes, "min")} ${unit(whole % 60, "s")}`;
}
