/**
 * One run of a job while it trains: its network, optimiser and targets. Two arms of a pair differ in their configuration alone; the seed gives
 * both the same initial weights, batches and dropout masks.
 */

import type { Rank, Scalar, Tensor1D } from "@tensorflow/tfjs-node-gpu";
import { balancedClassWeights } from "../batches/class-weights.ts";
import { smoothedTargets } from "../batches/targets.ts";
import type { Loss } from "../contract/architecture.ts";
import { preprocessingOf, type RunConfiguration } from "../contract/configuration.ts";
import type { InitialWeights, InitialWeightsMatch } from "../contract/weights.ts";
import { costOf } from "../domain/metrics/monitor.ts";
import { headWeights, targetFloor, trainingFloor } from "../domain/runs/objective-floor.ts";
import { buildNetwork } from "../models/build.ts";
import { trainedRows } from "../models/frozen.ts";
import type { Network } from "../models/network.ts";
import { findArchitecture } from "../models/registry.ts";
import { scaleArchitecture } from "../models/scale.ts";
import { hashWeights } from "../models/weights.ts";
import { groupSmall } from "../tensorflow/compiled/flat-variables.ts";
import { uploadPixels } from "../tensorflow/kernels/pixels.ts";
import { tf } from "../tensorflow/runtime.ts";
import { type ArmProgram, openArmProgram } from "./arm-program.ts";
import { bindAverages } from "./averages.ts";
import { type BatchSum, type EpochEvaluation, type Manifest, noBatches } from "./checkpoints/manifest.ts";
import { givenLabelsOf, type LabelledExamples, trainedLabels, wrongShareOf } from "./given-labels.ts";
import { fillFromFile } from "./initial-weights.ts";
import { objectiveDecay } from "./loss.ts";
import { firstLossScaling, type LossScaling, nextLossScaling } from "./loss-scaling.ts";
import { type BoundOptimizer, bindOptimizer } from "./optimizers.ts";
import { type RunLength, scheduledRate } from "./schedules.ts";
import type { StepScalars } from "./training-step.ts";
import type { UploadedBatch } from "./upload.ts";

export interface Arm {
  readonly configuration: RunConfiguration;
  readonly network: Network;
  /** Looks at pictures in the network's place; null where no average is kept. */
  readonly averaged: Network | null;
  readonly optimizer: BoundOptimizer;
  /** Holds the network's weights from the first step on: ask it to read them before they are looked at. */
  readonly program: ArmProgram;
  readonly classes: number;
  readonly loss: Loss;
  readonly initialWeightsHash: string;
  /** Null where the seed drew all of them. */
  readonly initialWeightsMatch: InitialWeightsMatch | null;
  readonly trainingObjectiveFloor: number;
  /** What a picture's target loss counts, by the class that it is trained as; null where all count alike. */
  readonly classWeights: Float32Array | null;
  /** The class that each example of the data set's list is trained as: the true one, but where label noise struck. */
  readonly givenLabels: Int32Array;
  /** Of the training pictures, the share that is trained as another class than theirs. */
  readonly wrongShare: number;
  /** Seconds of this arm's own steps so far. */
  trainingSeconds: number;
  /** What the monitored metric was, one an epoch. */
  readonly evaluations: EpochEvaluation[];
  /** Of the epoch that is being trained, where the monitored metric is of training pictures. */
  batchSum: BatchSum;
  /** Null where the precision needs none. */
  lossScaling: LossScaling | null;
  /** The epoch whose weights stand in the network again, because they did best; null where the last ones do. */
  restoredEpoch: number | null;
}

/** What a step gives, by metric. */
export type StepValues = Readonly<Record<"objective" | "hardLoss" | "learningRate", number>> & {
  readonly lossScale?: number;
};

/** What it is monitored by, epoch by epoch, the lower the better. */
export function costsOf({ configuration, evaluations }: Pick<Arm, "configuration" | "evaluations">): number[] {
  return evaluations.map(({ value }) => costOf(configuration.training.monitor, value));
}

/** What an arm that goes on has behind it. */
export type ArmPast = Pick<
  Manifest["arms"][number],
  "trainingSeconds" | "looks" | "batchSum" | "lossScaling" | "initialWeightsHash" | "initialWeightsMatch"
>;

/**
 * @param from of an arm that goes on, whose weights are restored later: the file that it once began from is not asked for again
 * @throws StrataError `model.unknown`, `model.input-too-small`, and of a file of initial weights what `fillFromFile` and `buildNetwork` throw
 */
export function buildArm(configuration: RunConfiguration, dataset: LabelledExamples, from: ArmPast | null = null): Arm {
  const { model, training, seed, initialWeights } = configuration;
  const classes = dataset.classNames.length;
  const architecture = scaleArchitecture(findArchitecture(model.id), model);
  const { loss } = architecture;
  const { dropout, auxiliaryWeight } = training;
  const frozenThrough = initialWeights?.frozenThrough ?? null;
  const build = () => buildNetwork(architecture, { classes, seed, dropout, auxiliaryWeight, frozenThrough });
  const network = build();
  // Of the same seed, or file: averages begin as the weights do.
  const averaged = training.averageDecay === null ? null : build();
  const networks = averaged ? [network, averaged] : [network];
  const initialWeightsMatch =
    from !== null || initialWeights === undefined
      ? (from?.initialWeightsMatch ?? null)
      : filled(networks, initialWeights, model.id);
  const trainable = network.weights.filter((weight) => weight.isTrainable);
  const shrunk = training.weightDecayKind === "decoupled" ? trainable.filter((weight) => weight.isDecayed) : [];
  const statistics = groupSmall(
    network.weights.filter((weight) => !weight.isTrainable).map(({ variable }) => variable),
  );
  const heads = headWeights(trainedRows(architecture.rows, frozenThrough), training.auxiliaryWeight);
  const optimizer = bindOptimizer(
    training.optimizer,
    training.clipNorm,
    trainable.map(({ variable }) => variable),
    new Set(shrunk.map(({ variable }) => variable)),
  );
  const givenLabels = givenLabelsOf(dataset, configuration);
  return {
    configuration,
    network,
    averaged,
    optimizer,
    program: openArmProgram(
      {
        network,
        optimizer,
        statistics,
        averages: averaged && bindAverages(network, averaged, optimizer, statistics),
        loss,
      },
      training,
      preprocessingOf(configuration),
    ),
    classes,
    loss,
    initialWeightsHash: from?.initialWeightsHash ?? hashWeights(network),
    initialWeightsMatch,
    trainingObjectiveFloor: trainingFloor(targetFloor(loss, classes, training.smoothing), heads),
    givenLabels,
    wrongShare: wrongShareOf(dataset, givenLabels, training.fold),
    classWeights:
      training.classWeights === "none"
        ? null
        : balancedClassWeights(trainedLabels(dataset, givenLabels, training.fold), classes),
    trainingSeconds: from?.trainingSeconds ?? 0,
    evaluations: [...(from?.looks ?? [])],
    batchSum: from?.batchSum ?? noBatches,
    lossScaling: from?.lossScaling ?? firstLossScaling(training.precision),
    restoredEpoch: null,
  };
}

function filled(networks: readonly Network[], from: InitialWeights, modelId: string): InitialWeightsMatch {
  try {
    return fillFromFile(networks, from, modelId);
  } catch (thrown) {
    for (const network of networks) network.dispose();
    throw thrown;
  }
}

export function disposeArm(arm: Arm): void {
  arm.program.dispose();
  arm.optimizer.dispose();
  arm.network.dispose();
  arm.averaged?.dispose();
}

/** Compiles what the arm will run on batches of `pictures`, which takes seconds, rather than when the first of them comes. */
export function prepareArm(arm: Arm, pictures: number): void {
  const side = arm.configuration.model.inputPixels;
  const pixels = uploadPixels(new Uint8Array(pictures * side * side * 3), pictures, side);
  const labels = tf.zeros<Rank.R1>([pictures], "int32");
  const shares = tf.fill<Rank.R1>([pictures], 1 / pictures);
  const targets = tf.zeros<Rank.R2>([pictures, arm.classes]);
  const scale = arm.lossScaling && { lossScale: arm.lossScaling.scale };
  const scalars = scalarTensors({ learningRate: 0, weightShrink: 0, averageShare: 0, dropoutSeed: 0, ...scale });
  arm.program.prepare("train", {
    pixels,
    labels,
    shares,
    targets,
    ...(arm.classWeights && { targetShares: shares }),
    ...scalars,
  });
  arm.program.prepare("answer", { pixels });
  if (objectiveDecay(arm.configuration.training) > 0) arm.program.prepare("penalty", {});
  tf.dispose([pixels, labels, shares, targets, scalars]);
}

/** One optimiser step; `step` counts from 1. Waits for the device, since the losses are read. */
export function stepArm(arm: Arm, batch: UploadedBatch, length: RunLength, step: number): StepValues {
  const { training, seed } = arm.configuration;
  const scaling = arm.lossScaling;
  const scale = scaling && { lossScale: scaling.scale };
  // Of those that moved the weights, with this one: what the optimiser and the averages count.
  const taken = step - (scaling?.stepsSkipped ?? 0);
  const learningRate = scheduledRate(training.schedule, training.learningRate, length, step, costsOf(arm));
  const startedAt = performance.now();
  const given = Int32Array.from(batch.examples, (example) => arm.givenLabels[example]!);
  const targets = tf.tensor2d(smoothedTargets(given, arm.classes, training.smoothing), [given.length, arm.classes]);
  const scalars = scalarTensors({
    learningRate: learningRate * arm.optimizer.rule.rateFactor(taken),
    weightShrink: learningRate * training.weightDecay,
    averageShare: 1 - averageDecayOf(training.averageDecay ?? 0, taken),
    dropoutSeed: dropoutSeedOf(seed, step),
    ...scale,
  });
  const { pixels, labels, shares } = batch;
  const weighted = arm.classWeights && { targetShares: weightedShares(shares, given, arm.classWeights) };
  const outcome = arm.program.run("train", { pixels, labels, shares, targets, ...weighted, ...scalars });
  const values = {
    ...{ objective: scalarValue(outcome.objective), hardLoss: scalarValue(outcome.hardLoss), learningRate },
    ...scale,
  };
  if (scaling && outcome.isTaken) arm.lossScaling = nextLossScaling(scaling, scalarValue(outcome.isTaken) === 1);
  tf.dispose([targets, scalars, outcome]);
  if (weighted) weighted.targetShares.dispose();
  arm.trainingSeconds += (performance.now() - startedAt) / 1000;
  return values;
}

/** What fills up a batch has no share, whatever its class weighs. */
function weightedShares(shares: Tensor1D, given: Int32Array, weights: Float32Array): Tensor1D {
  return tf.tidy(() => tf.mul(shares, tf.tensor1d(Float32Array.from(given, (label) => weights[label]!))));
}

function scalarTensors(values: Readonly<{ [name in keyof StepScalars]: number }>): StepScalars {
  const { dropoutSeed, lossScale, ...floats } = values;
  return {
    learningRate: tf.scalar(floats.learningRate),
    weightShrink: tf.scalar(floats.weightShrink),
    averageShare: tf.scalar(floats.averageShare),
    dropoutSeed: tf.scalar(dropoutSeed, "int32"),
    ...(lossScale !== undefined && { lossScale: tf.scalar(lossScale) }),
  };
}

/** Smaller at first, so that the start is soon forgotten: min(decay, (1 + t) / (10 + t)), t steps before this one (tf.train.ExponentialMovingAverage). */
function averageDecayOf(decay: number, step: number): number {
  return Math.min(decay, step / (9 + step));
}

function scalarValue(scalar: Scalar): number {
  return scalar.dataSync()[0]!;
}

/** Steps of one run, and runs of neighbouring seeds, do not share masks. */
function dropoutSeedOf(seed: number, step: number): number {
  return (Math.imul(seed, 0x9e3779b1) + step) & 0x7fffffff;
}
