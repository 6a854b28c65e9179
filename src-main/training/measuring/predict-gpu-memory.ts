/**
 * How much of a GPU's memory a training process will hold at its worst moment, from its configuration alone. What it is made of is counted as for the
 * processor's memory (predict-memory.ts); the factors before the counts are assumed, on the generous side, and not fitted: no GPU was measured yet.
 */
import type { RunConfiguration } from "../../contract/configuration.ts";
import { heldByArm } from "./predict-memory.ts";

/** CUDA's context, and what cuDNN and cuBLAS load and set up for themselves. */
const contextBytes = 700 * 2 ** 20;
/** Bytes in memory for each byte counted. */
const factors = {
  /** Weights, slots and averages of all arms stay where they are used. */
  state: 1,
  /** One arm's weights again: its gradients, and these once more while they are clipped. */
  weights: 2,
  /** One arm's activations, with gradients on their way back, copies in the order that cuDNN likes, and its workspace. */
  kept: 1.5,
} as const;

/** @param arms of one job: they live in one process and take turns */
export function predictGpuBytes(arms: readonly RunConfiguration[], { classes }: { readonly classes: number }): number {
  const held = arms.map((arm) => heldByArm(arm, classes));
  const most = (of: (arm: (typeof held)[number]) => number) => Math.max(0, ...held.map(of));
  const state = held.reduce((sum, arm) => sum + arm.stateBytes, 0);
  return Math.round(
    contextBytes +
      factors.state * state +
      factors.weights * most((arm) => arm.parameterBytes) +
      factors.kept * most((arm) => arm.keptBytes),
  );
}
