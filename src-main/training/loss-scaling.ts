/**
 * Dynamic loss scaling (Micikevicius et al. 2018, Mixed Precision Training, section 3.2), with the numbers of Keras' LossScaleOptimizer: in float16 small
 * gradients would be zero, so the loss is multiplied by a scale before the way back, and gradients are divided by it in float32 behind it. A step whose
 * gradients are not all finite is skipped. Scales are powers of two, so that scaling itself rounds nothing.
 */
import { z } from "zod";
import type { Precision } from "../contract/configuration.ts";

export const lossScaling = z.object({
  /** Of the next step. */
  scale: z.number().positive(),
  /** Steps that were taken since the scale last changed. */
  goodSteps: z.int().min(0),
  /** Of the whole run. */
  stepsSkipped: z.int().min(0),
});
export type LossScaling = Readonly<z.infer<typeof lossScaling>>;

const firstScale = 2 ** 15;
/** After so many steps in a row without a skipped one the scale is doubled. */
export const growthSteps = 2_000;
/** Unscaled gradients that float16 cannot hold are no matter of scale: the run has left the finite numbers. */
const leastScale = 1;

/** Where a run begins; null in a precision that needs none. */
export function firstLossScaling(precision: Precision): LossScaling | null {
  return precision === "float16" ? { scale: firstScale, goodSteps: 0, stepsSkipped: 0 } : null;
}

/** @param isTaken whether all gradients of the step were finite, so that it moved the weights */
export function nextLossScaling({ scale, goodSteps, stepsSkipped }: LossScaling, isTaken: boolean): LossScaling {
  if (!isTaken) return { scale: scale / 2, goodSteps: 0, stepsSkipped: stepsSkipped + 1 };
  const grows = goodSteps + 1 === growthSteps;
  return { scale: grows ? scale * 2 : scale, goodSteps: grows ? 0 : goodSteps + 1, stepsSkipped };
}

export function isExhausted({ scale }: LossScaling): boolean {
  return scale < leastScale;
}
