/**
 * The experiment as it stands on the page: what was typed, letter by letter, so that half a number is no error until it is one. It is filled by
 * `draft-from.ts` and becomes a request in `draft-outcome.ts`.
 */
import type { Optimizer, PairSetting, Preset, Schedule } from "../../../../src-main/contract/configuration.ts";
import type { InitialWeights, WeightsSource } from "../../../../src-main/contract/weights.ts";

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
  /** Taken even where too little of it matches. */
  readonly isMismatchAllowed: boolean;
}
export const beginBySeed: Begin = {
  ...{ kind: "seed", source: null, sha256: null, frozenThrough: null, isMismatchAllowed: false },
};

/** As a recorded run began: with its file as it was then. */
export function beginAsRecorded(initialWeights: InitialWeights | undefined): Begin {
  if (initialWeights === undefined) return beginBySeed;
  const { path, sha256, frozenThrough, isMismatchAllowed = false } = initialWeights;
  return { kind: "file", source: { kind: "file", path }, sha256, frozenThrough, isMismatchAllowed };
}

/** An optimiser as typed. What belongs to other kinds is kept while one is chosen. */
export interface OptimizerDraft {
  readonly optimizer: OptimizerKind;
  readonly momentum: string;
  readonly isNesterov: boolean;
  readonly decay: string;
  readonly beta1: string;
  readonly beta2: string;
  readonly epsilon: string;
  /** RMSProp’s mean square begins at 1 and not at 0. */
  readonly isMeanSquareFromOne: boolean;
}
export type OptimizerNumber = Exclude<keyof OptimizerDraft, "optimizer" | "isNesterov" | "isMeanSquareFromOne">;

/** Every number as typed. Shares that people think of in percent are typed in percent. */
export interface Draft extends OptimizerDraft {
  /** The preset that it was filled from, since two of a network may have the same size; empty where it was filled from a recorded run. */
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
    readonly optimizer: readonly [OptimizerDraft, OptimizerDraft];
  };
  readonly epochs: string;
  readonly batchSize: string;
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
  /** In nats; what is more than this is a gain. */
  readonly leastGain: string;
  readonly seed: string;
  readonly begin: Begin;
}

/** Which preset the draft still is, in size; null once the size is a person's own. */
export function presetOfDraft(draft: Draft, presets: readonly Preset[]): Preset | null {
  const sameSize = presets.filter(
    ({ model }) => model.inputPixels === Number(draft.inputPixels) && model.width === Number(draft.width),
  );
  return sameSize.find(({ id }) => id === draft.presetId) ?? sameSize[0] ?? null;
}
