/**
 * A checkpoint: a folder with one file of weights an arm (models/weights-file.ts) and `manifest.json`, the document below.
 *
 * - Beside the weights and their running averages, a file has what the optimiser remembers, as `optimizer/<slot>/<weight>`.
 * - Nothing of chance needs saving: every draw (order, augmentation, dropout, label noise) is a function of the seed and of the epoch, step or
 *   picture that it is for, so that the position is the whole random state.
 * - The schedule and early stopping are functions of the position and of what the monitored metric was after each epoch, which is here.
 * - A folder is written beside its place and renamed, so that it is whole or not there. What each file must hold is in the manifest, by size and
 *   SHA-256; of the manifest itself `sha256` says it, over the text without that key. Manifests of earlier versions have none and are taken as they
 *   are. Nothing in a file is ever executed.
 */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { RunConfiguration } from "../../contract/configuration.ts";
import { usualResize } from "../../contract/resize.ts";
import { initialWeightsMatch } from "../../contract/weights.ts";
import type { Dataset } from "../../datasets/example.ts";
import { usualMonitor } from "../../domain/metrics/monitor.ts";
import { lossScaling } from "../loss-scaling.ts";

export const manifestName = "manifest.json";

/** Of one arm, in a checkpoint's folder. */
export function armFileName(index: number): string {
  return `arm-${index}.safetensors`;
}

const epoch = z.int().min(1);
/** Version 1 followed the hard loss of the validation pictures and nothing else. */
const evaluationOfVersion1 = z.object({ epoch, hardLoss: z.number() }).transform((old) => {
  return { epoch: old.epoch, value: old.hardLoss };
});
const evaluation = z.object({ epoch, value: z.number() });
/** What the monitored metric was after an epoch. */
export type EpochEvaluation = z.infer<typeof evaluation>;

const batchSum = z.object({ batches: z.number().min(0), sum: z.number() });
/** Of the batches of an epoch that is not over. */
export type BatchSum = Readonly<z.infer<typeof batchSum>>;
export const noBatches: BatchSum = { batches: 0, sum: 0 };

export const manifest = z.object({
  formatVersion: z.literal([1, 2]),
  /** Of the job that may go on from it: see `jobHash`. */
  jobHash: z.string(),
  /** Optimiser steps done. */
  step: z.int().min(1),
  /** Epochs done, the evaluation on the validation pictures included. */
  epoch: z.int().min(0),
  /**
   * What becomes of training pictures that cannot be decoded: they keep their place in each epoch's order and are `not counted` (see `batches/batcher.ts`), or
   * they are `left out` of it, as by every run that began before pictures were decoded beside training. A run goes on as it began.
   */
  brokenPictures: z.enum(["left out", "not counted"]).default("left out"),
  arms: z
    .array(
      z.object({
        /** As `armFileName` makes it. */
        file: z.string().regex(/^arm-\d{1,6}\.safetensors$/),
        bytes: z.int().positive(),
        sha256: z.string(),
        trainingSeconds: z.number().min(0),
        looks: z.array(z.union([evaluation, evaluationOfVersion1])),
        batchSum: batchSum.default(noBatches),
        lossScaling: lossScaling.nullable().default(null),
        initialWeightsHash: z.string(),
        initialWeightsMatch: initialWeightsMatch.nullable(),
      }),
    )
    .min(1),
});
export type Manifest = z.infer<typeof manifest>;

/** The document with its own checksum. */
export function manifestText(document: Manifest): string {
  return JSON.stringify({ sha256: checksumOf(document), ...document });
}

/** Whether it is what was written; one that an earlier version wrote has no checksum, and cannot tell. */
export function isManifestWhole(document: object): boolean {
  const { sha256, ...rest } = document as { readonly sha256?: unknown };
  return sha256 === undefined || sha256 === checksumOf(rest);
}

/** JSON keeps the order of keys, and writes a number in the one shortest way. */
function checksumOf(document: object): string {
  return createHash("sha256").update(JSON.stringify(document)).digest("hex");
}

/**
 * Hex SHA-256 over all that the course of training hangs on: pictures with their labels and splits, and each arm's settings. A setting that is null
 * counts as left out, and so does one that a later version added where it is as it was before: neither makes a stranger of what an earlier one saved.
 */
export function jobHash({
  dataset,
  arms,
}: {
  readonly dataset: Pick<Dataset, "examples">;
  readonly arms: readonly RunConfiguration[];
}): string {
  const hash = createHash("sha256");
  for (const { model, resize, training, seed, initialWeights } of arms) {
    const weights = [initialWeights?.sha256, initialWeights?.frozenThrough];
    hash.update(JSON.stringify([{ ...model, resize }, training, seed, weights], inOrderAsBefore));
  }
  for (const { label, split, contentHash } of dataset.examples) hash.update(`${label} ${split} ${contentHash}\n`);
  return hash.digest("hex");
}

/** Settings that were added later, with what every run had of them until then. */
const asBefore: Readonly<Record<string, unknown>> = {
  initialMeanSquare: 0,
  monitor: usualMonitor,
  labelNoiseKind: "symmetric",
  dropLast: true,
  classWeights: "none",
  balancedSampling: false,
  deterministicOps: false,
  tf32: true,
  gpuMemoryGrowth: true,
  resize: usualResize,
};

/** Settings that were renamed, with what they were called. */
const namesBefore: Readonly<Record<string, string>> = { minDelta: "leastGain" };

/** Keys by the alphabet: their order is not part of what is meant. */
function inOrderAsBefore(key: string, value: unknown): unknown {
  if (value === null || (key in asBefore && isDeepStrictEqual(value, asBefore[key]))) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [namesBefore[name] ?? name, inner] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
