/**
 * An experiment: a base configuration × factors, each with its levels × seeds. A single run, a pair, a ladder and a sweep are experiments of different shape.
 * Runs of one seed that differ in blocked factors alone are a block: they share pictures, split, initial weights, batch order and draws, and advance in step.
 */
import { z } from "zod";
import { runConfiguration } from "./configuration.ts";
import type { MetricId } from "./metric.ts";

/** More are a mistake of a grid rather than a plan. */
export const mostExperimentRuns = 10_000;

/** Settings and values are checked when the configurations are made of them: each must be one that there is, and can have the value. */
const settingName = z.string().min(1).max(100);
const levels = { isBlocked: z.boolean().default(false) };

const settingFactor = z.object({
  /** By the name of its row in the table of settings. */
  setting: settingName,
  values: z.array(z.json()).min(1).max(mostExperimentRuns),
  ...levels,
});

/** Arms by name, each a set of changes to the base: ladders and ablations. */
const armsFactor = z.object({
  arms: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(100),
        changes: z.array(z.object({ setting: settingName, value: z.json() })).max(50),
      }),
    )
    .min(2)
    .max(mostExperimentRuns)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two arms have one name"),
  ...levels,
});

const numberRange = { setting: settingName, from: z.number(), to: z.number() };

/** What a setting's value is drawn from. */
const drawnRange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("uniform"), ...numberRange }),
  /** Even over orders of magnitude. */
  z.object({ kind: z.literal("log"), ...numberRange }),
  z.object({
    kind: z.literal("choice"),
    setting: settingName,
    values: z.array(z.json()).min(1).max(mostExperimentRuns),
  }),
]);
export type DrawnRange = z.infer<typeof drawnRange>;

/** Random search: points with a value of every range. Each is a block of its own. */
const drawnFactor = z.object({
  draws: z.int().min(1).max(mostExperimentRuns),
  /** Of the drawing alone. */
  seed: runConfiguration.shape.seed,
  ranges: z.array(drawnRange).min(1).max(50),
  isBlocked: z.literal(false).default(false),
});
export type DrawnFactor = z.infer<typeof drawnFactor>;

export const factor = z.union([settingFactor, armsFactor, drawnFactor]);
export type Factor = z.infer<typeof factor>;

/** Settings that a factor changes. */
export function settingsOfFactor(one: Factor): readonly string[] {
  if ("setting" in one) return [one.setting];
  if ("ranges" in one) return one.ranges.map(({ setting }) => setting);
  return [...new Set(one.arms.flatMap(({ changes }) => changes.map(({ setting }) => setting)))];
}

export const experimentRequest = z.object({
  /** Every setting that no factor changes; its seed is each of `seeds` in turn. */
  configuration: runConfiguration,
  factors: z
    .array(factor)
    .max(50)
    .refine((all) => {
      const changed = all.flatMap(settingsOfFactor);
      return new Set(changed).size === changed.length;
    }, "a setting is varied twice"),
  seeds: z.array(runConfiguration.shape.seed).min(1).max(mostExperimentRuns),
});
export type ExperimentRequest = z.infer<typeof experimentRequest>;

/** One setting with the value that it is given. */
export interface Change {
  readonly setting: string;
  /** Missing where a run does not have the setting. */
  readonly value?: unknown;
}

/** What a run has of one factor. */
export interface Level {
  /** Of a named arm. */
  readonly name: string | null;
  readonly changes: readonly Change[];
}

/** What experiment a run is of, and where it stands in it. */
export interface RunExperiment {
  readonly id: number;
  /** By number, from 0. */
  readonly block: number;
  /** How many the experiment was planned with. */
  readonly blocks: number;
  /** By number, from 0, in the order of the levels; null where the run is a block by itself. */
  readonly arm: number | null;
  /** In what the arms of its block differ. */
  readonly differs: readonly Factor[];
}

export interface ExperimentEstimate {
  readonly runs: number;
  /** Null while it cannot be told: something trains, and a network of the experiment was never tried here; or its memory is not there. */
  readonly seconds: number | null;
}

/** Over the finished runs of one row. */
export interface Spread {
  readonly mean: number;
  readonly lowest: number;
  readonly highest: number;
}

/** What the finished runs of one row came to on the pictures of one split, by metric; null while none of them has a value. */
export type SplitFigures = Readonly<Record<MetricId, Spread | null>>;

/** The runs that differ in nothing but their seed. */
export interface ExperimentRow {
  /** One a factor, in their order. */
  readonly levels: readonly Level[];
  readonly runIds: readonly number[];
  /** The figures are over these alone. */
  readonly finished: number;
  /** What settings are chosen by. */
  readonly validation: SplitFigures;
  /** Stands apart: choosing by it would spoil it. */
  readonly test: SplitFigures;
}

export interface ExperimentView {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly request: ExperimentRequest;
  /** Those that were not removed, in the order in which they were made. */
  readonly runIds: readonly number[];
  readonly finished: number;
  /** Whether some of its runs can go on. */
  readonly isResumable: boolean;
  readonly rows: readonly ExperimentRow[];
}
