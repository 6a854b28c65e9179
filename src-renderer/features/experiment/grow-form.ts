/** What a person types to add to an experiment, and the growth that it becomes. Pure. */
import type { ExperimentRequest, Factor } from "../../../src-main/contract/experiment.ts";
import type { ExperimentGrowth } from "../../../src-main/contract/experiment-growth.ts";
import { settingOf } from "../../../src-main/domain/settings/settings.ts";
import { numberOf, shareOf } from "../../lib/typed-numbers.ts";
import { experimentPageTexts } from "./experiment-page-texts.ts";

export type GrowKind = "seeds" | "level";
export type GrowableFactor = Extract<Factor, { readonly setting: string }>;

export interface GrowOutcome {
  /** Null where nothing is typed, or something is wrong. */
  readonly growth: ExperimentGrowth | null;
  /** Null while nothing is. */
  readonly problem: string | null;
}

/** Settings that a value can be typed for. Arms of a block began together, and named arms have no value. */
export function growableFactors({ factors }: ExperimentRequest): readonly GrowableFactor[] {
  return factors.filter(
    (factor): factor is GrowableFactor =>
      "setting" in factor &&
      !factor.isBlocked &&
      factor.values.every((value) => typeof value !== "object" || value === null),
  );
}

const partsOf = (text: string): readonly string[] => text.split(/[,;\s]+/).filter((part) => part !== "");

/** The seeds that follow the largest, as many as there are: 1, 2, 3 → `4, 5, 6`. */
export function seedsToOffer(seeds: readonly number[]): string {
  const last = Math.max(...seeds);
  return Array.from({ length: Math.min(seeds.length + 1, 3) }, (_, index) => last + 1 + index).join(", ");
}

export function seedsOutcome(text: string, known: readonly number[]): GrowOutcome {
  const parts = partsOf(text);
  const wrong = parts.find((part) => !/^\d{1,9}$/.test(part));
  if (wrong !== undefined) return { growth: null, problem: experimentPageTexts.wrongSeed(wrong) };
  const repeated = parts.find((part) => known.includes(Number(part)));
  if (repeated !== undefined) return { growth: null, problem: experimentPageTexts.known(repeated) };
  return { growth: parts.length === 0 ? null : { seeds: parts.map(Number), levels: [] }, problem: null };
}

export function levelOutcome(text: string, factor: GrowableFactor): GrowOutcome {
  const parts = partsOf(text);
  const values = parts.map((part) => typedValue(factor.setting, part));
  const wrong = values.indexOf(undefined);
  if (wrong >= 0) return { growth: null, problem: experimentPageTexts.wrongValue(parts[wrong] ?? "") };
  const known = new Set<unknown>(factor.values);
  const repeated = values.findIndex((value) => known.has(value));
  if (repeated >= 0) return { growth: null, problem: experimentPageTexts.known(parts[repeated] ?? "") };
  const told = values.filter((value) => value !== undefined);
  return {
    growth: told.length === 0 ? null : { seeds: [], levels: [{ setting: factor.setting, values: told }] },
    problem: null,
  };
}

/** Undefined for what is no value of the setting; whether it is in range is the engine's to judge. */
function typedValue(setting: string, text: string): string | number | boolean | null | undefined {
  const type = settingOf(setting)?.value;
  if (type === undefined) return undefined;
  if (text === "none" && "empty" in type && type.empty !== undefined) return null;
  switch (type.kind) {
    case "yes-or-no":
      return text === "yes" ? true : text === "no" ? false : undefined;
    case "option":
      if (!Object.hasOwn(type.options, text)) return undefined;
      return type.isNumeric ? Number(text) : text;
    case "number": {
      const number = type.scale === "percent" ? shareOf(text) : numberOf(text);
      return Number.isFinite(number) ? number : undefined;
    }
    default:
      return text;
  }
}
