/** A record of many runs, as a year of trying leaves it: invented figures of a plausible shape, for looking at pages and for timing queries. */

import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import type { MetricPoint } from "../../src-main/contract/metric.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import type { EndReason } from "../../src-main/contract/run.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { type PlannedBlock, plannedBlocks, titleOfRun } from "../../src-main/domain/experiments/experiment-plan.ts";
import { architectureOf } from "../../src-main/engine/models/model-list.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import type { Store } from "../../src-main/store/open-store.ts";
import { createRuns } from "./create-runs.ts";
import { experimentOf, type Pair } from "./experiment-of.ts";
import { sampleMadeBy } from "./sample-made-by.ts";

const classNames = Array.from({ length: 10 }, (_, index) => `class ${index + 1}`);
const testPictures = 100;
const stepsPerEpoch = 5;
const batchMetrics = ["hardLoss", "objective", "learningRate", "imagesPerSecond"] as const;
const epochMetrics = ["hardLoss", "objective", "top1", "ece", "largestLogit"] as const;
const pointsPerEpoch = stepsPerEpoch * batchMetrics.length + epochMetrics.length;

const networks = ["linear-svm", "lenet5", "alexnet", "zfnet", "nin", "vgg11", "vgg16", "googlenet", "inception-v3"];
const rates = [0.0005, 0.001, 0.002, 0.005, 0.01];
const decays = [0, 0.0001, 0.0005];
const reasons: readonly EndReason[] = ["stopped-by-person", "not-finite", "engine-died", "process-died"];
const pairs: readonly (Pair | null)[] = [
  null,
  null,
  { setting: "smoothing", values: [0, 0.1] },
  { setting: "weightDecay", values: [0, 0.0005] },
];

export interface LargeRecord {
  readonly runs: number;
  readonly points: number;
}

/** Every run has the same share of the points, but for the first, which has a fifth of them all. */
export function fillRecord(store: Store, wanted: LargeRecord): { readonly longRunId: number } {
  const random = createRandom(1, "large record");
  const dataset = datasetOf();
  const { id: datasetId } = store.datasets.record(dataset, momentOf(0));
  const longEpochs = Math.max(2, Math.floor(wanted.points / 5 / pointsPerEpoch));
  const epochs = Math.max(2, Math.floor((wanted.points * 0.8) / Math.max(1, wanted.runs - 1) / pointsPerEpoch));
  let made = 0;
  while (made < wanted.runs) {
    const pair = made === 0 || made + 1 === wanted.runs ? null : pairs[random.integer(pairs.length)]!;
    const { model, training } = trainDefaults({ id: networks[random.integer(networks.length)]! });
    const base: RunConfiguration = {
      dataset: dataset.source,
      model,
      resize: usualResize,
      training: {
        ...training,
        epochs: made === 0 ? longEpochs : epochs,
        learningRate: rates[random.integer(rates.length)]!,
        weightDecay: decays[random.integer(decays.length)]!,
        smoothing: random.integer(3) === 0 ? 0.1 : 0,
      },
      seed: 1 + random.integer(5),
    };
    const request = experimentOf(base, pair);
    const [arms] = plannedBlocks(request) as [PlannedBlock];
    const title = architectureOf({ id: model.id }).title;
    const createdAt = momentOf(made);
    store.transaction(() => {
      const experiment = pair === null ? null : { id: store.experiments.create(request, createdAt), block: 0 };
      const runIds = createRuns(store, {
        datasetId,
        experiment,
        runs: arms.map(({ levels, configuration }) => ({
          model: { id: model.id, title },
          title: titleOfRun(title, levels, null),
          configuration,
        })),
        predictedMemoryBytes: null,
        ownerId: "gone",
        createdAt,
      });
      for (const [arm, runId] of runIds.entries()) {
        const isEarly = made > 0 && random.integer(8) === 0;
        const reason = isEarly ? reasons[random.integer(reasons.length)]! : "completed";
        fillRun(store, runId, arms[arm]!.configuration, { reason, startedAt: createdAt, random });
      }
    });
    made += arms.length;
  }
  return { longRunId: 1 };
}

/** Runs of one experiment that wait, each a block each with a seed of its own. */
export function fillQueue(
  store: Store,
  runs: number,
  ownerId = "gone",
  halving?: ExperimentRequest["halving"],
): readonly number[] {
  const dataset = datasetOf();
  const { model, training } = trainDefaults({ id: "lenet5" });
  const { title } = architectureOf({ id: model.id });
  const base: RunConfiguration = { dataset: dataset.source, model, resize: usualResize, training, seed: 1 };
  return store.transaction(() => {
    const { id: datasetId } = store.datasets.record(dataset, momentOf(0));
    const seeds = Array.from({ length: runs }, (_, index) => index + 1);
    const request = { configuration: base, factors: [], seeds: seeds.slice(0, 2), halving };
    const id = store.experiments.create(request, momentOf(0));
    const laid = store.runs.layOut();
    for (const seed of seeds) {
      const configuration = {
        ...base,
        training: { ...training, learningRate: rates[seed % rates.length]! },
        seed,
      };
      laid.lay({ runs: [{ model: { id: model.id, title }, title, configuration }], predictedMemoryBytes: 1e9 });
    }
    const place = { datasetId, experiment: { id, firstBlock: 0 } };
    const runIds = laid.record({ ...place, ownerId, createdAt: momentOf(0) });
    laid.forget();
    return runIds;
  });
}

function fillRun(
  store: Store,
  runId: number,
  configuration: RunConfiguration,
  how: { reason: EndReason; startedAt: string; random: ReturnType<typeof createRandom> },
): void {
  const { random } = how;
  const { epochs } = configuration.training;
  const done = how.reason === "completed" ? epochs : Math.max(1, random.integer(epochs));
  const skill = 0.3 + 0.5 * random.uniform();
  store.queue.begin([runId], "gone", how.startedAt);
  store.runs.start(runId, {
    stepsPerEpoch,
    parameters: 10_000 + random.integer(2_000_000),
    auxiliaryParameters: 0,
    initialWeightsHash: "9c0f7a12".repeat(8),
    trainingObjectiveFloor: 0,
    step: 0,
    madeBy: sampleMadeBy(),
    initialWeightsMatch: null,
  });
  // Overfits after two thirds, as a run that is too long does: its best epoch is not its last.
  const at = (epoch: number) => {
    const share = epoch / epochs;
    const hardLoss = 2.3 - 1.6 * skill * Math.sqrt(share) + 0.5 * Math.max(0, share - 0.66) + 0.02 * random.uniform();
    const top1 = Math.min(0.99, skill * Math.sqrt(share) + 0.1);
    const rest = { pictures: testPictures, objectiveFloor: 0, ece: 0.05 + 0.05 * random.uniform(), largestLogit: 6 };
    return { ...rest, top1, top5: Math.min(1, top1 + 0.3), hardLoss, objective: hardLoss + 0.05 };
  };
  const confusion = (epoch: number) => ({ split: "validation" as const, epoch, counts: classNames.map(() => [10]) });
  for (let epoch = 1; epoch <= done; epoch++) {
    const result = at(epoch);
    const step = epoch * stepsPerEpoch;
    const points: MetricPoint[] = epochMetrics.map((metric) => {
      return { metric, split: "validation", cadence: "epoch", step, epoch, value: result[metric] };
    });
    for (let batch = step - stepsPerEpoch + 1; batch <= step; batch++)
      for (const metric of batchMetrics)
        points.push({ metric, split: "train", cadence: "batch", step: batch, epoch, value: result.hardLoss });
    store.points.add(runId, points);
    const look = { split: "validation", epoch, step, result, predictions: null } as const;
    store.evaluations.add(runId, { ...look, confusion: confusion(epoch) });
  }
  const seconds = 60 + random.integer(3_000);
  const reached = { epochsDone: done, stepsDone: done * stepsPerEpoch, trainingSeconds: seconds, imagesPerSecond: 90 };
  store.runs.advance(runId, reached);
  if (how.reason === "completed") {
    const look = { split: "test", epoch: done, step: done * stepsPerEpoch, result: at(done) } as const;
    store.evaluations.add(runId, { ...look, confusion: { ...confusion(done), split: "test" }, predictions: null });
  }
  store.runs.setWeights(runId, { file: `${runId}.safetensors`, bytes: 1_000_000 + random.integer(40_000_000) }, null);
  store.runs.end(runId, how.reason, null, new Date(Date.parse(how.startedAt) + seconds * 1_000).toISOString());
}

function datasetOf(): Dataset {
  const count = { train: 80, validation: testPictures / 10, test: testPictures / 10 };
  return {
    name: "Drawn shapes",
    source: { kind: "drawn", pictures: 1_000, pixels: 32, difficulty: 0.3, seed: 1 },
    fingerprint: "f1",
    classNames,
    classes: classNames.map((name) => ({ name, ...count })),
    counts: { train: 800, validation: testPictures, test: testPictures },
    ...{ columns: null, grouping: null },
    splitOrigin: { validation: "seeded", test: "seeded" },
    sidePixels: { smallest: 32, largest: 32 },
    understanding: null,
    problems: [],
    samples: [],
    leftOut: [],
    examples: [],
  };
}

/** One an hour, from the first of the year on. */
function momentOf(hours: number): string {
  return new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000).toISOString();
}
