/** How long a step takes here, tried on noise: enough to say how long a run would take before it is begun. */
import type { RunConfiguration } from "../contract/configuration.ts";
import { type Arm, buildArm, disposeArm, stepArm } from "./arm.ts";
import { noiseBatch, noiseExamples } from "./noise.ts";
import { disposeBatch, uploadBatch } from "./upload.ts";

export interface Measured {
  /** One an arm: of its second step, since the first also prepares what later ones find ready. */
  readonly secondsPerStep: readonly number[];
  /** Most memory that this process has held at once, all arms built. */
  readonly peakMemoryBytes: number;
}

export function measureSteps(configurations: readonly RunConfiguration[], classes: number): Measured {
  const first = configurations[0];
  if (!first) throw new Error("Nothing to measure");
  const { batchSize } = first.training;
  const dataset = noiseExamples(batchSize, classes);
  const { inputPixels } = first.model;
  const noise = uploadBatch(noiseBatch(batchSize, inputPixels, classes, 0), inputPixels);
  const arms: Arm[] = [];
  try {
    for (const configuration of configurations) arms.push(buildArm(configuration, dataset));
    for (const arm of arms) stepArm(arm, noise, { epochs: 1, stepsPerEpoch: 2 }, 1);
    const warmSeconds = arms.map((arm) => arm.trainingSeconds);
    for (const arm of arms) stepArm(arm, noise, { epochs: 1, stepsPerEpoch: 2 }, 2);
    return {
      secondsPerStep: arms.map((arm, index) => arm.trainingSeconds - warmSeconds[index]!),
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  } finally {
    disposeBatch(noise);
    for (const arm of arms) disposeArm(arm);
  }
}
