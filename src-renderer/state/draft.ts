/**
 * The experiment as it stands on the page: what was typed, letter by letter, so that half a number is no error until it is one. Pure: the
 * draft becomes a request that the engine takes, or a list of what is wrong with which field.
 */
import type { z } from "zod";
import {
  type Optimizer,
  optimizer as optimizerSchema,
  type PairSetting,
  type Preset,
  type Schedule,
  type TrainingSettings,
  type TrainRequest,
  trainRequest,
} from "../../src-main/contract/configuration.ts";
import type { DatasetSource } from "../../src-main/contract/dataset.ts";
import type { InitialWeights, WeightsSource } from "../../src-main/contract/weights.ts";
import { beginTexts } from "../text/begin.ts";
import { numberProblem } from "../text/numbers.ts";

export type OptimizerKind = Optimizer["kind"];
export type ScheduleKind = Schedule["kind"];
/** The setting that tells the arms apart; `nothing` trains one run. */
export type Difference = PairSetting["setting"] | "nothing";
export type Two = readonly [string, string];

/** What training begins from. */
export interface Begin {
  readonly kind: "seed" | WeightsSource["kind"];
  /** Null for the seed, and until something is chosen. */
  readonly source: WeightsSource | null;
  /** What the file was when a run began from it; null takes it as it is now. */
  readonly sha256: string | null;
  /** Rows of the trunk up to this one are not trained; null trains all. */
  readonly frozenThrough: string | null;
}
export const beginBySeed: Begin = { kind: "seed", source: null, sha256: null, frozenThrough: null };

/** As a recorded run began: with its file as it was then. */
export function beginAsRecorded(initialWeights: InitialWeights | undefined): Begin {
  if (initialWeights === undefined) return beginBySeed;
  const { path, sha256, frozenThrough } = initialWeights;
  return { kind: "file", source: { kind: "file", path }, sha256, frozenThrough };
}

/** Every number as typed. Shares that people think of in percent are typed in percent. */
export interface Draft {
  /** The preset that it was filled from: two of a network may have the same size. */
  readonly presetId: string;
  readonly modelId: string;
  readonly inputPixels: string;
  readonly width: string;
  readonly differs: Difference;
  /** Of each setting that can differ, arm A's value and arm B's; kept while another one is chosen. */
  readonly arms: {
    readonly smoothing: Two;
    readonly weightDecay: Two;
    readonly labelNoisePercent: Two;
    readonly optimizer: readonly [OptimizerKind, OptimizerKind];
  };
  readonly epochs: string;
  readonly batchSize: string;
  readonly optimizer: OptimizerKind;
  readonly momentum: string;
  readonly isNesterov: boolean;
  readonly decay: string;
  readonly beta1: string;
  readonly beta2: string;
  readonly epsilon: string;
  readonly learningRate: string;
  readonly schedule: ScheduleKind;
  readonly everyEpochs: string;
  readonly factor: string;
  readonly patienceEpochs: string;
  readonly warmupPercent: string;
  readonly weightDecay: string;
  /** Empty leaves gradients as they are. */
  readonly clipNorm: string;
  readonly smoothing: string;
  readonly labelNoisePercent: string;
  /** Empty keeps the network's own rates. */
  readonly dropout: string;
  /** Empty keeps the network's own weights. */
  readonly auxiliaryWeight: string;
  readonly flip: boolean;
  readonly cropPaddingPixels: string;
  readonly isDecayDecoupled: boolean;
  /** Empty keeps no average. */
  readonly averageDecay: string;
  readonly isBfloat16: boolean;
  /** Epochs without gain; empty trains every epoch. */
  readonly earlyStoppingEpochs: string;
  readonly seed: string;
  readonly begin: Begin;
}

/** A field of the page that can be wrong; arms' values are told apart by the arm. */
export type DraftField = keyof Draft | "armA" | "armB";
export type DraftProblems = Readonly<Partial<Record<DraftField, string>>>;
export type DraftOutcome =
  | { readonly request: TrainRequest; readonly problems: null }
  | { readonly request: null; readonly problems: DraftProblems };

const firstSeed = "1";
const usualSmoothing = 0.1;

/** A percentage without the dust of binary fractions: 0.07 → `7`. */
const percentText = (share: number): string => String(Number((share * 100).toPrecision(12)));
const optionalText = (value: number | null): string => (value === null ? "" : String(value));

/** The fields of one optimiser, as texts; those that it lacks keep what was there. */
function optimizerFields(chosen: Optimizer, before: Draft | null) {
  return {
    optimizer: chosen.kind,
    momentum: "momentum" in chosen ? String(chosen.momentum) : (before?.momentum ?? "0.9"),
    isNesterov: "isNesterov" in chosen ? chosen.isNesterov : false,
    decay: "decay" in chosen ? String(chosen.decay) : (before?.decay ?? "0.9"),
    beta1: "beta1" in chosen ? String(chosen.beta1) : (before?.beta1 ?? "0.9"),
    beta2: "beta2" in chosen ? String(chosen.beta2) : (before?.beta2 ?? "0.999"),
    epsilon: "epsilon" in chosen ? String(chosen.epsilon) : (before?.epsilon ?? "1e-7"),
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

/**
 * The page filled from a preset. What a person asked to differ, and the seed, outlive the change; weights to
 * begin from belong to their network.
 */
export function draftFromPreset(preset: Preset, before: Draft | null): Draft {
  const { model, training } = preset;
  const otherKind: OptimizerKind = training.optimizer.kind === "sgd" ? "adam" : "sgd";
  return {
    presetId: preset.id,
    modelId: model.id,
    inputPixels: String(model.inputPixels),
    width: String(model.width),
    differs: before?.differs ?? "smoothing",
    arms: before?.arms ?? {
      smoothing: ["0", String(training.smoothing || usualSmoothing)],
      weightDecay: ["0", String(training.weightDecay || 5e-4)],
      labelNoisePercent: ["0", "20"],
      optimizer: [training.optimizer.kind, otherKind],
    },
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
    seed: before?.seed ?? firstSeed,
    begin: before?.modelId === model.id ? before.begin : beginBySeed,
  };
}

/** Which preset the draft still is, in size; null once the size is a person's own. */
export function presetOfDraft(draft: Draft, presets: readonly Preset[]): Preset | null {
  const sameSize = presets.filter(
    ({ model }) => model.inputPixels === Number(draft.inputPixels) && model.width === Number(draft.width),
  );
  return sameSize.find(({ id }) => id === draft.presetId) ?? sameSize[0] ?? null;
}

/** Text to number. An empty field is no number: `Number("")` would call it 0. */
const number = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", ".")));
const share = (text: string): number => number(text) / 100;
const optional = (text: string): number | null => (text.trim() === "" ? null : number(text));

/** The optimiser of the page; another kind than the page's takes that kind's usual values. */
function optimizerOf(draft: Draft, kind: OptimizerKind): Optimizer {
  if (kind !== draft.optimizer) return optimizerSchema.parse({ kind });
  const [momentum, epsilon] = [number(draft.momentum), number(draft.epsilon)];
  switch (kind) {
    case "sgd":
      return { kind, momentum, isNesterov: draft.isNesterov };
    case "rmsprop":
      return { kind, decay: number(draft.decay), momentum, epsilon };
    case "adam":
      return { kind, beta1: number(draft.beta1), beta2: number(draft.beta2), epsilon };
  }
}

function scheduleOf(draft: Draft): Schedule {
  switch (draft.schedule) {
    case "constant":
      return { kind: "constant" };
    case "step":
    case "exponential":
      return { kind: draft.schedule, everyEpochs: number(draft.everyEpochs), factor: number(draft.factor) };
    case "plateau":
      return { kind: "plateau", patienceEpochs: number(draft.patienceEpochs), factor: number(draft.factor) };
    case "cosine":
      return { kind: "cosine", warmupShare: share(draft.warmupPercent) };
  }
}

function pairOf(draft: Draft): PairSetting | null {
  const { arms } = draft;
  switch (draft.differs) {
    case "nothing":
      return null;
    case "smoothing":
      return { setting: "smoothing", values: [number(arms.smoothing[0]), number(arms.smoothing[1])] };
    case "weightDecay":
      return { setting: "weightDecay", values: [number(arms.weightDecay[0]), number(arms.weightDecay[1])] };
    case "labelNoise":
      return { setting: "labelNoise", values: [share(arms.labelNoisePercent[0]), share(arms.labelNoisePercent[1])] };
    case "optimizer":
      return {
        setting: "optimizer",
        values: [optimizerOf(draft, arms.optimizer[0]), optimizerOf(draft, arms.optimizer[1])],
      };
  }
}

/** The two arms must differ in what they are said to differ in. */
const sameArms = "Both arms have the same value: nothing would differ.";

/**
 * Turns the page into a request, or says what is wrong with which field.
 * @param initialWeights what was found where the draft begins; null where it begins by the seed, and until it is found
 */
export function draftOutcome(
  draft: Draft,
  dataset: DatasetSource,
  initialWeights: InitialWeights | null = null,
): DraftOutcome {
  const pair = pairOf(draft);
  const base = {
    epochs: number(draft.epochs),
    batchSize: number(draft.batchSize),
    optimizer: optimizerOf(draft, draft.optimizer),
    learningRate: number(draft.learningRate),
    schedule: scheduleOf(draft),
    weightDecay: number(draft.weightDecay),
    clipNorm: optional(draft.clipNorm),
    smoothing: number(draft.smoothing),
    labelNoise: share(draft.labelNoisePercent),
    dropout: optional(draft.dropout),
    auxiliaryWeight: optional(draft.auxiliaryWeight),
    augmentation: { flip: draft.flip, cropPaddingPixels: number(draft.cropPaddingPixels) },
    weightDecayKind: draft.isDecayDecoupled ? "decoupled" : "l2",
    averageDecay: optional(draft.averageDecay),
    precision: draft.isBfloat16 ? "bfloat16" : "float32",
    earlyStopping: earlyStoppingOf(draft),
  };
  const parsed = trainRequest.safeParse({
    configuration: {
      dataset,
      model: { id: draft.modelId, inputPixels: number(draft.inputPixels), width: number(draft.width) },
      // The setting that differs stands in the arms; what the page's own field says of it has no say.
      training: pair === null ? base : { ...base, [pair.setting]: pair.values[0] },
      seed: number(draft.seed),
      ...(initialWeights === null ? {} : { initialWeights }),
    },
    pair,
  });
  const problems: Partial<Record<DraftField, string>> = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOf(issue.path);
    if (field !== null) problems[field] ??= numberProblem(issue, isPercent(field, draft) ? 100 : 1);
  }
  if (pair && JSON.stringify(pair.values[0]) === JSON.stringify(pair.values[1])) problems.armB ??= sameArms;
  if (draft.begin.kind !== "seed" && initialWeights === null) problems.begin ??= beginTexts.missing;
  if (parsed.success && Object.keys(problems).length === 0) return { request: parsed.data, problems: null };
  return { request: null, problems };
}

function earlyStoppingOf({ earlyStoppingEpochs }: Draft): TrainingSettings["earlyStopping"] {
  const patienceEpochs = optional(earlyStoppingEpochs);
  return patienceEpochs === null ? null : { patienceEpochs, leastGain: 0 };
}

const percentFields: readonly DraftField[] = ["labelNoisePercent", "warmupPercent"];

function isPercent(field: DraftField, draft: Draft): boolean {
  return percentFields.includes(field) || (draft.differs === "labelNoise" && (field === "armA" || field === "armB"));
}

/** Names in the request that differ from those on the page. */
const renamed: Readonly<Record<string, DraftField>> = {
  id: "modelId",
  labelNoise: "labelNoisePercent",
  warmupShare: "warmupPercent",
};

/** Where on the page an issue of the request belongs; null for what is the arms' affair and told there. */
function fieldOf(path: z.core.$ZodIssue["path"]): DraftField | null {
  if (path[0] === "pair") return path[2] === 1 ? "armB" : "armA";
  if (path.includes("earlyStopping")) return "earlyStoppingEpochs";
  const name = String(path.at(-1));
  // Every remaining name is a field of the draft: the request's own names are those of the page, but for the renamed.
  return renamed[name] ?? (name as DraftField);
}
