/** A row of `runs` with what belongs to it, and the view that every shell shows. */
import { z } from "zod";
import { type Monitor, type RunConfiguration, runConfiguration } from "../contract/configuration.ts";
import type { CodedError, ErrorCode } from "../contract/errors.ts";
import { type ImportedFrom, importedFrom } from "../contract/imported.ts";
import { type MadePart, madePart } from "../contract/made-by.ts";
import { type EndReason, type RunState, type RunView, type SpentTime, spentTime } from "../contract/run.ts";
import { type InitialWeightsMatch, initialWeightsMatch } from "../contract/weights.ts";
import { stepsSkipped } from "../domain/metrics/steps-skipped.ts";
import { goesOnByItself } from "./queue.ts";
import { rememberedJson, type StoredReader, storedJson } from "./stored-json.ts";

/** One row of the query below. */
export interface RunRow {
  readonly id: number;
  readonly experiment_id: number | null;
  readonly block: number | null;
  readonly arm: number | null;
  readonly dataset_id: number;
  readonly dataset_name: string;
  readonly model_id: string;
  readonly model_title: string;
  readonly title: string;
  readonly note: string;
  readonly state: RunState;
  readonly end_reason: EndReason | null;
  readonly error: string | null;
  readonly configuration: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly parameters: number | null;
  readonly auxiliary_parameters: number | null;
  readonly initial_weights_hash: string | null;
  readonly training_objective_floor: number | null;
  readonly steps_per_epoch: number | null;
  readonly epochs_done: number;
  readonly steps_done: number;
  readonly training_seconds: number;
  readonly images_per_second: number | null;
  readonly pictures_skipped: number;
  readonly steps_skipped: number | null;
  /** A JSON list. */
  readonly made_by: string | null;
  readonly initial_weights_match: string | null;
  readonly weights_file: string | null;
  readonly weights_bytes: number | null;
  readonly weights_error: string | null;
  readonly stretch_seconds: number;
  readonly seconds_before: number;
  readonly resumed_step: number | null;
  readonly resume_error: string | null;
  readonly checkpoint_error: string | null;
  readonly restored_epoch: number | null;
  readonly checkpoint: string | null;
  readonly checkpoint_bytes: number;
  /** A JSON list: epochs with a saved state at their end. */
  readonly saved_epochs: string;
  readonly pinned_at: string | null;
  readonly archived_at: string | null;
  readonly threads: number | null;
  readonly has_own_process: 0 | 1;
  readonly awaits_person: 0 | 1;
  /** A JSON list. */
  readonly tags: string;
  readonly predicted_memory_bytes: number | null;
  readonly peak_memory_bytes: number | null;
  readonly leaked_tensors: number;
  readonly spent: string | null;
  readonly imported: string | null;
}

export const selectRuns = `
  SELECT runs.*, datasets.name AS dataset_name,
    (awaits_answer = 1 AND NOT (${goesOnByItself})) AS awaits_person,
    (SELECT json_object('step', step, 'epoch', epoch) FROM checkpoints WHERE run_id = runs.id ORDER BY step DESC LIMIT 1) AS checkpoint,
    (SELECT json_group_array(epoch) FROM checkpoints WHERE run_id = runs.id AND cost IS NOT NULL) AS saved_epochs,
    (SELECT ifnull(sum(bytes), 0) FROM checkpoints WHERE run_id = runs.id) AS checkpoint_bytes,
    (SELECT value FROM points WHERE run_id = runs.id AND metric = '${stepsSkipped.id}' AND split = 'train' AND cadence = 'epoch'
      ORDER BY step DESC LIMIT 1) AS steps_skipped,
    (SELECT json_group_array(tag ORDER BY tag) FROM run_tags WHERE run_id = runs.id) AS tags
  FROM runs JOIN datasets ON datasets.id = runs.dataset_id`;

/** The code was one of ours when it was written; one that a later version dropped is still shown in its words. */
const storedError = storedJson<CodedError>(
  z.object({ code: z.string().transform((code) => code as ErrorCode), problem: z.string(), remedy: z.string() }),
);

/** Parsing is most of what a long list costs, and what is stored of a run's settings never changes: each text is parsed once. */
const storedConfiguration = rememberedJson<RunConfiguration>(runConfiguration);
/** Of a run that is recorded now: the list of runs need not parse it. */
export const rememberConfiguration = storedConfiguration.remember;
const storedSpent = rememberedJson<SpentTime>(spentTime);
/** Of many runs one program and machine made most. */
export const storedMadeBy = rememberedJson<readonly MadePart[]>(z.array(madePart));
const storedImport = storedJson<ImportedFrom>(importedFrom);
const storedTags = rememberedJson(z.array(z.string()));
const storedEpochs = rememberedJson(z.array(z.int()));
const storedMatch = storedJson<InitialWeightsMatch>(initialWeightsMatch);

const storedCheckpoint = storedJson(z.object({ step: z.int(), epoch: z.int() }));

/** What ended by itself is complete; a loss that is not finite would be so again. */
const resumableEnds: ReadonlySet<EndReason> = new Set<EndReason>([
  ...(["paused", "halved", "stopped-by-person", "engine-closed", "engine-died", "process-died", "error"] as const),
]);

/** Of one that was imported, where its state came with it. */
function isResumable(row: RunRow): boolean {
  if (row.end_reason === null || !resumableEnds.has(row.end_reason)) return false;
  return row.imported === null || valueIn(row, "imported", storedImport)?.hasState === true;
}

function secondsOf({ started_at, ended_at, seconds_before, stretch_seconds }: RunRow): number | null {
  return started_at === null || ended_at === null ? null : seconds_before + stretch_seconds;
}

/** What the run ended with is its last epoch, or the best where that was restored; its best may also be in a saved state. */
function keptEpochsOf(row: RunRow, best: number | null): RunView["keptEpochs"] {
  const { weights_file: file, restored_epoch: restored, epochs_done: epochs, steps_done: steps } = row;
  const isAtEpochEnd = steps === epochs * (row.steps_per_epoch ?? 0);
  const ended = restored ?? (isAtEpochEnd ? epochs : null);
  const saved = valueIn(row, "saved_epochs", storedEpochs) ?? [];
  const isBestKept = best !== null && ((file !== null && ended === best) || saved.includes(best));
  return {
    best: isBestKept ? best : null,
    last: file !== null && (restored === null || restored === epochs) ? epochs : null,
  };
}

/** What stands in a column of a run's row; null where nothing does. */
function valueIn<T>(row: RunRow, column: keyof RunRow & string, read: StoredReader<T>): T | null {
  const text = row[column];
  if (text === null) return null;
  return read(String(text), { table: "runs", id: row.id, column });
}

function configurationOf({ id, configuration }: RunRow): RunConfiguration {
  return storedConfiguration(configuration, { table: "runs", id, column: "configuration" });
}

/** What its best epoch is chosen by. */
export function monitorOf(row: RunRow): Monitor {
  return configurationOf(row).training.monitor;
}

export function runViewOf(
  row: RunRow,
  beside: Pick<RunView, "experiment" | "validation" | "test" | "best" | "loss"> & {
    readonly dataset: Pick<RunView["dataset"], "classes" | "trainPictures" | "largestClassShare">;
  },
): RunView {
  return {
    id: row.id,
    experiment: beside.experiment,
    title: row.title,
    note: row.note,
    state: row.state,
    endReason: row.end_reason,
    error: valueIn(row, "error", storedError),
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    model: { id: row.model_id, title: row.model_title },
    loss: beside.loss,
    dataset: {
      id: row.dataset_id,
      name: row.dataset_name,
      ...beside.dataset,
    },
    configuration: configurationOf(row),
    parameters: row.parameters,
    auxiliaryParameters: row.auxiliary_parameters,
    initialWeightsHash: row.initial_weights_hash,
    epochsDone: row.epochs_done,
    stepsDone: row.steps_done,
    stepsPerEpoch: row.steps_per_epoch,
    trainingSeconds: row.training_seconds,
    imagesPerSecond: row.images_per_second,
    trainingObjectiveFloor: row.training_objective_floor,
    validation: beside.validation,
    best: beside.best,
    test: beside.test,
    picturesSkipped: row.pictures_skipped,
    stepsSkipped: row.steps_skipped,
    madeBy: valueIn(row, "made_by", storedMadeBy) ?? [],
    initialWeightsMatch: valueIn(row, "initial_weights_match", storedMatch),
    weights: row.weights_file === null ? null : { file: row.weights_file, bytes: row.weights_bytes ?? 0 },
    keptEpochs: keptEpochsOf(row, beside.best?.epoch ?? null),
    weightsError: valueIn(row, "weights_error", storedError),
    seconds: secondsOf(row),
    spent: valueIn(row, "spent", storedSpent),
    awaitsAnswer: row.awaits_person === 1,
    isResumable: isResumable(row),
    checkpoint: valueIn(row, "checkpoint", storedCheckpoint),
    checkpointError: valueIn(row, "checkpoint_error", storedError),
    resumed:
      row.resumed_step === null ? null : { step: row.resumed_step, error: valueIn(row, "resume_error", storedError) },
    restoredEpoch: row.restored_epoch,
    tags: valueIn(row, "tags", storedTags) ?? [],
    isPinned: row.pinned_at !== null,
    isArchived: row.archived_at !== null,
    diskBytes: (row.weights_bytes ?? 0) + row.checkpoint_bytes,
    threads: row.threads,
    hasOwnProcess: row.has_own_process === 1,
    predictedMemoryBytes: row.predicted_memory_bytes,
    peakMemoryBytes: row.peak_memory_bytes,
    leakedTensors: row.leaked_tensors,
    imported: valueIn(row, "imported", storedImport),
  };
}
