import { describe, expect, test } from "vitest";
import {
  type Optimizer,
  optimizer,
  type RunConfiguration,
  runConfiguration,
  type Schedule,
  schedule,
  type TrainingSettings,
  trainingSettings,
} from "../../src-main/contract/configuration.ts";
import type { InitialWeights } from "../../src-main/contract/weights.ts";
import { usualMonitor } from "../../src-main/domain/metrics/monitor.ts";
import { pairedSettings } from "../../src-main/domain/settings/settings.ts";
import type { RunPair } from "../../src-renderer/entities/run/pair-of-run.ts";
import { isAsFilled } from "../../src-renderer/features/train/experiment/draft-changes.ts";
import { draftFromConfiguration } from "../../src-renderer/features/train/experiment/draft-from.ts";
import { draftOutcome } from "../../src-renderer/features/train/experiment/draft-outcome.ts";
import { repeatedPictures } from "../../src-renderer/features/train/experiment/repeated.ts";
import { numberOf, percentText, shareOf } from "../../src-renderer/lib/typed-numbers.ts";
import { armsOf, experimentOf, type Pair, pairOf } from "../support/experiment-of.ts";
import { sampleRandom } from "../support/sample-curves.ts";
import { cifar, drawn, sampleRun } from "../support/sample-views.ts";

/** No setting has the value that a default or a preset would give it. */
const unusual: TrainingSettings = {
  epochs: 13,
  batchSize: 48,
  optimizer: { kind: "sgd", momentum: 0.85, isNesterov: true },
  learningRate: 0.0123,
  schedule: { kind: "cosine", warmupShare: 0.07 },
  weightDecay: 0.00037,
  clipNorm: 1.7,
  smoothing: 0.13,
  labelNoise: 0.29,
  labelNoiseKind: "matrix",
  noiseMatrix: "cat,dog,0.3\ndog,cat,0.2",
  dropout: 0.35,
  auxiliaryWeight: 0.15,
  augmentation: { flip: true, cropPaddingPixels: 3 },
  precision: "bfloat16",
  weightDecayKind: "decoupled",
  averageDecay: 0.997,
  earlyStopping: { patienceEpochs: 6, minDelta: 0.002 },
  monitor: { metric: "objective", split: "train" },
  dropLast: true,
  classWeights: "balanced",
  balancedSampling: true,
  fold: { index: 2, count: 7 },
  deterministicOps: true,
  tf32: false,
  gpuMemoryGrowth: false,
};
const plain: TrainingSettings = {
  ...unusual,
  ...{ clipNorm: null, dropout: null, auxiliaryWeight: null, averageDecay: null, earlyStopping: null, fold: null },
  ...{
    monitor: usualMonitor,
    precision: "float32",
    weightDecayKind: "l2",
    smoothing: 0,
    labelNoise: 0,
    weightDecay: 0,
  },
  augmentation: { flip: false, cropPaddingPixels: 0 },
};
const weights: InitialWeights = {
  path: "/home/ada/vgg16.safetensors",
  sha256: "5f0c9d1e".repeat(8),
  frozenThrough: "pool3",
  preprocessing: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
};

function recorded(training: Partial<TrainingSettings>, rest: Partial<RunConfiguration> = {}): RunConfiguration {
  return runConfiguration.parse({
    dataset: { kind: "folder", path: "/pictures/flowers" },
    model: { id: "vgg16", inputPixels: 40, width: 0.3 },
    training: { ...unusual, ...training },
    seed: 2_147_483_647,
    ...rest,
  });
}

/** What the engine would record if the filled page were sent; the file of weights is found as the draft asks for it. */
const asRunPair = (pair: Pair | null): RunPair | null =>
  pair && { setting: pair.setting, values: [pair.values[0], pair.values[1]] };

function repeatedFrom(configuration: RunConfiguration, pair: Pair | null): readonly RunConfiguration[] {
  const draft = draftFromConfiguration(configuration, asRunPair(pair));
  const { request, problems } = draftOutcome(draft, configuration.dataset, configuration.initialWeights ?? null);
  if (request === null) throw new Error(`The page cannot say it: ${JSON.stringify(problems)}`);
  expect(pairOf(request)).toEqual(pair);
  return armsOf(request);
}

function expectRepeats({ configuration, pair }: { configuration: RunConfiguration; pair: Pair | null }): void {
  const arms = armsOf(experimentOf(configuration, pair));
  // Whichever arm's page the person stands on, also where something else is then asked to differ.
  const drafts = arms.map((arm) => draftFromConfiguration(arm, asRunPair(pair)));
  expect(drafts.at(-1)).toEqual(drafts[0]);
  for (const arm of arms) expect(repeatedFrom(arm, pair)).toEqual(arms);
}

const optimizers: Record<Optimizer["kind"], Optimizer> = {
  sgd: { kind: "sgd", momentum: 0.85, isNesterov: true },
  rmsprop: { kind: "rmsprop", decay: 0.95, momentum: 0.4, epsilon: 0.001, initialMeanSquare: 1 },
  adam: { kind: "adam", beta1: 0.8, beta2: 0.99, epsilon: 1e-8 },
};
const schedules: Record<Schedule["kind"], Schedule> = {
  constant: { kind: "constant" },
  step: { kind: "step", everyEpochs: 1.5, factor: 0.3 },
  exponential: { kind: "exponential", everyEpochs: 2.25, factor: 0.94 },
  cosine: { kind: "cosine", warmupShare: 0.07 },
  plateau: { kind: "plateau", patienceEpochs: 4, factor: 0.1 },
};
const pairs = {
  smoothing: { setting: "smoothing", values: [0.05, 0.2] },
  weightDecay: { setting: "weightDecay", values: [1e-5, 0.0005] },
  labelNoise: { setting: "labelNoise", values: [0.07, 0.57] },
  optimizer: { setting: "optimizer", values: [optimizers.rmsprop, optimizers.adam] },
} satisfies Record<string, Pair>;

function randomOptimizer(random: () => number): Optimizer {
  const epsilon = 10 ** (-12 * random());
  const of: Record<Optimizer["kind"], Optimizer> = {
    sgd: { kind: "sgd", momentum: random(), isNesterov: random() < 0.5 },
    rmsprop: {
      ...{ kind: "rmsprop", decay: random(), momentum: random(), epsilon },
      initialMeanSquare: random() < 0.5 ? 0 : 1,
    },
    adam: { kind: "adam", beta1: random(), beta2: random(), epsilon },
  };
  const kinds = Object.values(of);
  return kinds[Math.floor(random() * kinds.length)]!;
}

describe("a page that was filled from a recorded run asks for the same again", () => {
  test("with no setting at its usual value, and with every one that can be left out left out", () => {
    expect(Object.keys(unusual).sort()).toEqual(Object.keys(trainingSettings.shape).sort());
    expectRepeats({ configuration: recorded({}), pair: null });
    expectRepeats({ configuration: recorded(plain), pair: null });
  });

  test("with every kind of optimiser", () => {
    expect(Object.keys(optimizers)).toEqual(optimizer.options.map((one) => one.shape.kind.value));
    for (const kind of Object.values(optimizers))
      expectRepeats({ configuration: recorded({ optimizer: kind }), pair: null });
  });

  test("with every kind of schedule", () => {
    expect(Object.keys(schedules).sort()).toEqual(schedule.options.map((one) => one.shape.kind.value).sort());
    for (const kind of Object.values(schedules))
      expectRepeats({ configuration: recorded({ schedule: kind }), pair: null });
  });

  test("as a pair, from either arm, in every setting that arms may differ in", () => {
    expect(Object.keys(pairs).sort()).toEqual(
      pairedSettings()
        .map(({ id }) => id)
        .sort(),
    );
    for (const pair of Object.values(pairs)) expectRepeats({ configuration: recorded({}), pair });
  });

  test("as a pair of one optimiser with different numbers", () => {
    const values: [Optimizer, Optimizer] = [
      { kind: "sgd", momentum: 0.9, isNesterov: false },
      { kind: "sgd", momentum: 0.9, isNesterov: true },
    ];
    expectRepeats({ configuration: recorded({}), pair: { setting: "optimizer", values } });
  });

  test("from the file of weights as it was, frozen as it was, alone and as a pair", () => {
    const configuration = recorded({}, { initialWeights: weights });
    expect(draftFromConfiguration(configuration, null).begin).toMatchObject({
      source: { kind: "file", path: weights.path },
      sha256: weights.sha256,
      frozenThrough: "pool3",
    });
    expectRepeats({ configuration, pair: null });
    expectRepeats({ configuration, pair: pairs.smoothing });
  });

  test("with pictures that were drawn", () => {
    expectRepeats({ configuration: recorded({}, { dataset: drawn.source }), pair: null });
  });

  test("with whatever numbers, to the last bit", () => {
    const random = sampleRandom(7);
    for (let round = 0; round < 500; round++) {
      const training = {
        learningRate: 10 ** (-8 * random()),
        weightDecay: random() ** 9,
        smoothing: random(),
        labelNoise: random() ** 3,
        dropout: random(),
        schedule: { kind: "cosine", warmupShare: random() } as const,
        optimizer: randomOptimizer(random),
        earlyStopping: { patienceEpochs: 1, minDelta: random() ** 20 },
      };
      const pair: Pair = { setting: "labelNoise", values: [random() ** 12, random()] };
      expectRepeats({ configuration: recorded(training), pair });
    }
  });

  test("but for arms that were equal, which the page refuses and says so", () => {
    const pair: Pair = { setting: "smoothing", values: [0, 0] };
    const configuration = recorded({});
    const { problems } = draftOutcome(draftFromConfiguration(configuration, asRunPair(pair)), configuration.dataset);
    expect(problems).toEqual({ armB: "Both arms have the same value: nothing would differ." });
  });
});

describe("a share typed in percent", () => {
  test("is written short where nothing is lost by it", () => {
    expect([0, 0.07, 0.2, 0.29, 0.57, 1, 1e-9].map(percentText)).toEqual(["0", "7", "20", "29", "57", "100", "1e-7"]);
  });
  test("is read as it was meant, with a comma or a power of ten too, and is no number when nothing is typed", () => {
    expect(["7", " 12,5 ", "1e1", "-3"].map(shareOf)).toEqual([0.07, 0.125, 0.1, -0.03]);
    expect(["", " ", "many", "one", "e", "5e"].map(shareOf)).toEqual(Array(6).fill(Number.NaN));
    expect(numberOf("")).toBeNaN();
  });
});

describe("what the page says of the run that it was filled from", () => {
  const draft = draftFromConfiguration(recorded({}), asRunPair(pairs.smoothing));
  test("is that it is as it was, until a setting is changed and again once it is changed back", () => {
    expect(isAsFilled({ ...draft }, draft)).toBe(true);
    const changed = { ...draft, epochs: "14" };
    expect(isAsFilled(changed, draft)).toBe(false);
    expect(isAsFilled({ ...changed, epochs: "13" }, draft)).toBe(true);
  });

  test("is how the pictures stand to its own", () => {
    const run = sampleRun({ id: 1 });
    const said = (chosen: typeof cifar | null, isScanning = false) => repeatedPictures(run, { chosen, isScanning });
    expect(said(null, true)).toBe("scanning");
    expect(said(null)).toBe("missing");
    expect(said(cifar)).toBe("same");
    expect(said({ ...cifar, id: 9 })).toBe("changed");
    expect(said(drawn)).toBe("other");
  });
});
