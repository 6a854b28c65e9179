/** The same training steps compiled and op by op, from the same weights over the same batches. */
import { expect } from "vitest";
import type { Optimizer, RunConfiguration, TrainingSettings } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { membersOf } from "../../src-main/tensorflow/compiled/flat-variables.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { type Arm, buildArm, disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { noiseBatch, noiseExamples } from "../../src-main/training/measuring/noise.ts";
import { presetsFor } from "../../src-main/training/presets.ts";
import { disposeBatch, type UploadedBatch, uploadBatch } from "../../src-main/training/upload.ts";

const classes = 4;
const pictures = 8;

export const optimizers: Readonly<Record<string, Optimizer>> = {
  "plain descent": { kind: "sgd", momentum: 0, isNesterov: false },
  momentum: { kind: "sgd", momentum: 0.9, isNesterov: false },
  "Nesterov's momentum": { kind: "sgd", momentum: 0.9, isNesterov: true },
  RMSProp: { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1, initialMeanSquare: 1 },
  Adam: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};

/** The compact preset of a network at a narrow width; arm by arm, STRATA_EAGER chooses how it runs. */
export function smallArm(
  id: string,
  settings: Partial<TrainingSettings>,
  run: "compiled" | "eager",
  width = 0.05,
): Arm {
  const preset = presetsFor(id)[0]!;
  const configuration: RunConfiguration = {
    dataset: drawnSource.parse({ kind: "drawn" }),
    model: { ...preset.model, width },
    resize: usualResize,
    training: { ...preset.training, schedule: { kind: "constant" }, batchSize: pictures, ...settings },
    seed: 1,
  };
  if (run === "eager") process.env.STRATA_EAGER = "1";
  try {
    return buildArm(configuration, noiseExamples(64, classes));
  } finally {
    delete process.env.STRATA_EAGER;
  }
}

export function noise(side: number, seed: number, count = pictures): UploadedBatch {
  return uploadBatch(noiseBatch(count, side, classes, seed), side);
}

export const runLength = { epochs: 1, stepsPerEpoch: 1000 };

/** Expects losses after each step and all weights, statistics and slots after the last to agree within `relative`. */
export function expectSameSteps(
  id: string,
  settings: Partial<TrainingSettings>,
  steps: number,
  relative: number,
): void {
  const before = tf.memory().numTensors;
  const [compiled, eager] = [smallArm(id, settings, "compiled"), smallArm(id, settings, "eager")];
  for (let step = 1; step <= steps; step++) {
    const batch = noise(compiled.configuration.model.inputPixels, step);
    const [ours, reference] = [compiled, eager].map((arm) => stepArm(arm, batch, runLength, step));
    disposeBatch(batch);
    for (const loss of ["objective", "hardLoss"] as const)
      expect(Math.abs(ours![loss] / reference![loss] - 1)).toBeLessThan(relative);
  }
  expect([compiled.program.refusal, eager.program.refusal]).toEqual([null, "asked for"]);
  compiled.program.readVariables();
  variablesOf(compiled).forEach((variable, index) => {
    expect(distance(variable.dataSync(), variablesOf(eager)[index]!.dataSync())).toBeLessThan(relative);
  });
  for (const arm of [compiled, eager]) disposeArm(arm);
  expect(tf.memory().numTensors).toBe(before);
}

function variablesOf({ network, averaged, optimizer }: Arm) {
  const weights = [...network.weights, ...(averaged?.weights ?? [])];
  const slots = optimizer.groups.flatMap((group) => group.slots.flatMap(membersOf));
  return [...weights.map(({ variable }) => variable), ...slots];
}

/** ‖a − b‖ / ‖b‖ */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [apart, length] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    apart += (a[i]! - b[i]!) ** 2;
    length += b[i]! ** 2;
  }
  return length === 0 ? Math.sqrt(apart) : Math.sqrt(apart / length);
}
