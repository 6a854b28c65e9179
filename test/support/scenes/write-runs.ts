/** Runs as training would have left them, written through the store: invented figures of a plausible shape, on pictures that are there. */
import type { RunConfiguration } from "../../../src-main/contract/configuration.ts";
import type { DatasetView } from "../../../src-main/contract/dataset.ts";
import { StrataError } from "../../../src-main/contract/errors.ts";
import type { EvaluationResult } from "../../../src-main/contract/metric.ts";
import type { EndReason, Prediction } from "../../../src-main/contract/run.ts";
import type { Dataset } from "../../../src-main/datasets/example.ts";
import { architectureOf } from "../../../src-main/engine/models/model-list.ts";
import type { Store } from "../../../src-main/store/open-store.ts";
import { createRuns } from "../create-runs.ts";
import { armsOf, experimentOf, type Pair } from "../experiment-of.ts";
import { samplePointsAt } from "../sample-curves.ts";
import { sampleMadeBy } from "../sample-made-by.ts";

export interface RecordedSet {
  readonly dataset: Dataset;
  readonly view: DatasetView;
}

export interface Training {
  readonly configuration: RunConfiguration;
  readonly pair?: Pair;
  /** Its network on its pictures unless it is named. */
  readonly title?: string;
  /** Of one that is there already, of which it is a block. */
  readonly experiment?: { readonly id: number; readonly block: number };
  /** `waits` in the queue, `trains` since an engine that is gone began it, or how it ended. */
  readonly course: "waits" | "trains" | EndReason;
  /** All unless it ended before. */
  readonly epochsDone?: number;
  /** Trained by a version that recorded none. */
  readonly isUntimed?: true;
}

const stepsPerEpoch = 10;
const owner = "an engine that is gone";
const createdAt = "2026-01-14T09:15:00.000Z";
const endedAt = "2026-01-14T09:21:40.000Z";

/** @returns the runs' numbers, arm A's first */
export function writeTraining(store: Store, { dataset, view }: RecordedSet, training: Training): readonly number[] {
  const { configuration, pair, course } = training;
  const { id, title: network } = architectureOf(configuration.model);
  const title = training.title ?? `${network} on ${view.name}`;
  const request = experimentOf({ ...configuration, dataset: view.source }, pair);
  const arms = armsOf(request);
  return store.transaction(() => {
    const own = pair && { id: store.experiments.create(request, createdAt), block: 0 };
    const runIds = createRuns(store, {
      datasetId: view.id,
      experiment: training.experiment ?? own ?? null,
      runs: arms.map((arm) => ({ model: { id, title: network }, title, configuration: arm })),
      predictedMemoryBytes: 0.9e9,
      ownerId: owner,
      createdAt,
    });
    if (course === "waits") return runIds;
    store.queue.begin(runIds, owner, createdAt);
    for (const [place, runId] of runIds.entries()) {
      const { epochs } = arms[place]!.training;
      writeCourse(store, dataset, runId, training.epochsDone ?? epochs);
      if (!training.isUntimed) writeTimes(store, runId);
      if (course === "trains") continue;
      if (course === "completed") complete(store, dataset, runId);
      const step = store.runs.get(runId).stepsDone;
      const error = course === "not-finite" ? new StrataError("training.not-finite", { step }).toJSON() : null;
      store.runs.end(runId, course, error, endedAt);
    }
    return runIds;
  });
}

function writeCourse(store: Store, dataset: Dataset, runId: number, epochsDone: number): void {
  const { smoothing } = store.runs.get(runId).configuration.training;
  store.runs.start(runId, {
    stepsPerEpoch,
    parameters: 1_496_122,
    auxiliaryParameters: 211_034,
    initialWeightsHash: "9c0f7a12".repeat(8),
    trainingObjectiveFloor: smoothing > 0 ? 0.7 : 0,
    step: 0,
    madeBy: sampleMadeBy(),
    initialWeightsMatch: null,
  });
  store.runs.advance(runId, {
    epochsDone,
    stepsDone: Math.max(1, epochsDone * stepsPerEpoch),
    trainingSeconds: 50 * epochsDone,
    imagesPerSecond: 91,
  });
  const run = store.runs.get(runId);
  const steps = Array.from({ length: run.stepsDone }, (_, index) => index + 1);
  store.points.add(
    runId,
    steps.flatMap((step) => samplePointsAt(run, step)),
  );
  for (let epoch = 1; epoch <= epochsDone; epoch++) evaluate(store, dataset, runId, { split: "validation", epoch });
}

/** At its first step, and at the end of each epoch; every second run is a little slower. */
function writeTimes(store: Store, runId: number): void {
  const millisPerStep = 5_000 + 400 * (runId % 2);
  const { stepsDone } = store.runs.get(runId);
  const ends = Array.from({ length: Math.floor(stepsDone / stepsPerEpoch) }, (_, epoch) => (epoch + 1) * stepsPerEpoch);
  for (const step of [1, ...ends]) {
    const trainingMillis = millisPerStep * step;
    store.stepTimes.add(runId, { step, recordedAtMillis: Date.parse(createdAt) + trainingMillis, trainingMillis });
  }
}

function complete(store: Store, dataset: Dataset, runId: number): void {
  const { epochsDone } = store.runs.get(runId);
  evaluate(store, dataset, runId, { split: "test", epoch: epochsDone });
  store.runs.setWeights(runId, { file: `${runId}.safetensors`, bytes: 6_840_000 }, null);
  store.runs.setMemory(runId, 0.93e9, 0);
}

function evaluate(
  store: Store,
  dataset: Dataset,
  runId: number,
  { split, epoch }: { split: "validation" | "test"; epoch: number },
): void {
  const { configuration } = store.runs.get(runId);
  const classes = dataset.classNames.length;
  const predictions = dataset.examples
    .filter((example) => example.split === split)
    .map(({ index, label }, place): Prediction => {
      // One in three is wrong, and another one in three of every second run.
      const isWrong = (place + (runId % 2)) % 3 === 0;
      const confidence = Math.max(0.3, 0.99 - 0.01 * place - 0.2 * (runId % 2));
      const answer = isWrong ? (label + 1 + (place % 3)) % classes : label;
      return { example: index, label, answer, confidence, trueConfidence: isWrong ? 0.05 : confidence };
    });
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { label, answer } of predictions) counts[label]![answer]!++;
  const right = predictions.filter(({ answer, label }) => answer === label).length;
  const share = epoch / configuration.training.epochs;
  const { smoothing } = configuration.training;
  const result: EvaluationResult = {
    pictures: predictions.length,
    top1: (right / Math.max(1, predictions.length)) * (0.5 + 0.5 * share),
    ...(classes > 5 ? { top5: 0.948 } : {}),
    hardLoss: 2.2 - 0.9 * share - 0.3 * smoothing,
    objective: 2.3 - 0.9 * share + smoothing,
    objectiveFloor: smoothing > 0 ? 0.5 : 0,
    ece: 0.091 - 0.5 * smoothing,
    largestLogit: smoothing > 0 ? 5.2 : 9.4,
  };
  const step = epoch * stepsPerEpoch;
  const isLast = split === "test";
  store.evaluations.add(runId, {
    ...{ split, epoch, step, result, confusion: { split, epoch, counts } },
    predictions: isLast ? predictions : null,
  });
  if (isLast || epoch === configuration.training.epochs)
    store.logits.put(runId, split, { epoch, classes, ...logitsOf(predictions, classes) });
}

/** Such that each answer has its confidence, and the other classes share the rest evenly. */
function logitsOf(predictions: readonly Prediction[], classes: number) {
  return {
    examples: Int32Array.from(predictions, ({ example }) => example),
    labels: Int32Array.from(predictions, ({ label }) => label),
    logits: Float32Array.from(
      predictions.flatMap(({ answer, confidence }) =>
        Array.from({ length: classes }, (_, place) =>
          Math.log(place === answer ? confidence : (1 - confidence) / (classes - 1)),
        ),
      ),
    ),
  };
}
