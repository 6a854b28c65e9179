/**
 * The experiment as it stands on the page: what was typed, letter by letter, so that half a number is no error until it is one. It is filled by
 * `draft-from.ts` and becomes a request in `draft-outcome.ts`.
 */
import type { Optimizer, Preset } from "../../../../src-main/contract/configuration.ts";
import type { InitialWeights, WeightsSource } from "../../../../src-main/contract/weights.ts";
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import { settings } from "../../../../src-main/domain/settings/settings.ts";
import type { ArmDraft } from "../arms/arm-drafts.ts";
import type { SweepDraft } from "../sweep/sweep-draft.ts";

export type OptimizerKind = Optimizer["kind"];
/** What is trained: the settings once, arms of them side by side, or combinations of values. What was typed for one way is kept in the others. */
export type Way = "run" | "compare" | "sweep";
/** A setting that two arms can differ in. */
export type PairSetting = Extract<Row, { readonly pair: unknown }>["id"];
/** What tells the arms apart: one setting, or changes of each arm's own. */
export type Difference = PairSetting | "arms";
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

type Row = (typeof settings)[number];
/** Those that have a field on the page. */
type FieldRow = Extract<Row, { readonly place: string }>;
type Typed<One> = One extends { readonly value: { readonly kind: "yes-or-no" } }
  ? boolean
  : One extends { readonly value: { readonly options: infer Options } }
    ? `${keyof Options & (string | number)}`
    : string;
/** Every setting that has a field, as typed, by its id. An empty text is none; shares that people think of in percent are typed in percent. */
export type DraftValues = { readonly [One in FieldRow as One["id"]]: Typed<One> };

type OptimizerNumber = Extract<FieldRow, { readonly of: { readonly id: "optimizer" } }>["id"];
/** An optimiser as typed. What belongs to other kinds is kept while one is chosen. */
export type OptimizerDraft = Pick<DraftValues, "optimizer" | OptimizerNumber>;

export interface Draft extends DraftValues {
  /** The preset that it was filled from, since two of a network may have the same size; empty where it was filled from a recorded run. */
  readonly presetId: string;
  readonly modelId: string;
  readonly way: Way;
  readonly differs: Difference;
  /** Of each setting that can differ, arm A's value and arm B's; kept while another one is chosen. */
  readonly arms: Readonly<Record<Exclude<PairSetting, "optimizer">, Two>> & {
    readonly optimizer: readonly [OptimizerDraft, OptimizerDraft];
  };
  readonly namedArms: readonly ArmDraft[];
  readonly sweep: SweepDraft;
  readonly begin: Begin;
}

/** What was typed for a setting, whichever it is; undefined for one without a field. */
export type TypedValues = Readonly<Record<string, string | boolean | undefined>>;

/** A setting that has a field. */
export interface FieldSetting extends Setting {
  readonly id: keyof DraftValues;
}

/** Every field of the page, of the settings in this table. */
export function fieldSettings(all: readonly Setting[] = settings): readonly FieldSetting[] {
  // The draft's fields are made of the same rows.
  return all.filter((setting): setting is FieldSetting => setting.place !== undefined);
}

/** The typed settings of a draft alone. */
export function typedValues(draft: OptimizerDraft | DraftValues): TypedValues {
  // Settings are looked up by their rows' ids; what else a draft has is none of them.
  return draft as object as TypedValues;
}

/** Whether a setting means something beside what else is typed: Adam has no momentum. */
export function isInUse({ of }: Setting, typed: TypedValues): boolean {
  if (of === undefined) return true;
  const owner = String(typed[of.id] ?? "").trim();
  return of.kinds === undefined ? owner !== "" : of.kinds.includes(owner);
}

/** Whether arms are trained: those of a comparison, or the same at every point of a sweep. */
export function hasArms({ way, sweep }: Pick<Draft, "way" | "sweep">): boolean {
  return way === "compare" || (way === "sweep" && sweep.hasArms);
}

/** The setting that two arms differ in, whose place on the page the arms take; null without arms, and where arms have names. */
export function pairSetting(draft: Pick<Draft, "way" | "sweep" | "differs">): PairSetting | null {
  return hasArms(draft) && draft.differs !== "arms" ? draft.differs : null;
}

/** Which preset the draft still is, in size; null once the size is a person's own. */
export function presetOfDraft(draft: Draft, presets: readonly Preset[]): Preset | null {
  const sameSize = presets.filter(
    ({ model }) => model.inputPixels === Number(draft.inputPixels) && model.width === Number(draft.width),
  );
  return sameSize.find(({ id }) => id === draft.presetId) ?? sameSize[0] ?? null;
}
