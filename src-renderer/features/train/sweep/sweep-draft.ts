/** What a person types for a sweep, and the request that it becomes. */
import { type RunConfiguration, runConfiguration } from "../../../../src-main/contract/configuration.ts";
import {
  type ExperimentRequest,
  experimentRequest,
  mostExperimentRuns,
  type NetworkPresets,
  networkSetting,
  settingsOfFactor,
} from "../../../../src-main/contract/experiment.ts";
import { configurationWith, countRuns } from "../../../../src-main/domain/experiment-plan.ts";
import { recipeSettings } from "../../../../src-main/domain/network-presets.ts";
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import { settings, variedSettings } from "../../../../src-main/domain/settings/settings.ts";
import { variedTexts } from "../../../entities/experiment/experiment-texts.ts";
import { networkLevelTexts } from "../../../entities/experiment/network-level-texts.ts";
import { numberProblem } from "../../../lib/numbers.ts";
import { numberOf, shareOf } from "../../../lib/typed-numbers.ts";

export interface SweepLine {
  /** By its id. */
  readonly setting: string;
  /** Values as typed, parted by commas. */
  readonly text: string;
}

/** What networks that vary have alike, in place of each one's own preset. */
export type Alike = "nothing" | "width" | "recipe" | "multiplyAdds";

export interface SweepDraft {
  readonly lines: readonly SweepLine[];
  /** As typed; empty takes the experiment's own seed. */
  readonly seeds: string;
  readonly alike: Alike;
  /** Of a picture, in millions, as typed; empty takes as many as the page's network. */
  readonly multiplyAdds: string;
}

export interface SweepOutcome {
  /** Null where nothing varies, or something is wrong. */
  readonly request: ExperimentRequest | null;
  readonly runs: number;
  readonly seeds: number;
  /** One a line, null where it is fine. */
  readonly problems: readonly (string | null)[];
  readonly seedsProblem: string | null;
  readonly multiplyAddsProblem: string | null;
}

/** Settings that the form offers, those of the network and of its input last; a schedule's numbers cannot be typed into one line of values. */
export function offeredSettings(all: readonly Setting[] = settings): readonly Setting[] {
  const offered = variedSettings(all).filter(({ id }) => id !== "schedule");
  const isOfNetwork = ({ path }: Setting) => !path.startsWith("training.");
  return [...offered.filter((setting) => !isOfNetwork(setting)), ...offered.filter(isOfNetwork)];
}

export const emptySweep: SweepDraft = { lines: [], seeds: "", alike: "nothing", multiplyAdds: "" };

/** Whether networks are what a line varies: they are picked, and their ids kept as a line of values. */
export const isNetworkLine = ({ setting }: SweepLine): boolean => setting === networkSetting;

const heldFor: Readonly<Record<Alike, readonly string[]>> = {
  ...{ nothing: [], multiplyAdds: [], width: ["width"] },
  recipe: recipeSettings().map(({ id }) => id),
};

/** Undefined where networks do not vary. */
function networksOf(
  { lines, alike, multiplyAdds }: SweepDraft,
  preset: NetworkPresets["preset"],
): Partial<NetworkPresets> | undefined {
  if (!lines.some(isNetworkLine)) return undefined;
  const budget = multiplyAdds.trim() === "" ? "base" : numberOf(multiplyAdds) * 1e6;
  return { preset, held: [...heldFor[alike]], multiplyAdds: alike === "multiplyAdds" ? budget : null };
}

function multiplyAddsProblemOf({ lines, alike, multiplyAdds }: SweepDraft): string | null {
  if (alike !== "multiplyAdds" || multiplyAdds.trim() === "" || !lines.some(isNetworkLine)) return null;
  return numberOf(multiplyAdds) > 0 ? null : networkLevelTexts.wrongMultiplyAdds;
}

/** The values of a line of this text. */
export const typedParts = (text: string): string[] =>
  text
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Undefined for a word that is not what the setting is made of; whether it is in range is the request's to judge. */
function typedValue({ id, value: type }: Setting, text: string): unknown {
  switch (type.kind) {
    case "own":
    case "text":
      return text;
    case "yes-or-no":
      return text === "yes" ? true : text === "no" ? false : undefined;
    case "option":
      if (!Object.hasOwn(type.options, text)) return undefined;
      return id === "optimizer" ? { kind: text } : type.isNumeric ? Number(text) : text;
    case "number": {
      if (text === "none" && type.empty !== undefined) return null;
      const number = type.scale === "percent" ? shareOf(text) : numberOf(text);
      return Number.isFinite(number) ? number : undefined;
    }
  }
}

/** What is wrong with one of the values, in the words that its own field has for it. */
function valueProblem(setting: Setting, part: string, configuration: RunConfiguration): string | null {
  const values = [{ setting: setting.id, value: typedValue(setting, part) }];
  const [issue] = runConfiguration.safeParse(configurationWith(configuration, values, [setting])).error?.issues ?? [];
  if (issue === undefined) return null;
  const isPercent = setting.value.kind === "number" && setting.value.scale === "percent";
  return variedTexts.valueProblem(part, numberProblem(issue, isPercent ? 100 : 1));
}

function problemOf(
  { setting: id, text }: SweepLine,
  lines: readonly SweepLine[],
  asked: ExperimentRequest | null,
  all: readonly Setting[],
): string | null {
  const parts = typedParts(text);
  const setting = all.find((one) => one.id === id);
  if (setting === undefined) return variedTexts.notVaried(id);
  if (parts.length === 0) return id === networkSetting ? networkLevelTexts.none : variedTexts.noValues;
  const wrong = parts.find((part) => typedValue(setting, part) === undefined);
  if (wrong !== undefined) return variedTexts.wrongValue(wrong);
  if (new Set(parts).size < parts.length) return variedTexts.repeated;
  const isOfArms = asked?.factors.flatMap(settingsOfFactor).includes(id) ?? false;
  if (isOfArms || lines.filter((line) => line.setting === id).length > 1) return variedTexts.twice;
  if (asked === null) return null;
  return (
    parts.map((part) => valueProblem(setting, part, asked.configuration)).find((problem) => problem !== null) ?? null
  );
}

/**
 * @param asked the page's one run or pair; null while its own settings need a look
 * @param preset which of its presets each network brings
 */
export function sweepOutcome(
  draft: SweepDraft,
  asked: ExperimentRequest | null,
  all: readonly Setting[] = settings,
  preset: NetworkPresets["preset"] = "compact",
): SweepOutcome {
  const { lines, seeds } = draft;
  const multiplyAddsProblem = multiplyAddsProblemOf(draft);
  const offered = offeredSettings(all);
  const problems = lines.map((line) => problemOf(line, lines, asked, offered));
  const seedParts = typedParts(seeds);
  const isSeed = (part: string) => /^\d{1,9}$/.test(part);
  const areSeeds = seedParts.every(isSeed) && new Set(seedParts).size === seedParts.length;
  const seedsProblem = areSeeds ? null : variedTexts.wrongSeeds;
  const counts = lines.map(({ text }) => typedParts(text).length);
  const arms = asked === null ? 1 : countRuns(asked);
  const runs = counts.reduce((product, one) => product * one, arms * Math.max(1, seedParts.length));
  const isTooLarge = runs > mostExperimentRuns;
  const varies = lines.length > 0 || seedParts.length > 1;
  const isFine =
    varies && areSeeds && !isTooLarge && multiplyAddsProblem === null && problems.every((problem) => problem === null);
  const parsed =
    isFine && asked !== null
      ? experimentRequest.safeParse({
          configuration: asked.configuration,
          factors: [
            ...lines.map(({ setting, text }) => ({
              setting,
              // No line has a problem: each names a setting that is offered.
              values: typedParts(text).map((part) => typedValue(offered.find(({ id }) => id === setting)!, part)),
            })),
            ...asked.factors,
          ],
          seeds: seedParts.length > 0 ? seedParts.map(Number) : asked.seeds,
          networks: networksOf(draft, preset),
        })
      : null;
  return {
    request: parsed?.data ?? null,
    runs,
    seeds: seedParts.length,
    problems,
    seedsProblem: isTooLarge ? variedTexts.tooMany(runs, mostExperimentRuns) : seedsProblem,
    multiplyAddsProblem,
  };
}
