/** What the page becomes: a request that the engine takes, or a list of what is wrong with which field. Pure. */
import type { z } from "zod";
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import {
  type Optimizer,
  type PairSetting,
  type Schedule,
  type TrainingSettings,
  type TrainRequest,
  trainRequest,
} from "../../../../src-main/contract/configuration.ts";
import type { DatasetSource } from "../../../../src-main/contract/dataset.ts";
import type { InitialWeights } from "../../../../src-main/contract/weights.ts";
import { inputTooSmall } from "../../../entities/network/network-texts.ts";
import { numberProblem } from "../../../lib/numbers.ts";
import { numberOf, optionalOf, shareOf } from "../../../lib/typed-numbers.ts";
import { beginTexts } from "./begin-texts.ts";
import type { Draft, OptimizerDraft, OptimizerNumber } from "./draft.ts";

/** A field of the page that can be wrong; arms' values are told apart by the arm. */
export type DraftField = keyof Draft | "armA" | "armB" | `arm${"A" | "B"}.${OptimizerNumber}`;
export type DraftProblems = Readonly<Partial<Record<DraftField, string>>>;
export type DraftOutcome =
  | { readonly request: TrainRequest; readonly problems: null }
  | { readonly request: null; readonly problems: DraftProblems };

function optimizerOf(typed: OptimizerDraft): Optimizer {
  const [kind, momentum, epsilon] = [typed.optimizer, numberOf(typed.momentum), numberOf(typed.epsilon)];
  switch (kind) {
    case "sgd":
      return { kind, momentum, isNesterov: typed.isNesterov };
    case "rmsprop":
      return {
        ...{ kind, decay: numberOf(typed.decay), momentum, epsilon },
        initialMeanSquare: typed.isMeanSquareFromOne ? 1 : 0,
      };
    case "adam":
      return { kind, beta1: numberOf(typed.beta1), beta2: numberOf(typed.beta2), epsilon };
  }
}

function scheduleOf(draft: Draft): Schedule {
  switch (draft.schedule) {
    case "constant":
      return { kind: "constant" };
    case "step":
    case "exponential":
      return { kind: draft.schedule, everyEpochs: numberOf(draft.everyEpochs), factor: numberOf(draft.factor) };
    case "plateau":
      return { kind: "plateau", patienceEpochs: numberOf(draft.patienceEpochs), factor: numberOf(draft.factor) };
    case "cosine":
      return { kind: "cosine", warmupShare: shareOf(draft.warmupPercent) };
  }
}

function pairOf(draft: Draft): PairSetting | null {
  const { arms } = draft;
  switch (draft.differs) {
    case "nothing":
      return null;
    case "smoothing":
      return { setting: "smoothing", values: [numberOf(arms.smoothing[0]), numberOf(arms.smoothing[1])] };
    case "weightDecay":
      return { setting: "weightDecay", values: [numberOf(arms.weightDecay[0]), numberOf(arms.weightDecay[1])] };
    case "labelNoise":
      return {
        setting: "labelNoise",
        values: [shareOf(arms.labelNoisePercent[0]), shareOf(arms.labelNoisePercent[1])],
      };
    case "optimizer":
      return {
        setting: "optimizer",
        values: [optimizerOf(arms.optimizer[0]), optimizerOf(arms.optimizer[1])],
      };
  }
}

/** The two arms must differ in what they are said to differ in. */
const sameArms = "Both arms have the same value: nothing would differ.";

/**
 * Turns the page into a request, or says what is wrong with which field.
 * @param initialWeights what was found where the draft begins; null where it begins by the seed, and until it is found
 * @param network the chosen one, which may need larger pictures
 */
export function draftOutcome(
  draft: Draft,
  dataset: DatasetSource,
  initialWeights: InitialWeights | null = null,
  network?: Pick<ArchitectureView, "title" | "smallestInputPixels">,
): DraftOutcome {
  const pair = pairOf(draft);
  const base = {
    epochs: numberOf(draft.epochs),
    batchSize: numberOf(draft.batchSize),
    optimizer: optimizerOf(draft),
    learningRate: numberOf(draft.learningRate),
    schedule: scheduleOf(draft),
    weightDecay: numberOf(draft.weightDecay),
    clipNorm: optionalOf(draft.clipNorm),
    smoothing: numberOf(draft.smoothing),
    labelNoise: shareOf(draft.labelNoisePercent),
    dropout: optionalOf(draft.dropout),
    auxiliaryWeight: optionalOf(draft.auxiliaryWeight),
    augmentation: { flip: draft.flip, cropPaddingPixels: numberOf(draft.cropPaddingPixels) },
    weightDecayKind: draft.isDecayDecoupled ? "decoupled" : "l2",
    averageDecay: optionalOf(draft.averageDecay),
    precision: draft.isBfloat16 ? "bfloat16" : "float32",
    earlyStopping: earlyStoppingOf(draft),
  };
  const parsed = trainRequest.safeParse({
    configuration: {
      dataset,
      model: { id: draft.modelId, inputPixels: numberOf(draft.inputPixels), width: numberOf(draft.width) },
      // The setting that differs stands in the arms; what the page's own field says of it has no say.
      training: pair === null ? base : { ...base, [pair.setting]: pair.values[0] },
      seed: numberOf(draft.seed),
      ...(initialWeights === null ? {} : { initialWeights }),
    },
    pair,
  });
  const problems: Partial<Record<DraftField, string>> = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOf(issue.path);
    if (field !== null) problems[field] ??= numberProblem(issue, isPercent(field, draft) ? 100 : 1);
  }
  if (network && numberOf(draft.inputPixels) < network.smallestInputPixels)
    problems.inputPixels = inputTooSmall(network);
  if (pair && JSON.stringify(pair.values[0]) === JSON.stringify(pair.values[1])) problems.armB ??= sameArms;
  if (draft.begin.kind !== "seed" && initialWeights === null) problems.begin ??= beginTexts.missing;
  if (parsed.success && Object.keys(problems).length === 0) return { request: parsed.data, problems: null };
  return { request: null, problems };
}

function earlyStoppingOf({ earlyStoppingEpochs, leastGain }: Draft): TrainingSettings["earlyStopping"] {
  const patienceEpochs = optionalOf(earlyStoppingEpochs);
  return patienceEpochs === null ? null : { patienceEpochs, leastGain: numberOf(leastGain) };
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
  const name = String(path.at(-1));
  if (path[0] === "pair") {
    const arm = path[2] === 1 ? "armB" : "armA";
    // What stands deeper than the arm's value is a number of its optimiser.
    return path.length > 3 ? `${arm}.${name as OptimizerNumber}` : arm;
  }
  if (path.includes("earlyStopping")) return name === "leastGain" ? "leastGain" : "earlyStoppingEpochs";
  // Every remaining name is a field of the draft: the request's own names are those of the page, but for the renamed.
  return renamed[name] ?? (name as DraftField);
}
