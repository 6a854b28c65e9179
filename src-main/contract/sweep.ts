/** A sweep: single runs over a grid of settings, each with every seed. */
import { z } from "zod";
import { runConfiguration } from "./configuration.ts";
import type { MetricId } from "./metric.ts";

/** More are a mistake of a grid rather than a plan. */
export const mostSweepRuns = 10_000;

/** Settings and values are checked when the configurations are made of them: each must be one that there is, and can have the value. */
const sweepVariation = z.object({
  /** By the name of its row in the table of settings. */
  setting: z.string().min(1).max(100),
  values: z.array(z.json()).min(1).max(mostSweepRuns),
});
export type SweepVariation = z.infer<typeof sweepVariation>;

export const sweepRequest = z.object({
  /** Every setting that is not varied. */
  configuration: runConfiguration,
  vary: z
    .array(sweepVariation)
    .max(mostSweepRuns)
    .refine((all) => new Set(all.map(({ setting }) => setting)).size === all.length, "a setting is varied twice"),
  seeds: z.array(runConfiguration.shape.seed).min(1).max(mostSweepRuns),
});
export type SweepRequest = z.infer<typeof sweepRequest>;

/** What a run of a sweep has of a varied setting. */
export interface SweepValue {
  readonly setting: string;
  /** Missing where the run does not have the setting. */
  readonly value?: unknown;
}

export interface SweepEstimate {
  readonly runs: number;
  /** Null while it cannot be told: something trains, and a network of the sweep was never tried here; or its memory is not there. */
  readonly seconds: number | null;
}

/** Over the finished runs of one row. */
export interface Spread {
  readonly mean: number;
  readonly lowest: number;
  readonly highest: number;
}

/** What the finished runs of one row came to on the pictures of one split, by metric; null while none of them has a value. */
export type SweepFigures = Readonly<Record<MetricId, Spread | null>>;

/** The runs that differ in nothing but their seed. */
export interface SweepRow {
  readonly values: readonly SweepValue[];
  readonly runIds: readonly number[];
  /** The figures are over these alone. */
  readonly finished: number;
  /** What settings are chosen by. */
  readonly validation: SweepFigures;
  /** Stands apart: choosing by it would spoil it. */
  readonly test: SweepFigures;
}

export interface SweepView {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly request: SweepRequest;
  /** Those that were not removed, in the order in which they were made. */
  readonly runIds: readonly number[];
  readonly finished: number;
  /** Whether some of its runs can go on. */
  readonly isResumable: boolean;
  readonly rows: readonly SweepRow[];
}
