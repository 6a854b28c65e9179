/** Points and axes of the glossary's curves. */
import { plain } from "../../lib/format.ts";
import type { PlainAxis } from "../../ui/charts/plain-axes.ts";

/** So many points of a function, evenly from the first x to the last. */
export function curve(
  from: number,
  to: number,
  value: (x: number) => number,
  count = 60,
): readonly (readonly [number, number])[] {
  return Array.from({ length: count + 1 }, (_, index) => {
    const x = from + ((to - from) * index) / count;
    return [x, value(x)] as const;
  });
}

export function linearAxis(label: string, min: number, max: number): PlainAxis {
  return { label, base: null, min, max, format: plain };
}
