/**
 * Compiled steps repeat to the last bit, at the size and with the kernels that people train with: where an op's place among the others is left
 * to chance, it shows after a handful of steps of a network with branches.
 */
import { expect, test } from "vitest";
import { disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { disposeBatch } from "../../src-main/training/upload.ts";
import { noise, runLength, smallArm } from "./compare-steps.ts";

test("a network with branches, its heads and its clipping lose the same each time", () => {
  const settings = { weightDecay: 1e-3, clipNorm: 0.5 };
  const arms = Array.from({ length: 2 }, () => smallArm("inception-v3", settings, "compiled", 0.25));
  for (let step = 1; step <= 8; step++) {
    const batch = noise(32, step, 64);
    const [first, second] = arms.map((arm) => stepArm(arm, batch, runLength, step));
    disposeBatch(batch);
    expect(second, `step ${step}`).toEqual(first);
  }
  for (const arm of arms) disposeArm(arm);
});
