/**
 * What 16 bits gain over float32 on this machine: `node test/bench/precision.ts [network[:pixels:width:batch]]…`. Steps of the two alternate, on
 * the same noise; how many times faster the median is than float32's is the figure to look at.
 */

import { precision } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";
import { buildArm, disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { noiseBatch, noiseExamples } from "../../src-main/training/measuring/noise.ts";
import { disposeBatch, uploadBatch } from "../../src-main/training/upload.ts";
import { median } from "./median.ts";
import { parseNetwork } from "./parse-network.ts";

const classes = 10;
const rounds = 12;

function compare(asked: string): void {
  const named = parseNetwork(asked);
  const { model, training } = trainDefaults(named);
  const batchSize = named.batchSize ?? training.batchSize;
  const dataset = noiseExamples(batchSize, classes);
  const arms = precision.options.map((option) =>
    buildArm(
      {
        dataset: drawnSource.parse({ kind: "drawn" }),
        model,
        resize: usualResize,
        training: { ...training, batchSize, precision: option },
        seed: 1,
      },
      dataset,
    ),
  );
  const { inputPixels } = model;
  const noise = uploadBatch(noiseBatch(batchSize, inputPixels, classes, 0), inputPixels);
  const millis: number[][] = arms.map(() => []);
  for (let step = 1; step <= rounds + 2; step++)
    arms.forEach((arm, index) => {
      const before = arm.trainingSeconds;
      stepArm(arm, noise, { epochs: 1, stepsPerEpoch: 1000 }, step);
      if (step > 2) millis[index]!.push((arm.trainingSeconds - before) * 1000);
    });
  const medians = millis.map(median);
  const figures = precision.options.map(
    (option, index) => `${option} ${medians[index]!.toFixed(0)} (${(medians[0]! / medians[index]!).toFixed(2)} ×)`,
  );
  console.log(
    `${model.id} ${inputPixels} px, width ${model.width}, batch ${batchSize} · ms a step: ${figures.join(", ")}`,
  );
  disposeBatch(noise);
  for (const arm of arms) disposeArm(arm);
}

for (const asked of process.argv.length > 2 ? process.argv.slice(2) : ["alexnet", "inception-v3"]) compare(asked);
