/** Axes of a figure that is drawn once from few points: linear, or by powers. */

import { roundMarks, roundStep } from "../../../src-main/domain/round-steps.ts";

export interface PlainAxis {
  /** What is counted, with its unit. */
  readonly label: string;
  /** Of the values, where they are shown in another: `fraction` of what is read in per cent. */
  readonly unit?: string;
  /** The base that a logarithmic axis counts in; null for a linear one. */
  readonly base: number | null;
  readonly min: number;
  readonly max: number;
  readonly format: (value: number) => string;
}

const mostTicks = 7;

/** Where a value stands, from 0 at the least to 1 at the most. */
export function shareOnAxis({ base, min, max }: PlainAxis, value: number): number {
  const at = base === null ? (one: number) => one : Math.log;
  return (at(value) - at(min)) / (at(max) - at(min));
}

/** Seven at most, inside the axis: powers of the base, each second, third … of them where there are many; or whole steps of 1, 2 or 5. */
export function ticksOf({ base, min, max }: PlainAxis): readonly number[] {
  if (base !== null) {
    const first = Math.ceil(Math.log(min) / Math.log(base) - 1e-9);
    const last = Math.floor(Math.log(max) / Math.log(base) + 1e-9);
    const apart = Math.ceil((last - first + 1) / mostTicks);
    const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
    return powers.filter((_, index) => index % apart === 0).map((power) => base ** power);
  }
  return roundMarks(min, max, roundStep(max - min, mostTicks - 1));
}
