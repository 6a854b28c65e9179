/** The page filled: from a preset, or from what is recorded of a run. Pure. */
import {
  type ModelChoice,
  type Optimizer,
  optimizer as optimizerSchema,
  type PairSetting,
  type Preset,
  type RunConfiguration,
  type Schedule,
  type TrainingSettings,
} from "../../../../src-main/contract/configuration.ts";
import { optionalText, percentText } from "../../../lib/typed-numbers.ts";
import { beginAsRecorded, beginBySeed, type Draft, type OptimizerDraft, type OptimizerKind } from "./draft.ts";

const firstSeed = "1";
const usualSmoothing = 0.1;
const usualDecay = 5e-4;

/**
 * The page filled from a preset. What a person asked to differ, and the seed, outlive the change; weights to
 * begin from belong to their network.
 */
export function draftFromPreset({ id, model, training }: Preset, before: Draft | null): Draft {
  return {
    ...settingsFields(model, training, before),
    presetId: id,
    differs: before?.differs ?? "smoothing",
    arms: before?.arms ?? usualArms(training),
    seed: before?.seed ?? firstSeed,
    begin: before?.modelId === model.id ? before.begin : beginBySeed,
  };
}

/**
 * The page filled as a run was set up, so that it asks for the same again: for the whole pair, whichever of its arms the configuration is of.
 * Pictures are not the page's affair here, and weights to begin from are asked for as the file that they were.
 */
export function draftFromConfiguration(
  { model, training, seed, initialWeights }: Omit<RunConfiguration, "dataset">,
  pair: PairSetting | null,
): Draft {
  // The pair's type ties each setting's name to its values' type.
  const ofArmA: TrainingSettings = pair === null ? training : { ...training, [pair.setting]: pair.values[0] };
  return {
    ...settingsFields(model, ofArmA, null),
    presetId: "",
    differs: pair?.setting ?? "nothing",
    arms: { ...usualArms(ofArmA), ...(pair && armsOfPair(pair)) },
    seed: String(seed),
    begin: beginAsRecorded(initialWeights),
  };
}

/** The numbers of an optimiser that is new to an arm: the page's own where it is of that kind, else the usual ones. */
export function optimizerOfKind(kind: OptimizerKind, draft: Draft): OptimizerDraft {
  if (kind !== draft.optimizer) return optimizerFields(optimizerSchema.parse({ kind }), null);
  const { optimizer, momentum, isNesterov, decay, beta1, beta2, epsilon, isMeanSquareFromOne } = draft;
  return { optimizer, momentum, isNesterov, decay, beta1, beta2, epsilon, isMeanSquareFromOne };
}

/** Every field that model and training settings fill. */
function settingsFields(model: ModelChoice, training: TrainingSettings, before: Draft | null) {
  return {
    modelId: model.id,
    inputPixels: String(model.inputPixels),
    width: String(model.width),
    epochs: String(training.epochs),
    batchSize: String(training.batchSize),
    ...optimizerFields(training.optimizer, before),
    learningRate: String(training.learningRate),
    ...scheduleFields(training.schedule, before),
    weightDecay: String(training.weightDecay),
    clipNorm: optionalText(training.clipNorm),
    smoothing: String(training.smoothing),
    labelNoisePercent: percentText(training.labelNoise),
    dropout: optionalText(training.dropout),
    auxiliaryWeight: optionalText(training.auxiliaryWeight),
    flip: training.augmentation.flip,
    cropPaddingPixels: String(training.augmentation.cropPaddingPixels),
    isDecayDecoupled: training.weightDecayKind === "decoupled",
    averageDecay: optionalText(training.averageDecay),
    isBfloat16: training.precision === "bfloat16",
    earlyStoppingEpochs: optionalText(training.earlyStopping?.patienceEpochs ?? null),
    leastGain: String(training.earlyStopping?.leastGain ?? 0),
  };
}

/** The fields of one optimiser, as texts; those that it lacks keep what was there. */
function optimizerFields(chosen: Optimizer, before: OptimizerDraft | null): OptimizerDraft {
  return {
    optimizer: chosen.kind,
    momentum: "momentum" in chosen ? String(chosen.momentum) : (before?.momentum ?? "0.9"),
    isNesterov: "isNesterov" in chosen ? chosen.isNesterov : false,
    decay: "decay" in chosen ? String(chosen.decay) : (before?.decay ?? "0.9"),
    beta1: "beta1" in chosen ? String(chosen.beta1) : (before?.beta1 ?? "0.9"),
    beta2: "beta2" in chosen ? String(chosen.beta2) : (before?.beta2 ?? "0.999"),
    epsilon: "epsilon" in chosen ? String(chosen.epsilon) : (before?.epsilon ?? "1e-7"),
    isMeanSquareFromOne:
      "initialMeanSquare" in chosen ? chosen.initialMeanSquare === 1 : (before?.isMeanSquareFromOne ?? false),
  };
}

function scheduleFields(chosen: Schedule, before: Draft | null) {
  return {
    schedule: chosen.kind,
    everyEpochs: "everyEpochs" in chosen ? String(chosen.everyEpochs) : (before?.everyEpochs ?? "2"),
    factor: "factor" in chosen ? String(chosen.factor) : (before?.factor ?? "0.5"),
    patienceEpochs: "patienceEpochs" in chosen ? String(chosen.patienceEpochs) : (before?.patienceEpochs ?? "3"),
    warmupPercent: "warmupShare" in chosen ? percentText(chosen.warmupShare) : (before?.warmupPercent ?? "10"),
  };
}

function usualArms(training: TrainingSettings): Draft["arms"] {
  const otherKind: OptimizerKind = training.optimizer.kind === "sgd" ? "adam" : "sgd";
  return {
    smoothing: ["0", String(training.smoothing || usualSmoothing)],
    weightDecay: ["0", String(training.weightDecay || usualDecay)],
    labelNoisePercent: ["0", "20"],
    optimizer: [
      optimizerFields(training.optimizer, null),
      optimizerFields(optimizerSchema.parse({ kind: otherKind }), null),
    ],
  };
}

function armsOfPair(pair: PairSetting): Partial<Draft["arms"]> {
  switch (pair.setting) {
    case "smoothing":
      return { smoothing: [String(pair.values[0]), String(pair.values[1])] };
    case "weightDecay":
      return { weightDecay: [String(pair.values[0]), String(pair.values[1])] };
    case "labelNoise":
      return { labelNoisePercent: [percentText(pair.values[0]), percentText(pair.values[1])] };
    case "optimizer":
      return { optimizer: [optimizerFields(pair.values[0], null), optimizerFields(pair.values[1], null)] };
  }
}
