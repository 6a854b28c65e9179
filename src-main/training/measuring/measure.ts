/** What steps cost here, tried on noise: enough to say how long a run would take before it is begun. */
import type { StepCosts } from "../../contract/machine.ts";
import { memoryOfProcess } from "../../platform/memory.ts";
import { type Arm, buildArm, disposeArm, prepareArm, stepArm } from "../arm.ts";
import type { Measurement } from "../job.ts";
import { deviceName } from "../report.ts";
import { disposeBatch, type UploadedBatch, uploadBatch } from "../upload.ts";
import { noiseBatch, noiseExamples } from "./noise.ts";

/** However short they are. */
const mostSteps = 1_000;

export function measureSteps({ arms: configurations, classes, steps, ...limits }: Measurement): StepCosts {
  const first = configurations[0];
  if (!first) throw new Error("Nothing to measure");
  const { batchSize } = first.training;
  const { inputPixels } = first.model;
  const dataset = noiseExamples(batchSize, classes);
  const noise = uploadBatch(noiseBatch(batchSize, inputPixels, classes, 0), inputPixels);
  const length = { epochs: 1, stepsPerEpoch: Math.max(steps + 1, mostSteps) };
  const arms: Arm[] = [];
  try {
    // A matrix of label noise names classes that this noise lacks, and wrong labels cost no more than others.
    for (const { training, ...rest } of configurations)
      arms.push(buildArm({ ...rest, training: { ...training, labelNoise: 0 } }, dataset));
    // As a job does it, so that the same is in memory and the first step is as late.
    for (const arm of arms) prepareArm(arm, batchSize);
    for (const arm of arms) stepArm(arm, noise, length, 1);
    const firstStepSeconds = process.uptime();
    const secondsPerStep = arms.map((arm) => {
      let step = 1;
      return median(steps, limits, () => {
        const before = arm.trainingSeconds;
        stepArm(arm, noise, length, ++step);
        return arm.trainingSeconds - before;
      });
    });
    return {
      secondsPerStep,
      secondsPerEvaluation: arms.map((arm) =>
        median(steps, { ...limits, leastSeconds: 0 }, () => evaluationSeconds(arm, noise)),
      ),
      firstStepSeconds,
      peakMemoryBytes: memoryOfProcess(process.pid)?.peakBytes ?? 0,
      refusal: arms.map(({ program }) => program.refusal).find((refusal) => refusal !== null) ?? null,
      device: deviceName,
    };
  } finally {
    disposeBatch(noise);
    for (const arm of arms) disposeArm(arm);
  }
}

function evaluationSeconds(arm: Arm, { pixels }: UploadedBatch): number {
  const startedAt = performance.now();
  const { logits } = arm.program.run("answer", { pixels });
  logits.dataSync();
  logits.dispose();
  return (performance.now() - startedAt) / 1000;
}

/** The upper one where two stand in the middle. */
function median(
  steps: number,
  { enoughSeconds, leastSeconds = 0 }: Pick<Measurement, "enoughSeconds" | "leastSeconds">,
  timed: () => number,
): number {
  const seconds: number[] = [];
  const isShort = (spent: number) => spent < leastSeconds && seconds.length < mostSteps - 1;
  for (let spent = 0; isShort(spent) || (seconds.length < steps && (seconds.length === 0 || spent < enoughSeconds)); ) {
    const one = timed();
    seconds.push(one);
    spent += one;
  }
  return seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)]!;
}
