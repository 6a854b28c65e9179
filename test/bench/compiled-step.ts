/**
 * How much faster the compiled step is than the same step op by op, on this machine: `node test/bench/compiled-step.ts [steps]`.
 * Steps of the two alternate, so that whatever else the machine does falls on both; the medians' ratio is the figure to look at.
 * Processor time suffers less than the clock where others use the machine.
 */

import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { type Arm, buildArm, disposeArm, prepareArm, stepArm } from "../../src-main/training/arm.ts";
import { noiseBatch, noiseExamples } from "../../src-main/training/measuring/noise.ts";
import { presetsFor } from "../../src-main/training/presets.ts";
import { disposeBatch, uploadBatch } from "../../src-main/training/upload.ts";
import { median } from "./median.ts";

const classes = 10;
const steps = Number(process.argv[2] ?? 20);

function armOf(configuration: RunConfiguration, isEager: boolean): Arm {
  if (isEager) process.env.STRATA_EAGER = "1";
  else delete process.env.STRATA_EAGER;
  return buildArm(configuration, noiseExamples(configuration.training.batchSize, classes));
}

interface Cost {
  readonly millis: number;
  /** Of all cores together. */
  readonly cpuMillis: number;
}

function measure(id: string): void {
  const preset = presetsFor(id)[0]!;
  const source = drawnSource.parse({ kind: "drawn" });
  const configuration = {
    dataset: source,
    resize: usualResize,
    model: preset.model,
    training: preset.training,
    seed: 1,
  };
  const { batchSize } = preset.training;
  const { inputPixels } = preset.model;
  const batch = uploadBatch(noiseBatch(batchSize, inputPixels, classes, 0), inputPixels);
  const [eager, compiled] = [armOf(configuration, true), armOf(configuration, false)];
  const length = { epochs: 1, stepsPerEpoch: 2 * steps };
  const run = (arm: Arm, step: number): Cost => {
    const [before, cpuBefore] = [arm.trainingSeconds, process.cpuUsage()];
    stepArm(arm, batch, length, step);
    const { user, system } = process.cpuUsage(cpuBefore);
    return { millis: (arm.trainingSeconds - before) * 1000, cpuMillis: (user + system) / 1000 };
  };

  const startedAt = performance.now();
  prepareArm(compiled, batchSize);
  run(compiled, 1);
  const firstMillis = performance.now() - startedAt;
  run(eager, 1);
  const costs: { eager: Cost[]; compiled: Cost[] } = { eager: [], compiled: [] };
  for (let step = 2; step < steps + 2; step++) {
    costs.eager.push(run(eager, step));
    costs.compiled.push(run(compiled, step));
  }
  console.log(
    [
      `${id} ${inputPixels} px, batch ${batchSize}`,
      ...(["millis", "cpuMillis"] as const).map((cost) => {
        const [eagerly, asGraph] = [costs.eager, costs.compiled].map((all) => median(all.map((one) => one[cost]))) as [
          number,
          number,
        ];
        const figures = `${eagerly.toFixed(0)} / ${asGraph.toFixed(0)} = ${(eagerly / asGraph).toFixed(2)} ×`;
        return `${cost === "millis" ? "ms" : "processor ms"} a step, eager / compiled: ${figures}`;
      }),
      `to the first compiled step ${(firstMillis / 1000).toFixed(1)} s`,
      compiled.program.refusal ?? "compiled",
    ].join(" · "),
  );
  disposeBatch(batch);
  disposeArm(eager);
  disposeArm(compiled);
}

for (const id of process.argv[3] ? [process.argv[3]] : ["alexnet", "inception-v3"]) measure(id);
