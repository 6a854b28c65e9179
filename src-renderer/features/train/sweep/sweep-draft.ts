/** What a person types for a sweep, and the request that it becomes. */
import { type RunConfiguration, runConfiguration } from "../../../../src-main/contract/configuration.ts";
import {
  type ExperimentRequest,
  experimentRequest,
  mostExperimentRuns,
  settingsOfFactor,
} from "../../../../src-main/contract/experiment.ts";
import { configurationWith, countRuns } from "../../../../src-main/domain/experiment-plan.ts";
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import { settings, variedSettings } from "../../../../src-main/domain/settings/settings.ts";
import { variedTexts } from "../../../entities/experiment/experiment-texts.ts";
import { numberProblem } from "../../../lib/numbers.ts";
import { numberOf, shareOf } from "../../../lib/typed-numbers.ts";

export interface SweepLine {
  /** By its id. */
  readonly setting: string;
  /** Values as typed, parted by commas. */
  readonly text: string;
}

export interface SweepDraft {
  readonly lines: readonly SweepLine[];
  /** As typed; empty takes the experiment's own seed. */
  readonly seeds: string;
}

export interface SweepOutcome {
  /** Null where nothing varies, or something is wrong. */
  readonly request: ExperimentRequest | null;
  readonly runs: number;
  readonly seeds: number;
  /** One a line, null where it is fine. */
  readonly problems: readonly (string | null)[];
  readonly seedsProblem: string | null;
}

/** Settings that the form offers, those of the network and of its input last; a schedule's numbers cannot be typed into one line of values. */
export function offeredSettings(all: readonly Setting[] = settings): readonly Setting[] {
  const offered = variedSettings(all).filter(({ id }) => id !== "schedule");
  const isOfNetwork = ({ path }: Setting) => !path.startsWith("training.");
  return [...offered.filter((setting) => !isOfNetwork(setting)), ...offered.filter(isOfNetwork)];
}

export const emptySweep: SweepDraft = { lines: [], seeds: "" };

const partsOf = (text: string): string[] =>
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
  const parts = partsOf(text);
  const setting = all.find((one) => one.id === id);
  if (setting === undefined) return variedTexts.notVaried(id);
  if (parts.length === 0) return variedTexts.noValues;
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

/** @param asked the page's one run or pair; null while its own settings need a look */
export function sweepOutcome(
  { lines, seeds }: SweepDraft,
  asked: ExperimentRequest | null,
  all: readonly Setting[] = settings,
): SweepOutcome {
  const offered = offeredSettings(all);
  const problems = lines.map((line) => problemOf(line, lines, asked, offered));
  const seedParts = partsOf(seeds);
  const isSeed = (part: string) => /^\d{1,9}$/.test(part);
  const areSeeds = seedParts.every(isSeed) && new Set(seedParts).size === seedParts.length;
  const seedsProblem = areSeeds ? null : variedTexts.wrongSeeds;
  const counts = lines.map(({ text }) => partsOf(text).length);
  const arms = asked === null ? 1 : countRuns(asked);
  const runs = counts.reduce((product, one) => product * one, arms * Math.max(1, seedParts.length));
  const isTooLarge = runs > mostExperimentRuns;
  const varies = lines.length > 0 || seedParts.length > 1;
  const isFine = varies && areSeeds && !isTooLarge && problems.every((problem) => problem === null);
  const parsed =
    isFine && asked !== null
      ? experimentRequest.safeParse({
          configuration: asked.configuration,
          factors: [
            ...lines.map(({ setting, text }) => ({
              setting,
              // No line has a problem: each names a setting that is offered.
              values: partsOf(text).map((part) => typedValue(offered.find(({ id }) => id === setting)!, part)),
            })),
            ...asked.factors,
          ],
          seeds: seedParts.length > 0 ? seedParts.map(Number) : asked.seeds,
        })
      : null;
  return {
    request: parsed?.data ?? null,
    runs,
    seeds: seedParts.length,
    problems,
    seedsProblem: isTooLarge ? variedTexts.tooMany(runs, mostExperimentRuns) : seedsProblem,
  };
}
