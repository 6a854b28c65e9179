/** A store in memory with two classes, four test pictures and as many runs as asked for. */
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import type { EvaluationResult } from "../../src-main/contract/metric.ts";
import type { Prediction } from "../../src-main/contract/run.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import type { Store } from "../../src-main/store/open-store.ts";
import { createRuns } from "./create-runs.ts";
import { requestFor } from "./with-engine.ts";

export const configuration: RunConfiguration = requestFor(1).configuration;

export const dataset: Dataset = {
  name: "Cats and dogs",
  source: configuration.dataset,
  fingerprint: "f1",
  classNames: ["cat", "dog"],
  classes: [
    { name: "cat", train: 0, validation: 0, test: 2 },
    { name: "dog", train: 0, validation: 0, test: 2 },
  ],
  counts: { train: 0, validation: 0, test: 4 },
  ...{ columns: null, grouping: null },
  splitOrigin: { validation: "none", test: "folders" },
  sidePixels: { smallest: 16, largest: 16 },
  understanding: null,
  problems: [{ code: "empty", name: "cat/0.jpg", isSkipped: true }],
  samples: [{ example: 0, className: "cat" }],
  leftOut: [],
  examples: [0, 1, 2, 3].map((index) => ({
    index,
    name: `${index}.jpg`,
    label: index < 2 ? 0 : 1,
    split: "test",
    contentHash: `0${index}`.repeat(32),
  })),
};

export function recordRuns(
  store: Store,
  count: number,
  ownerId = "engine-1",
  ofEach: RunConfiguration = configuration,
): readonly number[] {
  const { id: datasetId } = store.datasets.record(dataset, "2026-01-01T00:00:00.000Z");
  const model = { id: "alexnet", title: "AlexNet" };
  const training = {
    ...{ datasetId, experiment: null, predictedMemoryBytes: 2e9, ownerId },
    createdAt: "2026-01-01T00:00:00.000Z",
  };
  return Array.from({ length: count }, (_, index) => {
    const runs = [{ model, title: `Run ${index}`, configuration: ofEach }];
    return createRuns(store, { ...training, runs })[0]!;
  });
}

export const result: EvaluationResult = {
  pictures: 4,
  top1: 0.5,
  hardLoss: 0.7,
  objective: 0.8,
  objectiveFloor: 0.1,
  ece: 0.05,
  largestLogit: 3,
};

/** Answers to the four test pictures, each with its confidence. */
export function predictionsOf(...answers: readonly (readonly [answer: number, confidence: number])[]): Prediction[] {
  return answers.map(([answer, confidence], example) => ({
    example,
    label: example < 2 ? 0 : 1,
    answer,
    confidence,
    trueConfidence: answer === (example < 2 ? 0 : 1) ? confidence : 1 - confidence,
  }));
}
