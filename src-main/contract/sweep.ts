/** A sweep: single runs over a grid of settings, each with every seed. */
import { z } from "zod";
import { type RunConfiguration, runConfiguration } from "./configuration.ts";

/** Where each setting that can be varied stands in a run's configuration. */
const paths = {
  model: ["model", "id"],
  inputPixels: ["model", "inputPixels"],
  width: ["model", "width"],
  epochs: ["training", "epochs"],
  batchSize: ["training", "batchSize"],
  optimizer: ["training", "optimizer"],
  momentum: ["training", "optimizer", "momentum"],
  nesterov: ["training", "optimizer", "isNesterov"],
  squareDecay: ["training", "optimizer", "decay"],
  beta1: ["training", "optimizer", "beta1"],
  beta2: ["training", "optimizer", "beta2"],
  epsilon: ["training", "optimizer", "epsilon"],
  initialMeanSquare: ["training", "optimizer", "initialMeanSquare"],
  learningRate: ["training", "learningRate"],
  schedule: ["training", "schedule"],
  weightDecay: ["training", "weightDecay"],
  weightDecayKind: ["training", "weightDecayKind"],
  smoothing: ["training", "smoothing"],
  labelNoise: ["training", "labelNoise"],
  dropout: ["training", "dropout"],
  auxiliaryWeight: ["training", "auxiliaryWeight"],
  clipNorm: ["training", "clipNorm"],
  averageDecay: ["training", "averageDecay"],
  precision: ["training", "precision"],
  flip: ["training", "augmentation", "flip"],
  cropPaddingPixels: ["training", "augmentation", "cropPaddingPixels"],
} as const satisfies Record<string, readonly string[]>;

export type SweepSetting = keyof typeof paths;
// A const object's keys are its type's keys.
export const sweepSettings = Object.keys(paths) as [SweepSetting, ...SweepSetting[]];

/** More are a mistake of a grid rather than a plan. */
export const mostSweepRuns = 500;

/** Values are checked when the configurations are made of them: each must be one that the setting can have. */
const sweepVariation = z.object({
  setting: z.enum(sweepSettings),
  values: z.array(z.json()).min(1).max(mostSweepRuns),
});
export type SweepVariation = z.infer<typeof sweepVariation>;

export const sweepRequest = z.object({
  /** Every setting that is not varied. */
  configuration: runConfiguration,
  vary: z
    .array(sweepVariation)
    .max(sweepSettings.length)
    .refine((all) => new Set(all.map(({ setting }) => setting)).size === all.length, "a setting is varied twice"),
  seeds: z.array(runConfiguration.shape.seed).min(1).max(mostSweepRuns),
});
export type SweepRequest = z.infer<typeof sweepRequest>;

/** What a run of a sweep has of a varied setting. */
export interface SweepValue {
  readonly setting: SweepSetting;
  /** Missing where the run does not have the setting. */
  readonly value?: unknown;
}

/** Undefined for a setting that the configuration does not have: Adam has no momentum. */
export function sweepValueOf(configuration: RunConfiguration, setting: SweepSetting): unknown {
  let inner: unknown = configuration;
  for (const key of paths[setting])
    inner = typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined;
  return inner;
}

/** The configuration with these values in their places, of no particular type until it is parsed. Wider settings go first: an optimiser before its momentum. */
export function withSweepValues(configuration: RunConfiguration, values: readonly SweepValue[]): unknown {
  const widestFirst = [...values].sort((a, b) => paths[a.setting].length - paths[b.setting].length);
  return widestFirst.reduce<unknown>(
    (whole, { setting, value }) => withValueAt(whole, paths[setting], value),
    configuration,
  );
}

function withValueAt(whole: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner = typeof whole === "object" && whole !== null ? whole : {};
  return { ...inner, [key]: withValueAt(Reflect.get(inner, key), rest, value) };
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

/** What the finished runs of one row came to on the pictures of one split. */
export interface SweepFigures {
  /** Null while no finished run was looked at on that split. */
  readonly top1: Spread | null;
  /** In nats. */
  readonly hardLoss: Spread | null;
}

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
