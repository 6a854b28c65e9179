/** What steps cost here, tried on noise: enough to say how long a run would take before it is begun. */
import type { RunConfiguration } from "../contract/configuration.ts";
import type { StepCosts } from "../contract/machine.ts";
import { type Arm, buildArm, disposeArm, stepArm } from "./arm.ts";
import { noiseBatch, noiseExamples } from "./noise.ts";
import { disposeBatch, uploadBatch } from "./upload.ts";

/** @param steps of each arm that are timed, after a first that also prepares what later ones find ready */
export function measureSteps(configurations: readonly RunConfiguration[], classes: number, steps: number): StepCosts {
  const first = configurations[0];
  if (!first) throw new Error("Nothing to measure");
  const { batchSize } = first.training;
  const { inputPixels } = first.model;
  const dataset = noiseExamples(batchSize, classes);
  const noise = uploadBatch(noiseBatch(batchSize, inputPixels, classes, 0), inputPixels);
  const length = { epochs: 1, stepsPerEpoch: steps + 1 };
  const arms: Arm[] = [];
  try {
    for (const configuration of configurations) arms.push(buildArm(configuration, dataset));
    for (const arm of arms) stepArm(arm, noise, length, 1);
    const firstStepSeconds = process.uptime();
    const seconds = arms.map((arm) =>
      Array.from({ length: steps }, (_, index) => {
        const before = arm.trainingSeconds;
        stepArm(arm, noise, length, index + 2);
        return arm.trainingSeconds - before;
      }),
    );
    return {
      secondsPerStep: seconds.map((all) => all.toSorted((a, b) => a - b)[Math.floor(steps / 2)]!),
      firstStepSeconds,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      refusal: arms.map(({ program }) => program.refusal).find((refusal) => refusal !== null) ?? null,
    };
  } finally {
    disposeBatch(noise);
    for (const arm of arms) disposeArm(arm);
  }
}
