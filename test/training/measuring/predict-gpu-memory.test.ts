import { describe, expect, it } from "vitest";
import type { RunConfiguration, TrainingSettings } from "../../../src-main/contract/configuration.ts";
import { estimateMemory, type MemoryFacts } from "../../../src-main/engine/estimation/estimate-memory.ts";
import { trainDefaults } from "../../../src-main/engine/models/train-defaults.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";
import { trainingFootprint } from "../../../src-main/models/training-memory.ts";
import { predictGpuBytes } from "../../../src-main/training/measuring/predict-gpu-memory.ts";
import { predictPeakBytes } from "../../../src-main/training/measuring/predict-memory.ts";
import { requestFor } from "../../support/with-engine.ts";

const data = { classes: 10, pictures: 1_000 };

function configured(id: string, changes: Partial<TrainingSettings> = {}): RunConfiguration {
  const { model, training } = trainDefaults({ id });
  return { ...requestFor(1).configuration, model, training: { ...training, ...changes } };
}

describe("what a GPU holds", () => {
  const adam = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
  const arm = configured("alexnet", { optimizer: adam, batchSize: 64 });
  const { parameterBytes, keptBytes } = trainingFootprint(
    scaleArchitecture(findArchitecture("alexnet"), arm.model),
    10,
    true,
  );

  it("is CUDA's own, the state of all arms, the gradients of one and what its backward pass keeps", () => {
    // Weights and Adam's two slots; gradients twice.
    const one = 700 * 2 ** 20 + (3 + 2) * parameterBytes + 1.5 * 64 * keptBytes;
    expect(predictGpuBytes([arm], data)).toBe(Math.round(one));
    expect(predictGpuBytes([arm, arm], data)).toBe(Math.round(one + 3 * parameterBytes));
  });

  it("is more for larger batches, and less in bfloat16", () => {
    const ofBatch = (batchSize: number) =>
      predictGpuBytes([{ ...arm, training: { ...arm.training, batchSize } }], data);
    expect(ofBatch(128) - ofBatch(64)).toBe(ofBatch(192) - ofBatch(128));
    expect(predictGpuBytes([configured("alexnet", { ...arm.training, precision: "bfloat16" })], data)).toBeLessThan(
      predictGpuBytes([arm], data),
    );
  });
});

describe("whether a run fits", () => {
  const arms = [configured("vgg16", { batchSize: 512 })];
  const facts: MemoryFacts = {
    ...{ data, trainingPictures: 800, freeBytes: 1e12, earlierPeakBytes: null, triedPeakBytes: null },
    gpu: null,
  };
  const gpuWith = (freeBytes: number) => ({ name: "a GPU", freeBytes });
  const peakAt = (batchSize: number) => predictGpuBytes([configured("vgg16", { batchSize })], data);

  it("is asked of both memories, and the batch that is proposed fits into both", () => {
    expect(estimateMemory(arms, facts)).toMatchObject({ doesFit: true, batchThatFits: null, gpu: null });
    expect(estimateMemory(arms, { ...facts, gpu: gpuWith(1e12) })).toMatchObject({
      doesFit: true,
      batchThatFits: null,
    });
    const short = estimateMemory(arms, { ...facts, gpu: gpuWith(peakAt(100)) });
    expect(short).toMatchObject({ doesFit: false, batchThatFits: 100, gpu: { peakBytes: peakAt(512) } });
    // Where the processor's memory is the scarcer one, it bounds the batch.
    const freeBytes = predictPeakBytes([configured("vgg16", { batchSize: 100 })], data);
    const both = estimateMemory(arms, { ...facts, freeBytes, gpu: gpuWith(1e12) });
    expect(both).toMatchObject({ doesFit: false, batchThatFits: 100 });
  });

  it("is answered by no batch where the GPU cannot hold the network alone", () => {
    expect(estimateMemory(arms, { ...facts, gpu: gpuWith(100e6) })).toMatchObject({
      doesFit: false,
      batchThatFits: null,
    });
  });
});
