/**
 * A run bundle, version 2: one zip file that takes runs to another Strata, without their pictures. `bundle.json` is the document below; of each run there is
 * a part with its curves, figures and answers, and where they were kept one with the weights that it ended with and one for each split with its logits. Of a
 * version of a data set there are the changes, and those of the versions that it was made from. Where it was asked for, there is the latest saved state of runs that
 * may go on. No path of the machine that wrote it is in it. Anybody may have
 * written one, so that each value has bounds. Version 1 had neither logits nor changes.
 */
import { z } from "zod";
import { type RunConfiguration, runConfiguration } from "./configuration.ts";
import { folderSource, splitName, splitOrigin } from "./dataset.ts";
import { recordedEdit } from "./dataset-version.ts";
import { experimentRequest, mostExperimentRuns } from "./experiment.ts";
import { listOf, numbersOf } from "./list-of.ts";
import { madePart } from "./made-by.ts";
import { spentTime } from "./run.ts";
import { grouping } from "./split-plan.ts";
import { uploadPart } from "./taken-picture.ts";
import { initialWeightsMatch } from "./weights.ts";

/** Of `bundle.json` and of each record, unpacked. */
export const mostRecordBytes = 64 * 2 ** 20;
/** Of the records and logits of all runs, unpacked: they are in memory together until all of them hold. */
export const mostHeldBytes = 512 * 2 ** 20;
/** A zip without the extensions for larger ones. */
export const mostBundleBytes = 2 ** 32 - 1;
export const mostBundledRuns = 1_000;
/** Of what is written. */
export const bundleFormat = 2;
export const bundleDocumentName = "bundle.json";

/** Of what is in a record, in the meaning of `JsonBounds`: it takes up memory, however few bytes it has in the file. */
export const recordBounds = { mostValues: 2 ** 24, mostListsAndKeys: 2 ** 22 };
/** Of `bundle.json`, whose values are looked at one by one. */
export const documentBounds = { mostValues: 2 ** 20, mostListsAndKeys: 2 ** 20 };

const count = z.int().min(0);
const text = (most: number) => z.string().max(most);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.iso.datetime();
const seconds = z.number().min(0);
/** More than any run takes. */
const stepCount = count.max(1e12);
/** A hundred years. */
const mostTrainingMillis = 3.2e12;

/** A file in the bundle. */
const part = z.strictObject({
  /** Made of what it is of: names lead nowhere. */
  name: z
    .string()
    .regex(
      /^(runs\/\d{1,4}\/(record\.json|weights\.safetensors|logits-(train|validation|test)\.bin)|versions\/\d{1,4}\.json|states\/\d{1,4}\/(manifest\.json|arm-\d{1,6}\.safetensors))$/,
    ),
  bytes: count.max(mostBundleBytes),
  sha256,
});
export type BundlePart = z.infer<typeof part>;

const splitCounts = { train: count, validation: count, test: count };

/** Which pictures runs were trained on. */
const bundledDataset = z.strictObject({
  name: text(500).min(1),
  /** As in `DatasetView`: the same pictures with the same labels and split have it, wherever they lie. */
  fingerprint: sha256,
  classes: listOf(z.strictObject({ name: text(500).min(1), ...splitCounts }), { least: 2, most: 100_000 }).refine(
    (all) => new Set(all.map(({ name }) => name)).size === all.length,
    "two classes have one name",
  ),
  counts: z.strictObject(splitCounts),
  splitOrigin: z.strictObject({ validation: splitOrigin, test: splitOrigin }),
  grouping: grouping.nullable(),
  sidePixels: z.strictObject({ smallest: count, largest: count }),
});
export type BundledDataset = z.infer<typeof bundledDataset>;

/** The ends of a run that will not go on, and has something to show. */
export const bundledEnds = ["completed", "stopped-early", "stopped-by-person", "not-finite"] as const;
/** The ends of a run that may go on, by its saved state. */
export const bundledPauses = ["paused", "halved", "engine-closed", "engine-died", "process-died"] as const;

/** What stands in single columns of a run's row. */
const bundledFacts = z.strictObject({
  title: text(200).min(1),
  note: text(10_000),
  endReason: z.enum([...bundledEnds, ...bundledPauses]),
  createdAt: moment,
  startedAt: moment.nullable(),
  endedAt: moment,
  threads: count.min(1).nullable(),
  hasOwnProcess: z.boolean(),
  parameters: count.nullable(),
  auxiliaryParameters: count.nullable(),
  initialWeightsHash: sha256.nullable(),
  trainingObjectiveFloor: z.number().nullable(),
  stepsPerEpoch: stepCount.nullable(),
  epochsDone: count,
  stepsDone: stepCount,
  trainingSeconds: seconds,
  imagesPerSecond: seconds.nullable(),
  picturesSkipped: count,
  predictedMemoryBytes: count.nullable(),
  peakMemoryBytes: count.nullable(),
  leakedTensors: count,
  seconds,
  restoredEpoch: count.nullable(),
});
export type BundledFacts = z.infer<typeof bundledFacts>;

/** Numbers of the pictures and their labels, 4-byte little-endian integers, then float32 logits, as many a picture as there are classes. */
const bundledLogits = z.strictObject({ split: splitName, epoch: count, pictures: count.min(1), part });
export type BundledLogits = z.infer<typeof bundledLogits>;

export const logitBytes = (pictures: number, classes: number): number => 4 * pictures * (2 + classes);

const placePrefix = "bundle:";
/** Stands in a bundle for where a folder or file of this name is. */
export const unknownPlace = (name: string): string => `${placePrefix}${name}`;
export const isUnknownPlace = (path: string): boolean => path.startsWith(placePrefix);

/** A version of a data set (`dataset-version.ts`). Its key is of its source's reading and split, its parent and the very bytes of its changes. */
const bundledVersion = z.strictObject({
  key: sha256,
  parentKey: sha256.nullable(),
  source: folderSource.omit({ version: true }).refine(({ path }) => isUnknownPlace(path)),
  author: text(100).min(1),
  note: text(200),
  createdAt: moment,
  /** JSON of a list of `recordedEdit`. */
  edits: part,
});
export type BundledVersion = z.infer<typeof bundledVersion>;
export const bundledEdits = listOf(recordedEdit, { least: 1, most: recordBounds.mostListsAndKeys });

/** A checkpoint (`training/checkpoints/manifest.ts`): what the runs of one training process can go on from. */
const bundledState = z
  .strictObject({
    /** By place in the bundle's list, in the order of the arms. */
    runs: listOf(count, { least: 1, most: mostExperimentRuns }),
    step: count.min(1),
    epoch: count,
    /** Of each arm, as the record keeps them: what the best is chosen by. */
    costs: listOf(z.number().nullable(), { most: mostExperimentRuns }),
    manifest: part,
    arms: listOf(part, { most: mostExperimentRuns }),
  })
  .refine(({ runs, costs, arms }) => runs.length === costs.length && runs.length === arms.length);
export type BundledState = z.infer<typeof bundledState>;

/** Where things are elsewhere, or a share of the network that somebody wants asked for, is no place here. */
const isWithoutPlaces = ({ dataset, initialWeights }: RunConfiguration): boolean =>
  (dataset.kind !== "folder" || isUnknownPlace(dataset.path)) &&
  (initialWeights === undefined || isUnknownPlace(initialWeights.path));

const bundledRun = z.strictObject({
  /** Its number where it was trained. */
  number: z.int().positive(),
  /** By place in the bundle's lists. */
  dataset: count,
  experiment: z
    .strictObject({ place: count, block: count.max(mostExperimentRuns), arm: count.max(mostExperimentRuns).nullable() })
    .nullable(),
  modelId: text(100).min(1),
  modelTitle: text(200).min(1),
  tags: listOf(text(60).regex(/^\S+$/), { most: 200 }),
  configuration: runConfiguration.refine(isWithoutPlaces),
  madeBy: listOf(madePart, { most: 1_000 }),
  initialWeightsMatch: initialWeightsMatch.nullable(),
  spent: spentTime.nullable(),
  facts: bundledFacts,
  record: part,
  /** Those that it ended with; null where they were not kept. */
  weights: part.nullable(),
  /** Of the same weights; of splits whose logits were kept. */
  logits: listOf(bundledLogits, { most: 3 }).default([]),
});
export type BundledRun = z.infer<typeof bundledRun>;

/** Of records and logits, unpacked. */
export const heldBytes = (runs: readonly Pick<BundledRun, "record" | "logits">[]): number =>
  runs
    .flatMap(({ record, logits }) => [record, ...logits.map(({ part }) => part)])
    .reduce((sum, { bytes }) => sum + bytes, 0);

export const bundleDocument = z.strictObject({
  kind: z.literal("strata-run-bundle"),
  formatVersion: z.union([z.literal(1), z.literal(bundleFormat)]),
  /** Of the Strata that wrote it. */
  version: text(100),
  exportedAt: moment,
  datasets: listOf(bundledDataset, { most: mostBundledRuns }),
  experiments: listOf(
    z.strictObject({
      request: experimentRequest.refine(({ configuration }) => isWithoutPlaces(configuration)),
      createdAt: moment,
    }),
    { most: mostBundledRuns },
  ),
  runs: listOf(bundledRun, { least: 1, most: mostBundledRuns }),
  /** That runs are on, and those that these were made from: parents stand before. */
  versions: listOf(bundledVersion, { most: mostBundledRuns }).default([]),
  states: listOf(bundledState, { most: mostBundledRuns }).default([]),
});
export type BundleDocument = z.infer<typeof bundleDocument>;

/** The last that a date can have. */
const latestMillis = 8.64e15;
const metricName = text(100).min(1);
/** Of one evaluation. */
const mostMetrics = 1_000;

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0; // safe after the first
/** Of millions, so that none is copied. */
const isCell = (cell: unknown) => Array.isArray(cell) && cell.length === 3 && cell.every(isCount) && cell[2] > 0;
const counts = numbersOf(isCount);
const shares = numbersOf((value) => value >= 0 && value <= 1);
const numbers = numbersOf(Number.isFinite);

/** Every recorded point, evaluation and answer of a run. Columns of equal length. */
export const bundledRecord = z.strictObject({
  series: listOf(
    z
      .strictObject({
        metric: metricName,
        split: splitName,
        cadence: z.enum(["batch", "epoch"]),
        steps: counts,
        epochs: counts,
        values: numbers,
      })
      .refine(({ steps, epochs, values }) => steps.length === epochs.length && steps.length === values.length),
    { most: 10_000 },
  ),
  /** When it stood at which step, as in `StepTime`; none where none were recorded. */
  times: z
    .strictObject({
      steps: counts,
      recordedAtMillis: numbersOf((value) => isCount(value) && value <= latestMillis),
      trainingMillis: numbersOf((value) => isCount(value) && value <= mostTrainingMillis),
    })
    .refine(
      ({ steps, recordedAtMillis, trainingMillis }) =>
        steps.length === recordedAtMillis.length && steps.length === trainingMillis.length,
    )
    .default({ steps: [], recordedAtMillis: [], trainingMillis: [] }),
  evaluations: listOf(
    z.strictObject({
      split: splitName,
      epoch: count,
      step: count,
      pictures: count,
      values: z
        .record(z.string(), z.unknown())
        .refine((values) => Object.keys(values).length <= mostMetrics)
        .pipe(z.record(metricName, z.number())),
      /** True class, answer, and how many pictures. */
      confusion: z.custom<[number, number, number][]>((cells) => Array.isArray(cells) && cells.every(isCell)),
    }),
    { most: 100_000 },
  ),
  /** Of the last evaluation of each split. */
  answers: listOf(
    z
      .strictObject({
        split: splitName,
        examples: counts,
        labels: counts,
        answers: counts,
        confidences: shares,
        trueConfidences: shares,
      })
      .refine((one) =>
        [one.labels, one.answers, one.confidences, one.trueConfidences].every(
          ({ length }) => length === one.examples.length,
        ),
      ),
    { most: 3 },
  ),
});
export type BundledRecord = z.infer<typeof bundledRecord>;

/** A bundle on its way to the engine, in parts, since no message is larger than a megabyte. */
export const bundleUpload = uploadPart;

export interface ExportedBundle {
  /** Where the file is. */
  readonly path: string;
  readonly bytes: number;
  readonly runs: number;
  /** Of these the weights are in it. */
  readonly withWeights: number;
  /** Of these a saved state is in it, from which they can go on. */
  readonly withCheckpoints: number;
  /** Of these logits are here that are not in it, since they are too many, or not of the pictures that were looked at. */
  readonly withoutLogits: number;
}

export interface ImportedBundle {
  /** Their numbers here, in the bundle's order. */
  readonly runIds: readonly number[];
  readonly numbersThere: readonly number[];
  readonly withWeights: number;
  readonly withCheckpoints: number;
  /** Names of the data sets whose pictures are not known here. */
  readonly missingDatasets: readonly string[];
}
