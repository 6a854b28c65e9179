/** What the page becomes, whichever way is taken: a request that the engine takes, or a list of what is wrong with which field. Pure. */
import type { z } from "zod";
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import { type RunConfiguration, runConfiguration } from "../../../../src-main/contract/configuration.ts";
import type { DatasetSource } from "../../../../src-main/contract/dataset.ts";
import {
  type ExperimentRequest,
  experimentRequest,
  mostExperimentRuns,
  networkSetting,
} from "../../../../src-main/contract/experiment.ts";
import type { InitialWeights } from "../../../../src-main/contract/weights.ts";
import { noiseMatrixProblem } from "../../../../src-main/domain/pictures/noise-rows.ts";
import {
  type Setting,
  valueAt,
  valuePath,
  withSetting,
  withValueAt,
} from "../../../../src-main/domain/settings/setting.ts";
import { settingOf, settings } from "../../../../src-main/domain/settings/settings.ts";
import { inputTooSmall } from "../../../entities/network/network-texts.ts";
import { numberProblem, sentenceOf } from "../../../lib/numbers.ts";
import { numberOf } from "../../../lib/typed-numbers.ts";
import { type ArmField, type ArmsOutcome, armsOutcome, settingsOfArms } from "../arms/arms-factor.ts";
import { type SweepBase, type SweepField, type SweepParts, sweepParts } from "../sweep/sweep-parts.ts";
import { beginTexts } from "./begin-texts.ts";
import {
  type Draft,
  type FieldSetting,
  fieldSettings,
  hasArms,
  isInUse,
  type OptimizerDraft,
  pairSetting,
  type TypedValues,
  typedValues,
} from "./draft.ts";
import { seedTexts } from "./seed-texts.ts";
import { seedsOf } from "./seeds.ts";
import { isPercent, valueOfTyped } from "./typed-value.ts";

/** A field of the page that can be wrong; the values of two arms are told apart by the arm, and an arm's own numbers by their ids. */
export type DraftField =
  | keyof Draft
  | "armA"
  | "armB"
  | `arm${"A" | "B"}.${FieldSetting["id"]}`
  | ArmField
  | SweepField;
export type DraftProblems = Readonly<Partial<Record<DraftField, string>>>;

/** What is told however far the page is filled in. */
interface Asked {
  /** How many runs are asked for, as far as it can be told. */
  readonly runs: number;
  /** Fields where nothing stands yet: their problems are wrong only once a start was asked for. */
  readonly unfilled: ReadonlySet<DraftField>;
}
export type DraftOutcome = Asked &
  (
    | { readonly request: ExperimentRequest; readonly problems: null }
    | { readonly request: null; readonly problems: DraftProblems }
  );

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

function pairOf(draft: Draft): { readonly setting: string; readonly values: readonly unknown[] } | null {
  const differs = pairSetting(draft);
  if (differs === null) return null;
  if (differs === "optimizer") return { setting: differs, values: draft.arms.optimizer.map(optimizerOf) };
  const setting = settingOf(differs)!;
  return { setting: differs, values: draft.arms[differs].map((text) => valueOfTyped(setting, text)) };
}

/** The two arms must differ in what they are said to differ in. */
const sameArms = "Both arms have the same value: nothing would differ.";

/**
 * Turns the page into a request, or says what is wrong with which field.
 * @param initialWeights what was found where the draft begins; null where it begins by the seed, and until it is found
 * @param network the chosen one, which may need larger pictures
 * @param classes of the chosen pictures; null where none are chosen
 */
export function draftOutcome(
  draft: Draft,
  dataset: DatasetSource,
  initialWeights: InitialWeights | null = null,
  network?: Pick<ArchitectureView, "title" | "smallestInputPixels">,
  classes: readonly { readonly name: string }[] | null = null,
  all: readonly Setting[] = settings,
): DraftOutcome {
  const seeds = seedsOf(draft.seed);
  const pair = pairOf(draft);
  const { configuration, problems } = baseOutcome({ ...draft, seed: String(seeds?.[0] ?? 0) }, pair, {
    ...{ dataset, model: { id: draft.modelId } },
    ...(initialWeights !== null && { initialWeights }),
  });
  if (network && numberOf(draft.inputPixels) < network.smallestInputPixels)
    problems.inputPixels = inputTooSmall(network);
  if (draft.begin.kind !== "seed" && initialWeights === null) problems.begin ??= beginTexts.missing;
  if (seeds === null) problems.seed = seedTexts.wrong;
  const unfilled = new Set<DraftField>();
  const noise = configuration === null ? null : noiseMatrixProblem(configuration.training, classes);
  if (noise !== null) {
    problems.noiseMatrix ??= sentenceOf(noise);
    if (configuration?.training.noiseMatrix === null) unfilled.add("noiseMatrix");
  }

  const base = Object.keys(problems).length > 0 ? null : configuration;
  const arms = armsOf(draft, pair, base);
  const sweep = sweepOf(draft, base, { armSettings: arms.settings, seeds: seeds?.length ?? 1 }, all);
  const runs = (sweep?.points ?? 1) * arms.count * (seeds?.length ?? 1);
  for (const { field, text, isUnfilled } of [...arms.problems, ...(sweep?.problems ?? [])]) {
    problems[field] ??= text;
    if (isUnfilled) unfilled.add(field);
  }
  if (runs > mostExperimentRuns) problems.seed ??= seedTexts.tooMany(runs, mostExperimentRuns);
  if (base === null || seeds === null || Object.keys(problems).length > 0)
    return { request: null, problems, runs, unfilled };
  const request = experimentRequest.parse({
    configuration: base,
    factors: [...(sweep?.factors ?? []), ...arms.factors],
    seeds,
    halving: sweep?.halving,
    networks: sweep?.networks ?? arms.networks,
  });
  return { request, problems: null, runs, unfilled };
}

type MutableProblems = Partial<Record<DraftField, string>>;

/** The configuration of all arms, or of arm A; null where something is wrong with an arm of two. */
function baseOutcome(
  draft: Draft,
  pair: ReturnType<typeof pairOf>,
  chosen: object,
): { readonly configuration: RunConfiguration | null; readonly problems: MutableProblems } {
  const typed = withTyped(chosen, typedValues(draft));
  // The setting that differs stands in the arms; what the page's own field says of it has no say.
  const path = pair === null ? null : settingOf(pair.setting)!.path;
  const arms = pair === null || path === null ? [typed] : pair.values.map((value) => withValueAt(typed, path, value));
  const parsed = arms.map((arm) => runConfiguration.safeParse(arm));
  const problems: MutableProblems = {};
  for (const [index, { error }] of parsed.entries())
    for (const issue of error?.issues ?? []) {
      const field = fieldOf(issue.path, path, index === 0 ? "armA" : "armB");
      if (field !== null) problems[field] ??= numberProblem(issue, isInPercent(field, draft) ? 100 : 1);
    }
  if (pair && JSON.stringify(pair.values[0]) === JSON.stringify(pair.values[1])) problems.armB ??= sameArms;
  const isFine = parsed.every(({ success }) => success);
  return { configuration: isFine ? (parsed[0]?.data ?? null) : null, problems };
}

interface ArmsAsked {
  readonly factors: readonly object[];
  readonly count: number;
  /** What they differ in. */
  readonly settings: readonly string[];
  readonly networks?: ExperimentRequest["networks"] | object;
  readonly problems: ArmsOutcome["problems"];
}

function armsOf(draft: Draft, pair: ReturnType<typeof pairOf>, base: RunConfiguration | null): ArmsAsked {
  if (!hasArms(draft)) return { factors: [], count: 1, settings: [], problems: [] };
  if (pair !== null)
    return { factors: [{ ...pair, isBlocked: true }], count: 2, settings: [pair.setting], problems: [] };
  const { factor, problems } = armsOutcome(draft.namedArms, base);
  const changed = settingsOfArms(draft.namedArms);
  const networks = changed.includes(networkSetting) ? { networks: { preset: presetOf(draft) } } : {};
  return { factors: [factor], count: draft.namedArms.length, settings: changed, problems, ...networks };
}

function sweepOf(
  draft: Draft,
  configuration: RunConfiguration | null,
  over: Pick<SweepBase, "armSettings" | "seeds">,
  all: readonly Setting[],
): SweepParts | null {
  if (draft.way !== "sweep") return null;
  return sweepParts(draft.sweep, { ...over, configuration, preset: presetOf(draft) }, all);
}

/** Which of its presets a network brings that the experiment varies: of the kind that the page was filled from. */
function presetOf({ presetId }: Draft): "paper" | "compact" {
  return presetId === "paper" ? "paper" : "compact";
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
