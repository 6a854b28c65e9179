/** What a sweep becomes: factors of the experiment, what stops early and what networks bring, or what is wrong with which field. Pure. */
import type { RunConfiguration } from "../../../../src-main/contract/configuration.ts";
import { type Halving, type NetworkPresets, networkPresets } from "../../../../src-main/contract/experiment.ts";
import { recipeSettings } from "../../../../src-main/domain/networks/network-presets.ts";
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import { settings } from "../../../../src-main/domain/settings/settings.ts";
import { networkLevelTexts } from "../../../entities/experiment/network-level-texts.ts";
import { numberOf, shareOf } from "../../../lib/typed-numbers.ts";
import { changeProblem, type FieldProblem, levelValue, offeredSettings } from "../experiment/typed-value.ts";
import { type Alike, isNetworkLine, isRange, type SweepDraft, type SweepLine, typedParts } from "./sweep-draft.ts";
import { sweepTexts } from "./sweep-texts.ts";
import { type HalvingField, halvingPart } from "./typed-halving.ts";
import { type DrawnField, drawingProblems, drawsOf, rangeOf, rangeProblems } from "./typed-ranges.ts";

/** A line by its place; `varied` where there is none. */
export type SweepField = "varied" | `line${number}` | "multiplyAdds" | "minutes" | DrawnField | HalvingField;

export interface SweepParts {
  /** As the request has them, once nothing is wrong. */
  readonly factors: readonly object[];
  readonly halving: Halving | undefined;
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
  readonly seeds: number;
  /** Which of its presets each network brings. */
  readonly preset: NetworkPresets["preset"];
}

/** A line with its setting, undefined for one that cannot vary, and with its values where they are given one by one. */
interface ReadLine {
  readonly line: SweepLine;
  readonly setting: Setting | undefined;
  readonly values: readonly unknown[];
}

export function sweepParts(sweep: SweepDraft, base: SweepBase, all: readonly Setting[] = settings): SweepParts {
  const offered = offeredSettings(all);
  const lines = sweep.lines.map((line): ReadLine => {
    const setting = offered.find(({ id }) => id === line.setting);
    return { line, setting, values: valuesOf(line, setting) };
  });
  const problems: FieldProblem<SweepField>[] = [
    ...(lines.length === 0 ? [{ field: "varied", text: sweepTexts.nothingVaries, isUnfilled: true } as const] : []),
    ...lines.flatMap((read, place) => lineProblems(read, place, { sweep, base, all })),
    ...budgetProblems(sweep),
  ];
  const { factors, points, ...drawing } =
    sweep.points === "drawn" ? drawnPart(sweep, lines, problems) : gridPart(lines);
  const { halving, ...halved } = halvingPart(sweep, mostEpochs(sweep, lines, base), points * base.seeds);
  return {
    ...{ factors, halving, points },
    networks: sweep.lines.some(isNetworkLine) ? networksOf(sweep, base.preset) : undefined,
    problems: [...problems, ...drawing.problems, ...halved.problems],
  };
}

/** Of the runs; null while that is not known: networks that bring their own are told of once they are found. */
function mostEpochs(sweep: SweepDraft, lines: readonly ReadLine[], { configuration }: SweepBase): number | null {
  const varied = lines.find(({ line }) => line.setting === "epochs");
  if (varied) {
    const values = isRange(varied.line, sweep) ? [numberOf(varied.line.to)] : varied.values;
    const numbers = values.filter((value) => typeof value === "number" && Number.isFinite(value)).map(Number);
    return numbers.length === 0 ? null : Math.max(...numbers);
  }
  const areOwn = sweep.lines.some(isNetworkLine) && sweep.alike !== "recipe";
  return areOwn ? null : (configuration?.training.epochs ?? null);
}

interface PointsPart extends Pick<SweepParts, "factors" | "points"> {
  readonly problems: readonly FieldProblem<SweepField>[];
}

function gridPart(lines: readonly ReadLine[]): PointsPart {
  return {
    factors: lines.map(({ line: { setting }, values }) => ({ setting, values, isBlocked: false })),
    points: lines.reduce((product, { values }) => product * values.length, 1),
    problems: [],
  };
}

function drawnPart(
  sweep: SweepDraft,
  lines: readonly ReadLine[],
  problems: readonly FieldProblem<SweepField>[],
): PointsPart {
  const ranges = lines.map(({ line, setting, values }) =>
    setting && isRange(line, sweep) ? rangeOf(line, setting) : { kind: "choice", setting: line.setting, values },
  );
  const draws = drawsOf(sweep);
  return {
    factors: [{ draws, seed: numberOf(sweep.searchSeed), ranges, isBlocked: false }],
    points: draws ?? 0,
    problems: drawingProblems(sweep, problems.length === 0 ? ranges : null),
  };
}

const heldFor: Readonly<Record<Alike, readonly string[]>> = {
  ...{ nothing: [], multiplyAdds: [], minutes: [], width: ["width"] },
  recipe: recipeSettings().map(({ id }) => id),
};

function networksOf(
  { alike, multiplyAdds, minutes }: SweepDraft,
  preset: NetworkPresets["preset"],
): Partial<NetworkPresets> {
  const budget = multiplyAdds.trim() === "" ? "base" : numberOf(multiplyAdds) * 1e6;
  return {
    ...{ preset, held: [...heldFor[alike]] },
    multiplyAdds: alike === "multiplyAdds" ? budget : null,
    minutes: alike === "minutes" ? numberOf(minutes) : null,
  };
}

function budgetProblems({ lines, alike, multiplyAdds, minutes }: SweepDraft): readonly FieldProblem<SweepField>[] {
  if (!lines.some(isNetworkLine)) return [];
  if (alike === "multiplyAdds" && multiplyAdds.trim() !== "" && !(numberOf(multiplyAdds) > 0))
    return [{ field: "multiplyAdds", text: networkLevelTexts.wrongMultiplyAdds }];
  if (alike === "minutes" && !networkPresets.shape.minutes.safeParse(numberOf(minutes)).success)
    return [{ field: "minutes", text: networkLevelTexts.wrongMinutes }];
  return [];
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

interface LineContext {
  readonly sweep: SweepDraft;
  readonly base: SweepBase;
  readonly all: readonly Setting[];
}

function lineProblems(read: ReadLine, place: number, context: LineContext): readonly FieldProblem<SweepField>[] {
  const { sweep, base, all } = context;
  const { line, setting } = read;
  const field = `line${place}` as const;
  if (setting === undefined) return [{ field, text: sweepTexts.notVaried(line.setting) }];
  const isElsewhere = base.armSettings.includes(setting.id);
  if (isElsewhere || sweep.lines.filter((one) => one.setting === setting.id).length > 1)
    return [{ field, text: sweepTexts.twice }];
  if (isRange(line, sweep)) return rangeProblems(line, place, setting, { configuration: base.configuration, all });
  return listProblems({ ...read, setting }, field, context);
}

/** Of values that are given one by one. */
function listProblems(
  { line, setting, values }: ReadLine & { readonly setting: Setting },
  field: SweepField,
  { base: { configuration }, all }: LineContext,
): readonly FieldProblem<SweepField>[] {
  const parts = typedParts(line.text);
  if (parts.length === 0)
    return [{ field, text: isNetworkLine(line) ? networkLevelTexts.none : sweepTexts.noValues, isUnfilled: true }];
  const wrong = values.indexOf(undefined);
  if (wrong >= 0) return [{ field, text: sweepTexts.wrongValue(parts[wrong]!) }];
  if (new Set(parts).size < parts.length) return [{ field, text: sweepTexts.repeated }];
  if (configuration === null) return [];
  for (const [at, value] of values.entries()) {
    const problem = changeProblem(configuration, [{ setting: setting.id, value }], all);
    if (problem !== null) return [{ field, text: sweepTexts.valueProblem(parts[at]!, problem) }];
  }
  return [];
}
