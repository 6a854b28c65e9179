import { describe, expect, test } from "vitest";
import { runConfiguration } from "../../../src-main/contract/configuration.ts";
import type { Example } from "../../../src-main/datasets/example.ts";
import {
  armFileName,
  isManifestWhole,
  jobHash,
  type Manifest,
  manifest,
  manifestText,
} from "../../../src-main/training/checkpoints/manifest.ts";

/** As a run was recorded when RMSProp had no choice of its beginning. */
const recorded = {
  dataset: { kind: "folder", path: "/pictures" },
  model: { id: "inception-v3", inputPixels: 299, width: 1 },
  training: {
    ...{ epochs: 100, batchSize: 32, learningRate: 0.045, schedule: { kind: "constant" }, clipNorm: 2 },
    optimizer: { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1 },
    ...{ weightDecay: 4e-5, weightDecayKind: "l2", averageDecay: 0.9999, earlyStopping: null, precision: "float32" },
    ...{ smoothing: 0.1, labelNoise: 0, dropout: null, auxiliaryWeight: null },
    augmentation: { flip: true, cropPaddingPixels: 32 },
  },
  seed: 1,
};
const examples: readonly Example[] = [{ index: 0, name: "a/0.jpg", label: 0, split: "train", contentHash: "ab" }];

test("a run of before RMSProp's beginning could be chosen began at zero, and goes on from what it saved then", () => {
  const read = runConfiguration.parse(recorded);
  expect(read.training.optimizer).toMatchObject({ kind: "rmsprop", initialMeanSquare: 0 });
  // What the version before that choice gave for the same job.
  expect(jobHash({ dataset: { examples }, arms: [read] })).toBe(
    "7d661779b7911f4e5ca87fe0b677e6586c8a6d50cc971a6034013adb7a9080e0",
  );
});

test("one that begins at one is another job", () => {
  const read = runConfiguration.parse(recorded);
  const { optimizer } = read.training;
  if (optimizer.kind !== "rmsprop") throw new Error("another optimiser");
  const fromOne = {
    ...read,
    training: { ...read.training, optimizer: { ...optimizer, initialMeanSquare: 1 as const } },
  };
  expect(jobHash({ dataset: { examples }, arms: [fromOne] })).not.toBe(
    jobHash({ dataset: { examples }, arms: [read] }),
  );
});

describe("a manifest's own checksum", () => {
  const arm = {
    file: "arm-0.safetensors",
    bytes: 8,
    sha256: "ab",
    trainingSeconds: 1.5,
    looks: [{ epoch: 1, value: 0.1 + 0.2 }],
    batchSum: { batches: 3, sum: 0.7 },
    lossScaling: null,
  };
  const described = { ...arm, initialWeightsHash: "cd", initialWeightsMatch: null };
  const document = {
    formatVersion: 2 as const,
    jobHash: "ef",
    step: 10,
    epoch: 1,
    brokenPictures: "not counted" as const,
    arms: [described],
  } satisfies Manifest;

  test("holds for what was written, and for nothing else", () => {
    const text = manifestText(document);
    expect(isManifestWhole(JSON.parse(text))).toBe(true);
    for (const [from, to] of [
      ['"step":10', '"step":11'],
      ['"epoch":1,"brokenPictures"', '"epoch":2,"brokenPictures"'],
      ["1.5", "2.5"],
    ] as const) {
      expect(text).toContain(from);
      expect(isManifestWhole(JSON.parse(text.replace(from, to)))).toBe(false);
    }
  });

  test("is not asked of an earlier version, which wrote none", () => {
    expect(isManifestWhole(JSON.parse(JSON.stringify(document)))).toBe(true);
  });
});

test("files of no other name are asked for, which a system might not even take", () => {
  const looks: object[] = [];
  const arm = {
    bytes: 1,
    sha256: "ab",
    trainingSeconds: 1,
    looks,
    initialWeightsHash: "cd",
    initialWeightsMatch: null,
  };
  const named = (file: string) =>
    manifest.safeParse({ formatVersion: 1, jobHash: "ab", step: 1, epoch: 1, arms: [{ ...arm, file }] }).success;
  expect(named(armFileName(1))).toBe(true);
  expect(["arm-0.safetensors".repeat(100), "arm-\0.safetensors", "../arm-0.safetensors", ""].filter(named)).toEqual([]);
});

test("the job of before `minDelta` had its name is the same one", () => {
  const stopping = { ...recorded.training, earlyStopping: { patienceEpochs: 3, minDelta: 0.01 } };
  const read = runConfiguration.parse({ ...recorded, training: stopping });
  expect(read.training.earlyStopping).toEqual({ patienceEpochs: 3, minDelta: 0.01 });
  // What the version that called it `leastGain` gave.
  expect(jobHash({ dataset: { examples }, arms: [read] })).toBe(
    "7fe3698da8d2256feb945cc63348094e7567c4c3e52a150aada66e0f1a8438ab",
  );
});

test("a manifest of version 1 is read as one that followed the hard loss of the validation pictures", () => {
  const arm = { file: armFileName(0), bytes: 1, sha256: "ab", trainingSeconds: 1, initialWeightsHash: "cd" };
  const arms = [{ ...arm, looks: [{ epoch: 1, hardLoss: 0.7 }], initialWeightsMatch: null }];
  const read = manifest.parse({ formatVersion: 1, jobHash: "ab", step: 1, epoch: 1, arms });
  expect(read.arms[0]).toMatchObject({ looks: [{ epoch: 1, value: 0.7 }], batchSum: { batches: 0, sum: 0 } });
});

test("what is monitored is part of the job only where it is not what every run followed before", () => {
  const hashOf = (monitor: object | undefined) =>
    jobHash({
      dataset: { examples },
      arms: [runConfiguration.parse({ ...recorded, training: { ...recorded.training, monitor } })],
    });
  expect(hashOf({ metric: "hardLoss", split: "validation" })).toBe(hashOf(undefined));
  expect(hashOf({ metric: "top1" })).not.toBe(hashOf(undefined));
  expect(hashOf({ split: "train" })).not.toBe(hashOf(undefined));
});

test("how pictures become squares is part of the job only where it is not the way of every run before", () => {
  const hashOf = (resize: object | undefined) =>
    jobHash({ dataset: { examples }, arms: [runConfiguration.parse({ ...recorded, resize })] });
  expect(hashOf({ fit: "crop", filter: "lanczos3" })).toBe(hashOf(undefined));
  expect(hashOf({ fit: "pad" })).not.toBe(hashOf(undefined));
  expect(hashOf({ filter: "bilinear" })).not.toBe(hashOf(undefined));
});
