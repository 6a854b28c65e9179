/** What a person types for a sweep, and the request that it becomes. */
import { type RunConfiguration, runConfiguration } from "../../../../src-main/contract/configuration.ts";
import {
  mostSweepRuns,
  type SweepRequest,
  type SweepSetting,
  sweepRequest,
  withSweepValues,
} from "../../../../src-main/contract/sweep.ts";
import { sweepTexts } from "../../../entities/sweep/sweep-texts.ts";
import { numberProblem } from "../../../lib/numbers.ts";

export interface SweepLine {
  readonly setting: SweepSetting;
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
  readonly request: SweepRequest | null;
  readonly runs: number;
  /** One a line, null where it is fine. */
  readonly problems: readonly (string | null)[];
  readonly seedsProblem: string | null;
}

/** Settings that the form offers: numbers, percentages, and names of a list. */
export const sweepKinds = {
  smoothing: "number",
  learningRate: "number",
  weightDecay: "number",
  labelNoise: "percent",
  optimizer: "optimizer",
  model: "name",
  width: "number",
  epochs: "number",
  batchSize: "number",
  dropout: "number",
  clipNorm: "number",
  cropPaddingPixels: "number",
} as const satisfies Partial<Record<SweepSetting, string>>;
export type OfferedSetting = keyof typeof sweepKinds;
// A const object's keys are its type's keys.
export const offeredSettings = Object.keys(sweepKinds) as OfferedSetting[];

export const emptySweep: SweepDraft = { lines: [], seeds: "" };

const partsOf = (text: string): string[] =>
  text
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Null for a word that is not what the setting is made of; whether it is in range is the request's to judge. */
function typedValue(setting: SweepSetting, text: string): unknown {
  const kind = setting in sweepKinds ? sweepKinds[setting as OfferedSetting] : "number";
  if (kind === "name") return text;
  if (kind === "optimizer") return ["sgd", "rmsprop", "adam"].includes(text) ? { kind: text } : null;
  const number = Number(text);
  if (!Number.isFinite(number)) return null;
  return kind === "percent" ? number / 100 : number;
}

/** What is wrong with one of the values, in the words that its own field has for it. */
function valueProblem(setting: SweepSetting, part: string, configuration: RunConfiguration): string | null {
  const value = typedValue(setting, part);
  const [issue] = runConfiguration.safeParse(withSweepValues(configuration, [{ setting, value }])).error?.issues ?? [];
  if (issue === undefined) return null;
  return sweepTexts.valueProblem(part, numberProblem(issue, setting === "labelNoise" ? 100 : 1));
}

function problemOf(
  { setting, text }: SweepLine,
  lines: readonly SweepLine[],
  configuration: RunConfiguration | null,
): string | null {
  const parts = partsOf(text);
  if (parts.length === 0) return sweepTexts.noValues;
  const wrong = parts.find((part) => typedValue(setting, part) === null);
  if (wrong !== undefined) return sweepTexts.wrongValue(wrong);
  if (new Set(parts).size < parts.length) return sweepTexts.repeated;
  if (lines.filter((line) => line.setting === setting).length > 1) return sweepTexts.twice;
  if (configuration === null) return null;
  return parts.map((part) => valueProblem(setting, part, configuration)).find((problem) => problem !== null) ?? null;
}

/** @param configuration the experiment's one run; null while its own settings need a look */
export function sweepOutcome({ lines, seeds }: SweepDraft, configuration: RunConfiguration | null): SweepOutcome {
  const problems = lines.map((line) => problemOf(line, lines, configuration));
  const seedParts = partsOf(seeds);
  const isSeed = (part: string) => /^\d{1,9}$/.test(part);
  const areSeeds = seedParts.every(isSeed) && new Set(seedParts).size === seedParts.length;
  const seedsProblem = areSeeds ? null : sweepTexts.wrongSeeds;
  const counts = lines.map(({ text }) => partsOf(text).length);
  const runs = counts.reduce((product, one) => product * one, Math.max(1, seedParts.length));
  const isTooLarge = runs > mostSweepRuns;
  const varies = lines.length > 0 || seedParts.length > 1;
  const isFine = varies && areSeeds && !isTooLarge && problems.every((problem) => problem === null);
  const parsed =
    isFine && configuration !== null
      ? sweepRequest.safeParse({
          configuration,
          vary: lines.map(({ setting, text }) => ({
            setting,
            values: partsOf(text).map((part) => typedValue(setting, part)),
          })),
          seeds: seedParts.length > 0 ? seedParts.map(Number) : [configuration.seed],
        })
      : null;
  return {
    request: parsed?.data ?? null,
    runs,
    problems,
    seedsProblem: isTooLarge ? sweepTexts.tooMany(runs, mostSweepRuns) : seedsProblem,
  };
}
