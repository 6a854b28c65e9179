/** Where the levels of a factor stand along an axis: numbers by their size, on a log scale where they span it, and words side by side. Pure. */
import type { ExperimentRow, Factor, Level } from "../../../src-main/contract/experiment.ts";
import { levelKey, levelNumber } from "../../../src-main/domain/experiments/experiment-outcome.ts";
import { levelsOf } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { settingOf } from "../../../src-main/domain/settings/settings.ts";
import { factorTitle, levelText } from "../../entities/experiment/experiment-texts.ts";

export interface AxisTick {
  readonly key: string;
  readonly text: string;
  /** From 0, the first, to 1, the last. */
  readonly place: number;
}

export interface FactorAxis {
  readonly title: string;
  readonly scale: "log" | "linear" | "words";
  /** One a level, in their order along the axis. */
  readonly ticks: readonly AxisTick[];
}

/** A setting whose size matters more than its difference is on a log scale from a factor of 2 on, any other from 30 on. */
const leastRatio = { log: 2, other: 30 } as const;

/** @param rows in which levels may stand that were not asked for, of runs that were changed */
export function factorAxis(factor: Factor, index: number, rows: readonly ExperimentRow[]): FactorAxis {
  const levels = new Map<string, Level>();
  for (const level of [...levelsOf(factor), ...rows.flatMap((row) => row.levels[index] ?? [])])
    if (!levels.has(levelKey(level))) levels.set(levelKey(level), level);
  const all = [...levels.values()];
  const numbers = all.map(levelNumber).filter((number) => number !== null);
  const title = factorTitle(factor);
  if (numbers.length < all.length || numbers.length < 2) return { title, scale: "words", ticks: spaced(all) };
  const scale = scaleOf(factor, numbers);
  const size = scale === "log" ? Math.log : (number: number) => number;
  const [low, high] = [size(Math.min(...numbers)), size(Math.max(...numbers))];
  const ticks = all
    .map((level) => ({
      key: levelKey(level),
      text: levelText(level),
      place: (size(levelNumber(level) ?? 0) - low) / (high - low),
    }))
    .sort((a, b) => a.place - b.place);
  return { title: scale === "log" ? `${title}, log scale` : title, scale, ticks };
}

function scaleOf(factor: Factor, numbers: readonly number[]): "log" | "linear" {
  const least = Math.min(...numbers);
  if (least <= 0) return "linear";
  const type = "setting" in factor ? settingOf(factor.setting)?.value : undefined;
  const isOfSize = type?.kind === "number" && type.scale === "log";
  return Math.max(...numbers) / least >= leastRatio[isOfSize ? "log" : "other"] ? "log" : "linear";
}

function spaced(levels: readonly Level[]): readonly AxisTick[] {
  return levels.map((level, index) => ({
    key: levelKey(level),
    text: levelText(level),
    place: levels.length === 1 ? 0.5 : index / (levels.length - 1),
  }));
}
