/** What the page becomes: a request that the engine takes, or a list of what is wrong with which field. Pure. */
import type { z } from "zod";
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import { runConfiguration } from "../../../../src-main/contract/configuration.ts";
import type { DatasetSource } from "../../../../src-main/contract/dataset.ts";
import { type ExperimentRequest, experimentRequest } from "../../../../src-main/contract/experiment.ts";
import type { InitialWeights } from "../../../../src-main/contract/weights.ts";
import {
  type Setting,
  valueAt,
  valuePath,
  withSetting,
  withValueAt,
} from "../../../../src-main/domain/settings/setting.ts";
import { settingOf, settings } from "../../../../src-main/domain/settings/settings.ts";
import { inputTooSmall } from "../../../entities/network/network-texts.ts";
import { numberProblem } from "../../../lib/numbers.ts";
import { numberOf, shareOf } from "../../../lib/typed-numbers.ts";
import { beginTexts } from "./begin-texts.ts";
import {
  type Draft,
  type FieldSetting,
  fieldSettings,
  isInUse,
  type OptimizerDraft,
  type TypedValues,
  typedValues,
} from "./draft.ts";

/** A field of the page that can be wrong; arms' values are told apart by the arm, and an arm's own numbers by their ids. */
export type DraftField = keyof Draft | "armA" | "armB" | `arm${"A" | "B"}.${FieldSetting["id"]}`;
export type DraftProblems = Readonly<Partial<Record<DraftField, string>>>;
export type DraftOutcome =
  | { readonly request: ExperimentRequest; readonly problems: null }
  | { readonly request: null; readonly problems: DraftProblems };

const isPercent = (setting: Setting | undefined): boolean =>
  setting?.value.kind === "number" && setting.value.scale === "percent";

/** What was typed, as the configuration has it. */
function valueOfTyped(setting: Setting, typed: string | boolean | undefined): unknown {
  const { value: type } = setting;
  const text = String(typed ?? "");
  if (type.kind === "yes-or-no") return typed === true;
  if (type.kind === "option") return type.isNumeric ? Number(text) : text;
  if (type.kind === "number" && type.empty !== undefined && text.trim() === "") return null;
  return isPercent(setting) ? shareOf(text) : numberOf(text);
}

/** A configuration with every field that means something beside the others; what it becomes is for the schema to judge. */
export function withTyped(configuration: unknown, typed: TypedValues, all: readonly Setting[] = settings): unknown {
  return fieldSettings(all)
    .filter((setting) => isInUse(setting, typed))
    .reduce((whole, setting) => withSetting(whole, setting, valueOfTyped(setting, typed[setting.id])), configuration);
}

function optimizerOf(typed: OptimizerDraft): unknown {
  const ofOptimizer = fieldSettings().filter(({ id, of }) => id === "optimizer" || of?.id === "optimizer");
  return valueAt(withTyped({}, typedValues(typed), ofOptimizer), "training.optimizer");
}

function pairOf({ differs, arms }: Draft): { readonly setting: string; readonly values: readonly unknown[] } | null {
  if (differs === "nothing") return null;
  if (differs === "optimizer") return { setting: differs, values: arms.optimizer.map(optimizerOf) };
  const setting = settingOf(differs)!;
  return { setting: differs, values: arms[differs].map((text) => valueOfTyped(setting, text)) };
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
  const chosen = { dataset, model: { id: draft.modelId }, ...(initialWeights !== null && { initialWeights }) };
  const typed = withTyped(chosen, typedValues(draft));
  // The setting that differs stands in the arms; what the page's own field says of it has no say.
  const path = pair === null ? null : settingOf(pair.setting)!.path;
  const arms = pair === null || path === null ? [typed] : pair.values.map((value) => withValueAt(typed, path, value));
  const parsed = arms.map((arm) => runConfiguration.safeParse(arm));
  const problems: Partial<Record<DraftField, string>> = {};
  for (const [index, { error }] of parsed.entries())
    for (const issue of error?.issues ?? []) {
      const field = fieldOf(issue.path, path, index === 0 ? "armA" : "armB");
      if (field !== null) problems[field] ??= numberProblem(issue, isInPercent(field, draft) ? 100 : 1);
    }
  if (network && numberOf(draft.inputPixels) < network.smallestInputPixels)
    problems.inputPixels = inputTooSmall(network);
  if (pair && JSON.stringify(pair.values[0]) === JSON.stringify(pair.values[1])) problems.armB ??= sameArms;
  if (draft.begin.kind !== "seed" && initialWeights === null) problems.begin ??= beginTexts.missing;
  const configuration = parsed[0]?.data;
  if (configuration === undefined || Object.keys(problems).length > 0 || parsed.some(({ success }) => !success))
    return { request: null, problems };
  const factors = pair === null ? [] : [{ ...pair, isBlocked: true }];
  return { request: experimentRequest.parse({ configuration, factors, seeds: [configuration.seed] }), problems: null };
}

function isInPercent(field: DraftField, draft: Draft): boolean {
  return isPercent(settingOf(field === "armA" || field === "armB" ? draft.differs : field));
}

/** Where on the page an issue of an arm's configuration belongs; null for what has no field. */
function fieldOf(path: z.core.$ZodIssue["path"], armPath: string | null, arm: "armA" | "armB"): DraftField | null {
  const place = path.map(String).join(".");
  if (armPath !== null && (place === armPath || place.startsWith(`${armPath}.`))) {
    // What stands deeper than the arm's value is a number of its optimiser.
    const part = place === armPath ? undefined : settingAt(place);
    return part && part.path !== armPath ? `${arm}.${part.id}` : arm;
  }
  return place === "model.id" ? "modelId" : (settingAt(place)?.id ?? null);
}

function settingAt(path: string): FieldSetting | undefined {
  return fieldSettings().find((setting) => setting.path === path || valuePath(setting) === path);
}
