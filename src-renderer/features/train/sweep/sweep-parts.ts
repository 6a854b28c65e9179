/** What a sweep becomes: factors of the experiment and what networks bring, or what is wrong with which field. Pure. */
import type { RunConfiguration } from "../../../../src-main/contract/configuration.ts";
import type { NetworkPresets } from "../../../../src-main/contract/experiment.ts";
import { recipeSettings } from "../../../../src-main/domain/network-presets.ts";
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import { settings } from "../../../../src-main/domain/settings/settings.ts";
import { networkLevelTexts } from "../../../entities/experiment/network-level-texts.ts";
import { numberOf, shareOf } from "../../../lib/typed-numbers.ts";
import { changeProblem, type FieldProblem, levelValue, offeredSettings } from "../experiment/typed-value.ts";
import { type Alike, isNetworkLine, type SweepDraft, type SweepLine, typedParts } from "./sweep-draft.ts";
import { sweepTexts } from "./sweep-texts.ts";

/** A line by its place; `varied` where there is none. */
export type SweepField = "varied" | `line${number}` | "multiplyAdds";

export interface SweepParts {
  readonly factors: readonly {
    readonly setting: string;
    readonly values: readonly unknown[];
    readonly isBlocked: false;
  }[];
  /** Undefined where networks do not vary. */
  readonly networks: Partial<NetworkPresets> | undefined;
  /** How many combinations are asked for. */
  readonly points: number;
  readonly problems: readonly FieldProblem<SweepField>[];
}

/** What a sweep goes over. */
export interface SweepBase {
  /** Null while the page's own settings need a look. */
  readonly configuration: RunConfiguration | null;
  /** What arms differ in, which cannot vary as well. */
  readonly armSettings: readonly string[];
  /** Which of its presets each network brings. */
  readonly preset: NetworkPresets["preset"];
}

export function sweepParts(sweep: SweepDraft, base: SweepBase, all: readonly Setting[] = settings): SweepParts {
  const offered = offeredSettings(all);
  const lines = sweep.lines.map((line) => ({
    ...line,
    values: valuesOf(
      line,
      offered.find(({ id }) => id === line.setting),
    ),
  }));
  return {
    factors: lines.map(({ setting, values }) => ({ setting, values, isBlocked: false })),
    networks: sweep.lines.some(isNetworkLine) ? networksOf(sweep, base.preset) : undefined,
    points: lines.reduce((product, { values }) => product * values.length, 1),
    problems: [
      ...(lines.length === 0 ? [{ field: "varied", text: sweepTexts.nothingVaries, isUnfilled: true } as const] : []),
      ...lines.flatMap((line, place) => lineProblems(line, `line${place}`, { sweep, base, all })),
      ...multiplyAddsProblems(sweep),
    ],
  };
}

const heldFor: Readonly<Record<Alike, readonly string[]>> = {
  ...{ nothing: [], multiplyAdds: [], width: ["width"] },
  recipe: recipeSettings().map(({ id }) => id),
};

function networksOf({ alike, multiplyAdds }: SweepDraft, preset: NetworkPresets["preset"]): Partial<NetworkPresets> {
  const budget = multiplyAdds.trim() === "" ? "base" : numberOf(multiplyAdds) * 1e6;
  return { preset, held: [...heldFor[alike]], multiplyAdds: alike === "multiplyAdds" ? budget : null };
}

function multiplyAddsProblems({ lines, alike, multiplyAdds }: SweepDraft): readonly FieldProblem<SweepField>[] {
  const isAsked = alike === "multiplyAdds" && multiplyAdds.trim() !== "" && lines.some(isNetworkLine);
  return isAsked && !(numberOf(multiplyAdds) > 0)
    ? [{ field: "multiplyAdds", text: networkLevelTexts.wrongMultiplyAdds }]
    : [];
}

/** Undefined for each word that is not what the setting is made of; whether it is in range is the request's to judge. */
function valuesOf({ text }: SweepLine, setting: Setting | undefined): readonly unknown[] {
  return typedParts(text).map((part) => setting && levelValue(setting, valueOfWord(setting, part)));
}

function valueOfWord({ value: type }: Setting, word: string): unknown {
  switch (type.kind) {
    case "own":
    case "text":
      return word;
    case "yes-or-no":
      return word === "yes" ? true : word === "no" ? false : undefined;
    case "option":
      return Object.hasOwn(type.options, word) ? (type.isNumeric ? Number(word) : word) : undefined;
    case "number": {
      if (word === "none" && type.empty !== undefined) return null;
      const number = type.scale === "percent" ? shareOf(word) : numberOf(word);
      return Number.isFinite(number) ? number : undefined;
    }
  }
}

function lineProblems(
  line: SweepLine & { readonly values: readonly unknown[] },
  field: SweepField,
  { sweep, base, all }: { readonly sweep: SweepDraft; readonly base: SweepBase; readonly all: readonly Setting[] },
): readonly FieldProblem<SweepField>[] {
  const { setting, text, values } = line;
  const parts = typedParts(text);
  if (!offeredSettings(all).some(({ id }) => id === setting)) return [{ field, text: sweepTexts.notVaried(setting) }];
  if (parts.length === 0)
    return [{ field, text: isNetworkLine(line) ? networkLevelTexts.none : sweepTexts.noValues, isUnfilled: true }];
  const wrong = values.indexOf(undefined);
  if (wrong >= 0) return [{ field, text: sweepTexts.wrongValue(parts[wrong]!) }];
  if (new Set(parts).size < parts.length) return [{ field, text: sweepTexts.repeated }];
  if (base.armSettings.includes(setting) || sweep.lines.filter((one) => one.setting === setting).length > 1)
    return [{ field, text: sweepTexts.twice }];
  const { configuration } = base;
  if (configuration === null) return [];
  const told = values.map((value, at) => {
    const problem = changeProblem(configuration, [{ setting, value }], all);
    return problem === null ? null : sweepTexts.valueProblem(parts[at]!, problem);
  });
  const first = told.find((one) => one !== null);
  return first ? [{ field, text: first }] : [];
}
