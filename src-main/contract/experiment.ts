/**
 * An experiment: a base configuration × factors, each with its levels × seeds. A single run, a pair, a ladder and a sweep are experiments of different shape.
 * Runs of one seed that differ in blocked factors alone are a block: they share pictures, split, initial weights, batch order and draws, and advance in step.
 */
import { z } from "zod";
import { runConfiguration } from "./configuration.ts";
import type { MetricId } from "./metric.ts";
import { pageShape } from "./page.ts";

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
export const drawnFactor = z.object({
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

/** Asynchronous successive halving (Li et al. 2020): of the blocks that come to a rung, the best go on, and the others stop there. */
const halving = z.object({
  /** Of the first rung; each further one is `factor` times as high. The run's own epochs are the most. */
  leastEpochs: z.int().min(1).max(10_000),
  /** η: of the results at a rung one in so many goes on. */
  factor: z.int().min(2).max(100),
  /** Of the validation pictures; where it is left out, what the configuration monitors of them, or else the hard loss. */
  metric: z.string().min(1).max(100).optional(),
});
export type Halving = z.infer<typeof halving>;

/** A week: more is a slip rather than a budget. */
export const mostMinutes = 7 * 24 * 60;

/** The setting whose values are networks. */
export const networkSetting = "model";

/**
 * How the networks that a factor names are set up: each by its own preset, but for what is held equal. What another factor varies is neither.
 * Without it, as of every experiment until there was a choice, all have the base's settings.
 */
export const networkPresets = z.object({
  /** Of each network, by its preset's id. */
  preset: z.enum(["compact", "paper"]).default("compact"),
  /** Settings that all have as the base does. Once resolved, also those that the base has otherwise than its own network's preset. */
  held: z.array(settingName).max(100).default([]),
  /** Each network's width is such that one picture's forward pass takes nearest to so many, or as many as the base's network. Null leaves widths as they are. */
  multiplyAdds: z
    .union([z.number().positive(), z.literal("base")])
    .nullable()
    .default(null),
  /** Each network trains as many epochs as are estimated to fit in so many minutes on the machine that begins it, one at least. Null leaves epochs as they are. */
  minutes: z.number().positive().max(mostMinutes).nullable().default(null),
  /** What each network brings, found once before the start: the runs are repeated by it, whatever presets become. */
  resolved: z
    .array(
      z.object({
        model: z.string().min(1).max(100),
        changes: z.array(z.object({ setting: settingName, value: z.json() })).max(100),
        /** Of one picture's forward pass; null where another factor varies its size. */
        multiplyAdds: z.number().nullable(),
        /** Of one epoch by itself with its validation, as estimated before the start; null without a number of minutes. */
        secondsPerEpoch: z.number().positive().nullable().default(null),
      }),
    )
    .max(mostExperimentRuns)
    .default([]),
});
export type NetworkPresets = z.infer<typeof networkPresets>;

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
  halving: halving.optional(),
  networks: networkPresets.optional(),
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

/** What successive halving decided of a block. `promoted`: it had stopped, and is among the best by now. `released`: a person went on with it. */
export const searchDecisionKinds = ["goes-on", "stops", "promoted", "released"] as const;

export interface SearchDecision {
  readonly block: number;
  /** From 0, after so many epochs. */
  readonly rung: number;
  readonly epochs: number;
  /** The mean over its arms; null where one of them has none. */
  readonly value: number | null;
  readonly decision: (typeof searchDecisionKinds)[number];
  /** From 1, among so many results at the rung so far, of which the best `goOn` go on; null where it was not compared. */
  readonly rank: number | null;
  readonly results: number;
  readonly goOn: number;
  /** ISO 8601, UTC. */
  readonly decidedAt: string;
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
  /** 95 % interval of the mean, by Student's t, within what the metric can be; null for fewer than two values. */
  readonly interval: { readonly low: number; readonly high: number } | null;
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

/** In a list: without its levels, which may be ten thousand. */
export interface ExperimentSummary {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** What each of its factors changes, and whether its levels are arms with names of their own. */
  readonly factors: readonly { readonly settings: readonly string[]; readonly isNamed: boolean }[];
  readonly seeds: number;
  /** Those that were not removed. */
  readonly runs: number;
  readonly finished: number;
  /** Whether some of its runs can go on. */
  readonly isResumable: boolean;
}

export const experimentsQuestion = z.object({
  /** 2 leaves out blocks by themselves. */
  leastBlocks: z.int().positive().default(1),
  ...pageShape,
});
export type ExperimentsQuestion = z.infer<typeof experimentsQuestion>;

/** The newest first. */
export interface ExperimentsPage {
  readonly experiments: readonly ExperimentSummary[];
  /** On all pages. */
  readonly found: number;
}

/** What a page shows of an experiment: the others of ten thousand rows stay where they are. */
export const experimentQuestion = z.object({
  /** By id: what rows are judged by; another where no row has a value of it. */
  judge: z.string().max(100).optional(),
  /** `factor 0`, `finished`, or `validation top1`; rows stand as they were made without it. */
  sort: z
    .object({ column: z.string().max(200), isDescending: z.boolean() })
    .nullable()
    .default(null),
  /** Factors, by number, of the chart's axis and of its lines, with each setting that was drawn as one of its own; those of the most levels where they are left out. */
  along: z.int().nonnegative().optional(),
  by: z.int().nonnegative().nullable().optional(),
  mostDecisions: z.int().nonnegative().max(1_000_000).default(100),
  ...pageShape,
});
export type ExperimentQuestion = z.infer<typeof experimentQuestion>;

/** What an experiment came to on the validation pictures, over all of its rows. */
export interface ExperimentOutcome {
  /** What rows can be judged by, and what they are. */
  readonly judges: readonly MetricId[];
  readonly judge: MetricId;
  /** Null where there is nothing to choose among. */
  readonly best: ExperimentRow | null;
  /** How many other rows have an interval that overlaps the best one's; null where that has none. */
  readonly alike: number | null;
  /** How many other rows have the same mean. */
  readonly equal: number;
  readonly along: number;
  readonly by: number | null;
  /** Of the chart: all other factors are as in the best row. With what they are judged by alone, as far as one chart shows. */
  readonly lines: readonly ExperimentRow[];
  readonly foundLines: number;
  /** Those with an outcome, the best first, likewise. */
  readonly ranked: readonly ExperimentRow[];
  readonly foundRanked: number;
}

export interface ExperimentView {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly request: ExperimentRequest;
  /** Those that were not removed, in the order in which they were made. */
  readonly runIds: readonly number[];
  readonly finished: number;
  /** How many the figures of its finished runs are of; null where there are none, and where runs held out folds of other sizes. */
  readonly pictures: { readonly validation: number | null; readonly test: number | null };
  /** Whether some of its runs can go on. */
  readonly isResumable: boolean;
  /** On the page, in the order that was asked for. */
  readonly rows: readonly ExperimentRow[];
  /** On all pages. */
  readonly foundRows: number;
  readonly outcome: ExperimentOutcome;
  /** The first, in the order in which they were made; none without successive halving. */
  readonly foundDecisions: number;
  readonly decisions: readonly (SearchDecision & { readonly runIds: readonly number[] })[];
}
