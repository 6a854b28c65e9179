/** Words of the command line as numbers and settings. What cannot be meant is a usage error. */
import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import type { z } from "zod";
import { type Schedule, schedule } from "../contract/configuration.ts";
import { type DatasetSource, drawnSource } from "../contract/dataset.ts";

export function numberFlag(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError(`${text} is not a number.`);
  return value;
}

export function wholeFlag(text: string): number {
  const value = numberFlag(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError(`${text} is not a whole number.`);
  return value;
}

/** A number that the setting can have. */
export function numberFlagOf(schema: z.ZodType<number>): (text: string) => number {
  return (text) => {
    const parsed = schema.safeParse(numberFlag(text));
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`${parsed.error.issues[0]?.message ?? "It cannot be this number"}.`);
  };
}

/** What the schema takes; `problem` says of a text that it does not what it should be. */
export function flagOf<T>(schema: z.ZodType<T>, problem: (text: string) => string): (text: string) => T {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(problem(text));
  };
}

/** A number, or `none`, which stays a word: commander takes null for a flag that was not given. */
export function numberOrNoneFlag(text: string): number | "none" {
  return text === "none" ? text : numberFlag(text);
}

/** `drawn`, `drawn:pictures=6000,difficulty=0.3`, or a folder. */
export function dataFlag(text: string): DatasetSource {
  if (text !== "drawn" && !text.startsWith("drawn:")) return { kind: "folder", path: resolve(text) };
  const known = ["pictures", "pixels", "difficulty", "seed"];
  const settings = text
    .slice("drawn:".length)
    .split(",")
    .filter((part) => part !== "")
    .map((part) => {
      const [key = "", value = ""] = part.split("=");
      if (!known.includes(key)) throw new InvalidArgumentError(`${key} is none of ${known.join(", ")}.`);
      return [key, numberFlag(value)] as const;
    });
  const parsed = drawnSource.safeParse({ kind: "drawn", ...Object.fromEntries(settings) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidArgumentError(`${issue?.path.join(".")}: ${issue?.message}.`);
}

/**
 * `constant`, `step:30,0.1`, `exponential:2,0.94`, `plateau:3,0.1`, each with its epochs and its factor, `cosine` or `cosine:0.1` (the share of the run that
 * warms up).
 */
export function scheduleFlag(text: string): Schedule {
  const [kind, list = ""] = text.split(":");
  const numbers = list === "" ? [] : list.split(",").map(numberFlag);
  const [first, factor] = numbers;
  const most = kind === "constant" ? 0 : kind === "cosine" ? 1 : 2;
  const asked =
    kind === "cosine" ? { kind, warmupShare: first } : { kind, everyEpochs: first, patienceEpochs: first, factor };
  const parsed = schedule.safeParse(asked);
  if (parsed.success && numbers.length <= most) return parsed.data;
  throw new InvalidArgumentError(
    `${text} is none of constant, step:30,0.1, exponential:2,0.94, plateau:3,0.1, cosine:0.1.`,
  );
}

export function yesOrNoFlag(text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes";
  throw new InvalidArgumentError(`${text} is neither yes nor no.`);
}

/** The numbers of runs, one or more, as the command's own argument. */
export const runsArgument = [
  "<runs...>",
  "their numbers",
  (text: string, before: readonly number[] = []): readonly number[] => [...before, wholeFlag(text)],
] as const;
