/** Random search as it is typed: ranges, how many points are drawn, and by which seed. Pure. */

import type { RunConfiguration } from "../../../../src-main/contract/configuration.ts";
import { StrataError } from "../../../../src-main/contract/errors.ts";
import { type DrawnRange, drawnFactor } from "../../../../src-main/contract/experiment.ts";
import { drawnPoints } from "../../../../src-main/domain/experiments/drawn-points.ts";
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import { numberProblem } from "../../../lib/numbers.ts";
import { numberOf } from "../../../lib/typed-numbers.ts";
import { changeProblem, type FieldProblem, valueOfTyped } from "../experiment/typed-value.ts";
import type { SweepDraft, SweepLine } from "./sweep-draft.ts";
import { sweepTexts } from "./sweep-texts.ts";

/** The ends of a line's range, by its place, and what is asked of the drawing. */
export type DrawnField = `line${number}.from` | `line${number}.to` | "draws" | "searchSeed";
type Range = Extract<DrawnRange, { readonly from: number }>;

export function rangeOf({ drawn, from, to }: SweepLine, setting: Setting): Range {
  const kind = drawn === "log" ? "log" : "uniform";
  return { kind, setting: setting.id, from: endOf(setting, from), to: endOf(setting, to) };
}

function endOf(setting: Setting, text: string): number {
  // What may be left empty is no end of a range then.
  const value = valueOfTyped(setting, text);
  return typeof value === "number" ? value : Number.NaN;
}

/** @param configuration the base; null while the page's own settings need a look */
export function rangeProblems(
  line: SweepLine,
  place: number,
  setting: Setting,
  { configuration, all }: { readonly configuration: RunConfiguration | null; readonly all: readonly Setting[] },
): readonly FieldProblem<DrawnField>[] {
  const range = rangeOf(line, setting);
  const problems = (["from", "to"] as const).flatMap((end): FieldProblem<DrawnField>[] => {
    const field = `line${place}.${end}` as const;
    if (line[end].trim() === "") return [{ field, text: sweepTexts.noEnd, isUnfilled: true }];
    if (Number.isNaN(range[end])) return [{ field, text: sweepTexts.noNumber }];
    const text = configuration && changeProblem(configuration, [{ setting: setting.id, value: range[end] }], all);
    return text ? [{ field, text }] : [];
  });
  if (problems.length > 0) return problems;
  if (range.kind === "log" && range.from <= 0) return [{ field: `line${place}.from`, text: sweepTexts.noMagnitude }];
  return range.from < range.to ? [] : [{ field: `line${place}.to`, text: sweepTexts.wrongWay }];
}

/** Undefined for what is no whole number of points. */
export function drawsOf({ draws }: Pick<SweepDraft, "draws">): number | undefined {
  return drawnFactor.shape.draws.safeParse(numberOf(draws)).data;
}

/** @param ranges null while one of them is wrong */
export function drawingProblems(
  { draws, searchSeed }: SweepDraft,
  ranges: readonly unknown[] | null,
): readonly FieldProblem<DrawnField>[] {
  const { shape } = drawnFactor;
  const typed = { draws: numberOf(draws), searchSeed: numberOf(searchSeed) };
  const problems = [
    ...asProblems("draws", shape.draws.safeParse(typed.draws).error?.issues),
    ...asProblems("searchSeed", shape.seed.safeParse(typed.searchSeed).error?.issues),
  ];
  if (problems.length > 0 || ranges === null) return problems;
  const { data } = drawnFactor.safeParse({ draws: typed.draws, seed: typed.searchSeed, ranges });
  try {
    if (data) drawnPoints(data);
    return [];
  } catch (thrown) {
    if (thrown instanceof StrataError) return [{ field: "draws", text: thrown.problem }];
    throw thrown;
  }
}

function asProblems<Field extends string>(
  field: Field,
  issues: readonly Parameters<typeof numberProblem>[0][] | undefined,
): readonly FieldProblem<Field>[] {
  const [issue] = issues ?? [];
  return issue === undefined ? [] : [{ field, text: numberProblem(issue) }];
}
