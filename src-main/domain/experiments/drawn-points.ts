/**
 * The points of a random search. What attempt k has for a setting hangs on the search's seed, on k and on the setting alone, so that more draws, or one more
 * range, leave the others where they are. Of equal points the first counts. What is trained is the rounded value.
 */
import { runConfiguration } from "../../contract/configuration.ts";
import { StrataError } from "../../contract/errors.ts";
import type { Change, DrawnFactor, DrawnRange } from "../../contract/experiment.ts";
import { lowerFirst, type Setting, withValueAt } from "../settings/setting.ts";
import { settings, settingTitle, variedSettings } from "../settings/settings.ts";
import { uniformOf } from "../statistics/uniform-of.ts";

/** Nobody can tell 0.001234 from 0.0012341 by its effect. */
const significantDigits = 4;
/** For each point asked for: ranges with only just enough points are drawn whole but for a very rare one. */
const attemptsEach = 50;

/** Throws `experiment.few-points` where the ranges have fewer different points than are asked for. */
export function drawnPoints(
  { draws, seed, ranges }: DrawnFactor,
  all: readonly Setting[] = settings,
): readonly (readonly Change[])[] {
  const wholes = new Set(all.filter(({ value }) => value.kind === "number" && value.isWhole).map(({ id }) => id));
  const points = new Map<string, readonly Change[]>();
  for (let attempt = 0; attempt < draws * attemptsEach && points.size < draws; attempt++) {
    const point = ranges.map((range) => {
      const share = uniformOf(`${seed} ${attempt} ${range.setting}`);
      return { setting: range.setting, value: drawnFrom(range, share, wholes.has(range.setting)) };
    });
    const key = JSON.stringify(point);
    if (!points.has(key)) points.set(key, point);
  }
  if (points.size < draws) throw new StrataError("experiment.few-points", { draws, distinct: points.size });
  return [...points.values()];
}

/** @param share uniform in [0, 1) */
function drawnFrom(range: DrawnRange, share: number, isWhole: boolean): unknown {
  if (range.kind === "choice") return range.values[Math.floor(share * range.values.length)];
  const { kind, from, to } = range;
  // Of whole numbers the last has its share too.
  const end = isWhole ? to + 1 : to;
  const value = kind === "log" ? from * (end / from) ** share : from + share * (end - from);
  const rounded = isWhole ? Math.floor(value) : Number(value.toPrecision(significantDigits));
  return Math.min(to, Math.max(from, rounded));
}

/** Throws `experiment.bad-range` for one that its setting cannot have. That there is such a setting is checked with every other factor's. */
export function refuseRanges({ ranges }: DrawnFactor, configuration: unknown): void {
  for (const range of ranges) {
    const setting = variedSettings().find(({ id }) => id === range.setting);
    const problem = setting && problemOf(range, setting, configuration);
    if (problem)
      throw new StrataError("experiment.bad-range", { setting: lowerFirst(settingTitle(range.setting)), problem });
  }
}

function problemOf(range: DrawnRange, setting: Setting, configuration: unknown): string | null {
  if (range.kind === "choice")
    return firstProblem(range.values, (value) => valueProblem(value, setting, configuration));
  if (setting.value.kind !== "number") return "it is not a number; name the values to choose from";
  if (range.from >= range.to) return `it begins at ${range.from}, which is not below its end, ${range.to}`;
  if (range.kind === "log" && range.from <= 0)
    return `it is even over orders of magnitude, and ${range.from} is of none; begin above 0`;
  return firstProblem([range.from, range.to], (end) => valueProblem(end, setting, configuration));
}

function firstProblem<T>(values: readonly T[], problem: (value: T) => string | null): string | null {
  return values.map(problem).find((one) => one !== null) ?? null;
}

function valueProblem(value: unknown, { path }: Setting, configuration: unknown): string | null {
  const { error } = runConfiguration.safeParse(withValueAt(configuration, path, value));
  return error === undefined ? null : `${JSON.stringify(value)}: ${error.issues[0]?.message}`;
}
