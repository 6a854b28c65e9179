/** Runs as bundles take them from one record to another: read whole, and written whole under new numbers. */

import type { SplitLogits } from "../contract/calibration.ts";
import type { RunConfiguration } from "../contract/configuration.ts";
import type { SplitName } from "../contract/dataset.ts";
import type { CodedError } from "../contract/errors.ts";
import type { ExperimentRequest } from "../contract/experiment.ts";
import type { ImportedFrom } from "../contract/imported.ts";
import type { StepTime } from "../contract/metric.ts";
import {
  type BundledDataset,
  type BundledFacts,
  type BundledRecord,
  type BundledRun,
  unknownPlace,
} from "../contract/run-bundle.ts";
import type { KeptWeights } from "../contract/weights.ts";
import { countBlocks } from "../domain/experiments/experiment-plan.ts";
import { type Database, writing } from "./database.ts";
import { addTestLookSql, testsOnTestPictures } from "./evaluations.ts";
import { createLogitRecords } from "./logits.ts";
import { toldOnly } from "./record-dataset.ts";
import { stateAfter } from "./runs.ts";
import { createStepTimeRecords } from "./step-times.ts";
import { createVersionRecords, type RecordedVersion } from "./versions.ts";

/** A run to be written. */
export interface ArrivingRun {
  readonly run: BundledRun;
  /** Its settings, with the place of its pictures here where they are known. */
  readonly configuration: RunConfiguration;
  readonly record: BundledRecord;
  readonly weights: KeptWeights | null;
  readonly weightsError: CodedError | null;
  readonly logits: readonly ArrivingLogits[];
  readonly from: ImportedFrom;
}

export interface ArrivingLogits {
  readonly split: SplitName;
  readonly logits: SplitLogits;
}

export interface Arrival {
  /** Of each data set the number that it has here, or what is recorded of it without its pictures. */
  readonly datasets: readonly (number | BundledDataset)[];
  readonly experiments: readonly { readonly request: ExperimentRequest; readonly createdAt: string }[];
  readonly runs: readonly ArrivingRun[];
  /** Of data sets, parents first. */
  readonly versions: readonly RecordedVersion[];
}

/** The same run, or an earlier import of it, whatever its number: runs of one moment differ in their network, first weights or place in an experiment. */
const isHereAlready = `EXISTS (SELECT 1 FROM runs AS other WHERE other.dataset_id = runs.dataset_id AND other.id <> runs.id
  AND other.created_at = runs.created_at AND other.ended_at = runs.ended_at AND other.model_id = runs.model_id
  AND other.initial_weights_hash IS runs.initial_weights_hash AND other.block IS runs.block AND other.arm IS runs.arm)`;

type Column = string | number | null;

/** By their columns. Those that are no number, text or null as they stand are written below. */
const factColumns = {
  ...{ title: "title", note: "note", endReason: "end_reason", createdAt: "created_at", startedAt: "started_at" },
  ...{ endedAt: "ended_at", threads: "threads", parameters: "parameters", auxiliaryParameters: "auxiliary_parameters" },
  ...{ initialWeightsHash: "initial_weights_hash", trainingObjectiveFloor: "training_objective_floor" },
  ...{ stepsPerEpoch: "steps_per_epoch", epochsDone: "epochs_done", stepsDone: "steps_done" },
  ...{ trainingSeconds: "training_seconds", imagesPerSecond: "images_per_second" },
  ...{ picturesSkipped: "pictures_skipped", predictedMemoryBytes: "predicted_memory_bytes" },
  ...{ peakMemoryBytes: "peak_memory_bytes", leakedTensors: "leaked_tensors", seconds: "stretch_seconds" },
  restoredEpoch: "restored_epoch",
} as const satisfies Record<Exclude<keyof BundledFacts, "hasOwnProcess">, string>;
type PlainFact = keyof typeof factColumns;
const plainFacts = Object.keys(factColumns) as readonly PlainFact[]; // The keys of the literal above.

interface PointRow {
  readonly metric: string;
  readonly split: SplitName;
  readonly cadence: "batch" | "epoch";
  readonly step: number;
  readonly epoch: number;
  readonly value: number;
}
interface EvaluationRow {
  readonly split: SplitName;
  readonly epoch: number;
  readonly step: number;
  readonly pictures: number;
}
interface AnswerRow {
  readonly split: SplitName;
  readonly example: number;
  readonly label: number;
  readonly answer: number;
  readonly confidence: number;
  readonly trueConfidence: number;
}

export type BundledRunRecords = ReturnType<typeof createBundledRunRecords>;

export function createBundledRunRecords(database: Database) {
  const points = database.prepare<[number], PointRow>(
    "SELECT metric, split, cadence, step, epoch, value FROM points WHERE run_id = ? ORDER BY metric, split, cadence, step",
  );
  const times = createStepTimeRecords(database);
  const evaluations = database.prepare<[number], EvaluationRow>(
    "SELECT split, epoch, step, pictures FROM evaluations WHERE run_id = ? ORDER BY split, epoch",
  );
  const values = database.prepare<[number, string, number], { metric: string; value: number }>(
    "SELECT metric, value FROM evaluation_values WHERE run_id = ? AND split = ? AND epoch = ? ORDER BY metric",
  );
  const cells = database
    .prepare<[number, string, number], [number, number, number]>(
      "SELECT true_class, answer, pictures FROM confusion WHERE run_id = ? AND split = ? AND epoch = ? ORDER BY true_class, answer",
    )
    .raw();
  const answers = database.prepare<[number], AnswerRow>(`
    SELECT split, example, label, answer, confidence, true_confidence AS trueConfidence FROM predictions
    WHERE run_id = ? ORDER BY split, example`);
  const placeOf = database.prepare<[number], { experiment: number | null; block: number | null; arm: number | null }>(
    "SELECT experiment_id AS experiment, block, arm FROM runs WHERE id = ?",
  );
  const write = createWriters(database);
  const logitRecords = createLogitRecords(database);
  const versionRecords = createVersionRecords(database);
  const byFingerprint = database
    .prepare<[string], number>(`
      SELECT id FROM datasets WHERE fingerprint = ? AND looked_at <> '' AND source_key NOT LIKE '${toldOnly}%'
      ORDER BY looked_at DESC, id DESC LIMIT 1`)
    .pluck();

  return {
    /** Every recorded value of a run. */
    record(runId: number): BundledRecord {
      return {
        series: seriesOf(points.all(runId)),
        times: timesOf(times.of(runId)),
        evaluations: evaluations.all(runId).map(({ split, epoch, step, pictures }) => ({
          ...{ split, epoch, step, pictures },
          values: Object.fromEntries(values.all(runId, split, epoch).map(({ metric, value }) => [metric, value])),
          // Raw rows of the three columns; the table is STRICT.
          confusion: cells.all(runId, split, epoch) as [number, number, number][],
        })),
        answers: answersOf(answers.all(runId)),
      };
    },

    /** Where a run stands in its experiment; null for one by itself. */
    placeOf(
      runId: number,
    ): { readonly experimentId: number; readonly block: number; readonly arm: number | null } | null {
      const { experiment = null, block = null, arm = null } = placeOf.get(runId) ?? {};
      return experiment === null || block === null ? null : { experimentId: experiment, block, arm };
    },

    /** The data set with these pictures, labels and splits that was looked at last; null where none was here. */
    datasetWith: (fingerprint: string): number | null => byFingerprint.get(fingerprint) ?? null,

    /** All of them, or none. @returns their numbers, in their order */
    add: writing(database, ({ datasets, experiments, runs, versions }: Arrival): readonly number[] => {
      versionRecords.addMissing(versions);
      const datasetIds = datasets.map((one) => (typeof one === "number" ? one : write.dataset(one)));
      const experimentIds = experiments.map(write.experiment);
      return runs.map((one) => {
        const { dataset, experiment } = one.run;
        const runId = write.run(one, datasetIds[dataset]!, experiment && experimentIds[experiment.place]!);
        write.record(runId, one.record);
        for (const { split, logits } of one.logits) logitRecords.put(runId, split, logits);
        return runId;
      });
    }),
  };
}

function seriesOf(rows: readonly PointRow[]): BundledRecord["series"] {
  const series = Map.groupBy(rows, ({ metric, split, cadence }) => `${metric} ${split} ${cadence}`);
  return [...series.values()].map((of) => {
    const { metric, split, cadence } = of[0]!;
    const column = (name: "step" | "epoch" | "value") => of.map((row) => row[name]);
    return { metric, split, cadence, steps: column("step"), epochs: column("epoch"), values: column("value") };
  });
}

function timesOf(times: readonly StepTime[]): BundledRecord["times"] {
  const column = (name: keyof StepTime) => times.map((time) => time[name]);
  return {
    steps: column("step"),
    recordedAtMillis: column("recordedAtMillis"),
    trainingMillis: column("trainingMillis"),
  };
}

function answersOf(rows: readonly AnswerRow[]): BundledRecord["answers"] {
  return [...Map.groupBy(rows, ({ split }) => split)].map(([split, of]) => ({
    split,
    examples: of.map(({ example }) => example),
    labels: of.map(({ label }) => label),
    answers: of.map(({ answer }) => answer),
    confidences: of.map(({ confidence }) => confidence),
    trueConfidences: of.map(({ trueConfidence }) => trueConfidence),
  }));
}

/** What stands in a run's columns when it came from elsewhere. */
function columnsOf({ run, configuration, weights, weightsError, from }: ArrivingRun): Record<string, Column> {
  const { facts, modelId, modelTitle, madeBy, initialWeightsMatch, spent } = run;
  return {
    ...Object.fromEntries(plainFacts.map((fact): [string, Column] => [factColumns[fact], facts[fact]])),
    ...{ model_id: modelId, model_title: modelTitle, state: stateAfter[facts.endReason] },
    configuration: JSON.stringify(configuration),
    owner_id: "imported",
    has_own_process: facts.hasOwnProcess ? 1 : 0,
    made_by: JSON.stringify(madeBy),
    initial_weights_match: initialWeightsMatch && JSON.stringify(initialWeightsMatch),
    spent: spent && JSON.stringify(spent),
    weights_file: weights?.file ?? null,
    weights_bytes: weights?.bytes ?? null,
    weights_error: weightsError && JSON.stringify(weightsError),
    imported: JSON.stringify(from),
  };
}

function createWriters(database: Database) {
  const insert = (table: string, row: Record<string, Column>): number => {
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map((name) => `@${name}`).join(", ")})`;
    return Number(database.prepare<[Record<string, Column>]>(sql).run(row).lastInsertRowid);
  };
  const told = database
    .prepare<[string, string], number>("SELECT id FROM datasets WHERE source_key = ? AND fingerprint = ?")
    .pluck();
  const tag = database.prepare<[number, string]>("INSERT OR IGNORE INTO run_tags (run_id, tag) VALUES (?, ?)");
  const stepTimes = createStepTimeRecords(database);
  const point = database.prepare<(string | number)[]>(
    "INSERT INTO points (run_id, metric, split, cadence, step, epoch, value) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const value = database.prepare<(string | number)[]>(
    "INSERT INTO evaluation_values (run_id, split, epoch, metric, value) VALUES (?, ?, ?, ?, ?)",
  );
  const cell = database.prepare<(string | number)[]>(
    "INSERT INTO confusion (run_id, split, epoch, true_class, answer, pictures) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const addTestLook = database.prepare<[number]>(addTestLookSql(`${testsOnTestPictures} AND NOT ${isHereAlready}`));
  const answer = database.prepare<(string | number)[]>(
    "INSERT INTO predictions (run_id, split, example, label, answer, confidence, true_confidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );

  return {
    /** One that a bundle told of before, by the same classes and counts, is the same. */
    dataset({ name, fingerprint, ...view }: BundledDataset): number {
      const key = `${toldOnly}${JSON.stringify(view)}`;
      const known = told.get(key, fingerprint);
      if (known !== undefined) return known;
      return insert("datasets", {
        ...{ source_key: key, fingerprint, name, looked_at: new Date(0).toISOString() },
        source: JSON.stringify({ kind: "folder", path: unknownPlace(name) }),
        view: JSON.stringify({ ...view, understanding: null, problems: [], samples: [] }),
      });
    },

    experiment: ({ request, createdAt }: Arrival["experiments"][number]): number =>
      insert("experiments", {
        request: JSON.stringify(request),
        blocks: countBlocks(request),
        created_at: createdAt,
      }),

    run(arriving: ArrivingRun, datasetId: number, experimentId: number | null): number {
      const { experiment, tags } = arriving.run;
      const runId = insert("runs", {
        ...columnsOf(arriving),
        ...{ dataset_id: datasetId, experiment_id: experimentId },
        ...{ block: experiment?.block ?? null, arm: experiment?.arm ?? null },
      });
      for (const one of tags) tag.run(runId, one);
      return runId;
    },

    record(runId: number, { series, times, evaluations, answers }: BundledRecord): void {
      for (const { metric, split, cadence, steps, epochs, values } of series)
        for (const [at, step] of steps.entries())
          point.run(runId, metric, split, cadence, step, epochs[at]!, values[at]!);
      const { steps, recordedAtMillis, trainingMillis } = times;
      for (const [at, step] of steps.entries())
        stepTimes.add(runId, {
          step,
          recordedAtMillis: recordedAtMillis[at]!,
          trainingMillis: trainingMillis[at]!,
        });
      if (evaluations.some(({ split }) => split === "test")) addTestLook.run(runId);
      for (const { split, epoch, step, pictures, values, confusion } of evaluations) {
        insert("evaluations", { run_id: runId, split, epoch, step, pictures });
        for (const [metric, number] of Object.entries(values)) value.run(runId, split, epoch, metric, number);
        for (const [trueClass, named, pictures] of confusion) cell.run(runId, split, epoch, trueClass, named, pictures);
      }
      for (const { split, examples, labels, answers: named, confidences, trueConfidences } of answers)
        for (const [at, example] of examples.entries())
          answer.run(runId, split, example, labels[at]!, named[at]!, confidences[at]!, trueConfidences[at]!);
    },
  };
}
