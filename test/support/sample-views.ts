/** A test fixture: invented data sets and runs for functions that take them. No figure here was ever measured. */

import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import type { DatasetView } from "../../src-main/contract/dataset.ts";
import type { EvaluationResult } from "../../src-main/contract/metric.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import type { Pair } from "./experiment-of.ts";
import { plainTraining } from "./plain-training.ts";
import { sampleMadePart } from "./sample-made-by.ts";

export const cifarClasses = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
] as const;
const drawnClasses = [
  "disc",
  "ring",
  "square",
  "triangle",
  "cross",
  "star",
  "stripes",
  "checks",
  "dots",
  "waves",
] as const;

function samples(classes: readonly string[]): DatasetView["samples"] {
  return Array.from({ length: 32 }, (_, index) => ({
    example: index,
    className: classes[(index * 7 + Math.floor(index / 8)) % classes.length] ?? "",
  }));
}

export const cifar: DatasetView = {
  id: 1,
  name: "cifar10-mini",
  source: { kind: "folder", path: "/pictures/cifar10-mini" },
  fingerprint: "5f0c9d1e".repeat(8),
  classes: cifarClasses.map((name, index) => ({
    name,
    train: index === 6 ? 380 : 450,
    validation: 50,
    test: 100,
  })),
  counts: { train: 4430, validation: 500, test: 1000 },
  grouping: null,
  splitOrigin: { validation: "seeded", test: "folders" },
  sidePixels: { smallest: 32, largest: 32 },
  understanding: null,
  problems: [
    { code: "truncated", name: "train/cat/0713.jpg", isSkipped: true },
    { code: "not-a-picture", name: "train/ship/notes.txt", isSkipped: true },
    { code: "duplicate-across-splits", name: "test/dog/0090.png", isSkipped: false },
    { code: "duplicate-across-splits", name: "test/frog/0012.png", isSkipped: false },
    { code: "duplicate-across-splits", name: "test/frog/0044.png", isSkipped: false },
  ],
  samples: samples(cifarClasses),
  lookedAt: "2026-01-14T09:12:00.000Z",
};

export const drawn: DatasetView = {
  id: 2,
  name: "Drawn shapes, 2,000 at 32 px",
  source: { kind: "drawn", pictures: 2000, pixels: 32, difficulty: 0.3, seed: 1 },
  fingerprint: "a1b2c3d4".repeat(8),
  classes: drawnClasses.map((name) => ({ name, train: 140, validation: 20, test: 40 })),
  counts: { train: 1400, validation: 200, test: 400 },
  grouping: null,
  splitOrigin: { validation: "seeded", test: "seeded" },
  sidePixels: { smallest: 32, largest: 32 },
  understanding: null,
  problems: [],
  samples: samples(drawnClasses),
  lookedAt: "2026-01-13T16:40:00.000Z",
};

export const compactInception: RunConfiguration = {
  dataset: cifar.source,
  model: { id: "inception-v3", inputPixels: 32, width: 0.25 },
  resize: usualResize,
  training: {
    ...plainTraining,
    epochs: 8,
    batchSize: 64,
    optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    learningRate: 0.002,
    schedule: { kind: "cosine", warmupShare: 0.2 },
    weightDecay: 0.0001,
    clipNorm: 2,
    augmentation: { flip: true, cropPaddingPixels: 4 },
  },
  seed: 1,
};

const oneHot: EvaluationResult = {
  pictures: 1000,
  top1: 0.553,
  top5: 0.948,
  hardLoss: 1.324,
  objective: 1.371,
  objectiveFloor: 0,
  ece: 0.091,
  largestLogit: 9.4,
};
const smoothed: EvaluationResult = {
  ...oneHot,
  top1: 0.561,
  top5: 0.951,
  hardLoss: 1.287,
  objective: 1.553,
  objectiveFloor: 0.5003,
  ece: 0.034,
  largestLogit: 5.2,
};

/** One finished run; what is given replaces its parts. */
export function sampleRun(changes: Partial<RunView> & { readonly id: number }): RunView {
  return {
    experiment: null,
    title: "Inception-v3 on cifar10-mini",
    note: "",
    state: "finished",
    endReason: "completed",
    error: null,
    createdAt: "2026-01-14T09:15:00.000Z",
    startedAt: "2026-01-14T09:15:02.000Z",
    endedAt: "2026-01-14T09:21:40.000Z",
    model: { id: "inception-v3", title: "Inception-v3" },
    loss: "cross-entropy",
    dataset: { id: 1, name: "cifar10-mini", classes: cifarClasses, trainPictures: 4_430, largestClassShare: 0.1 },
    configuration: compactInception,
    parameters: 1_496_122,
    auxiliaryParameters: 211_034,
    initialWeightsHash: "9c0f7a12".repeat(8),
    epochsDone: 8,
    stepsDone: 560,
    stepsPerEpoch: 70,
    trainingSeconds: 396,
    imagesPerSecond: 91,
    trainingObjectiveFloor: 0,
    validation: { ...oneHot, pictures: 500, top1: 0.548 },
    best: { epoch: 7, result: { ...oneHot, pictures: 500, top1: 0.546, hardLoss: 1.301 } },
    test: oneHot,
    picturesSkipped: 2,
    stepsSkipped: null,
    madeBy: [sampleMadePart()],
    initialWeightsMatch: null,
    weights: { file: `${changes.id}.safetensors`, bytes: 6_840_000 },
    keptEpochs: { best: 7, last: 8 },
    weightsError: null,
    seconds: 398,
    spent: null,
    awaitsAnswer: false,
    isResumable: false,
    checkpoint: null,
    checkpointError: null,
    resumed: null,
    restoredEpoch: null,
    tags: [],
    isPinned: false,
    isArchived: false,
    diskBytes: 6_840_000,
    threads: null,
    hasOwnProcess: false,
    predictedMemoryBytes: 0.9e9,
    peakMemoryBytes: 0.93e9,
    leakedTensors: 0,
    imported: null,
    ...changes,
  };
}

function armOf(base: RunConfiguration, smoothing: number): RunConfiguration {
  return { ...base, training: { ...base.training, smoothing } };
}

/** Two runs that differ in smoothing alone, or are called by another pair. */
export function samplePair(
  experimentId: number,
  firstId: number,
  { pair = { setting: "smoothing", values: [0, 0.1] }, ...changes }: Partial<RunView> & { readonly pair?: Pair } = {},
): RunView[] {
  const differs = [{ ...pair, isBlocked: true }];
  const place = (arm: number) => ({ experiment: { id: experimentId, block: 0, blocks: 1, arm, differs } });
  return [
    sampleRun({ ...place(0), id: firstId, configuration: armOf(compactInception, 0), ...changes }),
    sampleRun({
      ...place(1),
      id: firstId + 1,
      configuration: armOf(compactInception, 0.1),
      trainingObjectiveFloor: 0.7004,
      validation: { ...smoothed, pictures: 500, top1: 0.557 },
      test: smoothed,
      ...changes,
    }),
  ];
}
