/** The page filled: from a preset, or from what is recorded of a run. Pure. */
import {
  type Optimizer,
  optimizer as optimizerSchema,
  type Preset,
  type RunConfiguration,
  type TrainingSettings,
} from "../../../../src-main/contract/configuration.ts";
import type { RunView } from "../../../../src-main/contract/run.ts";
import { type Setting, settingValue, valueAt } from "../../../../src-main/domain/settings/setting.ts";
import { pairedSettings, partsOf, settingOf, settings } from "../../../../src-main/domain/settings/settings.ts";
import { armsOfRun, type BlockArm, baseOfBlock } from "../../../entities/run/arms-of-run.ts";
import { pairOfRun, type RunPair } from "../../../entities/run/pair-of-run.ts";
import { percentText } from "../../../lib/typed-numbers.ts";
import { type ArmDraft, firstArms } from "../arms/arm-drafts.ts";
import { emptySweep } from "../sweep/sweep-draft.ts";
import {
  beginAsRecorded,
  beginBySeed,
  type Draft,
  type DraftValues,
  fieldSettings,
  type OptimizerDraft,
  type OptimizerKind,
  type PairSetting,
  type TypedValues,
  typedValues,
} from "./draft.ts";

/**
 * The page filled from a preset. What a person asked to differ, and the seed, outlive the change; weights to
 * begin from belong to their network.
 */
export function draftFromPreset({ id, model, training }: Preset, before: Draft | null): Draft {
  return {
    ...filledValues({ model, training, seed: before?.seed }, before),
    modelId: model.id,
    presetId: id,
    way: before?.way ?? "compare",
    differs: before?.differs ?? "smoothing",
    arms: before?.arms ?? usualArms(training),
    namedArms: before?.namedArms ?? firstArms,
    sweep: before?.sweep ?? emptySweep,
    begin: before?.modelId === model.id ? before.begin : beginBySeed,
  };
}

/** The page filled as a run was set up, with its block as far as the page has fields for it. @param job the block's runs that are still on record */
export function draftFromRun(run: RunView, job: readonly RunView[]): Draft {
  const arms = armsOfRun(run);
  if (arms === null) return draftFromConfiguration(run.configuration, pairOfRun(run));
  const filled = draftFromConfiguration(baseOfBlock(run, arms, job), null);
  return { ...filled, way: "compare", differs: "arms", namedArms: arms.map(armDraftOf) };
}

function armDraftOf({ name, changes }: BlockArm): ArmDraft {
  return {
    name,
    changes: changes.map(({ setting: id, value }) => {
      const setting = settingOf(id)!;
      const told = setting.valueKey === undefined || value === null ? value : valueAt(value, setting.valueKey);
      return { setting: id, typed: typedText(setting, told) };
    }),
  };
}

/**
 * The page filled as a run was set up, so that it asks for the same again: for the whole pair, whichever of its arms the configuration is of.
 * Pictures are not the page's affair here, and weights to begin from are asked for as the file that they were.
 */
export function draftFromConfiguration(
  { model, training, seed, initialWeights }: Omit<RunConfiguration, "dataset">,
  pair: RunPair | null,
): Draft {
  // Settings of pairs lie right in what is trained with, and had this value in the record.
  const ofArmA: TrainingSettings = pair === null ? training : { ...training, [pair.setting]: pair.values[0] };
  return {
    ...filledValues({ model, training: ofArmA, seed }, null),
    modelId: model.id,
    presetId: "",
    way: pair === null ? "run" : "compare",
    // It is one of the rows that pairs can be over.
    differs: (pair?.setting ?? "smoothing") as PairSetting,
    arms: { ...usualArms(ofArmA), ...(pair && armsOfPair(pair)) },
    namedArms: firstArms,
    sweep: emptySweep,
    begin: beginAsRecorded(initialWeights),
  };
}

/** The numbers of an optimiser that is new to an arm: the page's own where it is of that kind, else the usual ones. */
export function optimizerOfKind(kind: OptimizerKind, draft: Draft): OptimizerDraft {
  return kind === draft.optimizer
    ? optimizerDraft(typedValues(draft))
    : filledOptimizer(optimizerSchema.parse({ kind }));
}

/** A value as its field has it. */
function typedText({ value: type }: Setting, value: unknown): string | boolean {
  if (value === null) return "";
  if (type.kind === "yes-or-no") return value === true;
  return type.kind === "number" && type.scale === "percent" ? percentText(Number(value)) : String(value);
}

/**
 * Every field filled from a configuration. What it does not have keeps what was typed before, or begins as its row says.
 * @param configuration of no particular type, so that settings of any table can be read from it
 */
export function typedFrom(
  configuration: unknown,
  before: TypedValues | null,
  all: readonly Setting[] = settings,
): TypedValues {
  return Object.fromEntries(
    fieldSettings(all).map((setting) => {
      const value = settingValue(configuration, setting);
      if (value !== undefined) return [setting.id, typedText(setting, value)];
      return [setting.id, before?.[setting.id] ?? typedText(setting, setting.initial ?? null)];
    }),
  );
}

function filledValues(configuration: unknown, before: Draft | null): DraftValues {
  // Made of the same rows as the type.
  return typedFrom(configuration, before && typedValues(before)) as TypedValues & DraftValues;
}

function optimizerDraft(typed: TypedValues): OptimizerDraft {
  const ids = ["optimizer", ...partsOf("optimizer").map(({ id }) => id)];
  // Made of the same rows as the type.
  return Object.fromEntries(ids.map((id) => [id, typed[id]])) as TypedValues & OptimizerDraft;
}

const filledOptimizer = (optimizer: Optimizer): OptimizerDraft =>
  optimizerDraft(typedFrom({ training: { optimizer } }, null));

/** Both arms' values of each setting that can differ: none of it against what the preset has, or else what is worth trying. */
function usualArms(training: TrainingSettings): Draft["arms"] {
  const numbers = pairedSettings().flatMap((setting) => {
    if (!setting.pair) return [];
    const [none, worthTrying] = setting.pair;
    const own = valueAt({ training }, setting.path) || worthTrying;
    return [[setting.id, [typedText(setting, none), typedText(setting, own)]]];
  });
  const otherKind: OptimizerKind = training.optimizer.kind === "sgd" ? "adam" : "sgd";
  return {
    // Those of the pairs' rows that are numbers.
    ...(Object.fromEntries(numbers) as Omit<Draft["arms"], "optimizer">),
    optimizer: [filledOptimizer(training.optimizer), filledOptimizer(optimizerSchema.parse({ kind: otherKind }))],
  };
}

function armsOfPair({ setting: id, values }: RunPair): Partial<Draft["arms"]> {
  const [a, b] = values;
  if (id === "optimizer")
    return { optimizer: [filledOptimizer(optimizerSchema.parse(a)), filledOptimizer(optimizerSchema.parse(b))] };
  const setting = settingOf(id)!;
  return { [id]: values.map((value) => typedText(setting, value)) };
}
