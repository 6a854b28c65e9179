/** The kernel that the lesson is about now. */
import { type KnownKernel, knownKernel, unitSum } from "../../../../src-main/domain/lessons/kernels/known-kernels.ts";
import type { Raster } from "../../../../src-main/domain/lessons/kernels/raster.ts";
import { mostByHand } from "../../../../src-main/domain/lessons/lesson-settings.ts";

export interface ChosenKernel {
  readonly kind: KnownKernel | "hand";
  readonly kernel: Raster;
}

/** Whole numbers in the kernel's proportions, to go on from by hand. */
export function handValues({ values }: Raster): readonly number[] {
  const all = Array.from(values);
  const most = Math.max(Number.MIN_VALUE, ...all.map(Math.abs));
  // Never −0, which would be shown with its sign.
  return all.map((value) => Math.round((mostByHand * value) / most) + 0);
}

/** @param byHand row by row; of no matter for a kernel that is known */
export function chosenKernel(kind: ChosenKernel["kind"], side: number, byHand: readonly number[]): ChosenKernel {
  if (kind !== "hand") return { kind, kernel: knownKernel(kind, side) };
  return { kind, kernel: unitSum({ height: side, width: side, values: byHand }) };
}
