/** Runs and experiments: made, moved from state to state, named, hidden and restored. */
import type { Loss } from "../contract/architecture.ts";
import type { PairSetting, RunConfiguration } from "../contract/configuration.ts";
import { type CodedError, StrataError } from "../contract/errors.ts";
import type { EndReason, RunState, RunView } from "../contract/run.ts";
import type { InitialWeightsMatch, KeptWeights } from "../contract/weights.ts";
import type { Database } from "./database.ts";
import type { EvaluationRecords } from "./evaluations.ts";
import { type RunRow, runViewOf, selectRuns } from "./run-row.ts";

export interface NewTraining {
  readonly datasetId: number;
  readonly model: { readonly id: string; readonly title: string };
  /** Null for a single run. */
  readonly pair: PairSetting | null;
  /** One for a single run, two for a pair. */
  readonly runs: readonly { readonly title: string; readonly configuration: RunConfiguration }[];
  readonly ownerId: string;
  readonly createdAt: string;
}

export interface RunStart {
  readonly stepsPerEpoch: number;
  readonly parameters: number;
  readonly auxiliaryParameters: number;
  readonly initialWeightsHash: string;
  readonly trainingObjectiveFloor: number;
  readonly device: string;
  readonly initialWeightsMatch: InitialWeightsMatch | null;
}

/** What a run has reached; what is left out stays as it was. */
export interface RunAdvance {
  readonly stepsDone?: number;
  readonly epochsDone?: number;
  readonly trainingSeconds?: number;
  readonly imagesPerSecond?: number;
}

/** What the network of this id is trained on; null where there is no such network. */
export type LossOf = (modelId: string) => Loss | null;

/** The state that each reason leaves a run in. */
const stateAfter: Readonly<Record<EndReason, Exclude<RunState, "queued" | "running">>> = {
  completed: "finished",
  "stopped-by-person": "stopped",
  "not-finite": "failed",
  "engine-closed": "interrupted",
  "engine-died": "interrupted",
  "process-died": "failed",
  error: "failed",
};

export type RunRecords = ReturnType<typeof createRunRecords>;

export function createRunRecords(database: Database, evaluations: EvaluationRecords, lossOf: LossOf) {
  const insertExperiment = database.prepare<[string, string]>(
    "INSERT INTO experiments (pair, created_at) VALUES (?, ?)",
  );
  const insertRun = database.prepare<[Record<string, string | number | null>]>(`
    INSERT INTO runs (experiment_id, arm, dataset_id, model_id, model_title, title, state, configuration, owner_id, created_at)
    VALUES (@experimentId, @arm, @datasetId, @modelId, @modelTitle, @title, 'queued', @configuration, @ownerId, @createdAt)`);
  const byId = database.prepare<[number], RunRow>(`${selectRuns} WHERE runs.id = ? AND runs.deleted_at IS NULL`);
  const all = database.prepare<[], RunRow>(`${selectRuns} WHERE runs.deleted_at IS NULL ORDER BY runs.id DESC`);
  const begin = database.prepare<[string, number]>("UPDATE runs SET state = 'running', started_at = ? WHERE id = ?");
  const start = database.prepare<[Omit<RunStart, "initialWeightsMatch"> & { id: number; match: string | null }]>(`
    UPDATE runs SET steps_per_epoch = @stepsPerEpoch, parameters = @parameters, auxiliary_parameters = @auxiliaryParameters,
      initial_weights_hash = @initialWeightsHash, training_objective_floor = @trainingObjectiveFloor,
      device = @device, initial_weights_match = @match WHERE id = @id`);
  const advance = database.prepare<[Record<keyof RunAdvance | "id", number | null>]>(`
    UPDATE runs SET steps_done = max(steps_done, ifnull(@stepsDone, 0)), epochs_done = max(epochs_done, ifnull(@epochsDone, 0)),
      training_seconds = ifnull(@trainingSeconds, training_seconds), images_per_second = ifnull(@imagesPerSecond, images_per_second)
    WHERE id = @id AND state = 'running'`);
  const skip = database.prepare<[number, number]>("UPDATE runs SET pictures_skipped = ? WHERE id = ?");
  const end = database.prepare<[RunState, EndReason, string | null, string, number]>(
    "UPDATE runs SET state = ?, end_reason = ?, error = ?, ended_at = ? WHERE id = ?",
  );
  const rename = database.prepare<[string, number]>("UPDATE runs SET title = ? WHERE id = ? AND deleted_at IS NULL");
  const annotate = database.prepare<[string, number]>("UPDATE runs SET note = ? WHERE id = ? AND deleted_at IS NULL");
  const setDeleted = database.prepare<[string | null, number]>("UPDATE runs SET deleted_at = ? WHERE id = ?");
  const keepWeights = database.prepare<[string | null, number | null, string | null, number]>(
    "UPDATE runs SET weights_file = ?, weights_bytes = ?, weights_error = ? WHERE id = ?",
  );
  const purge = database.prepare<[string], { weights_file: string | null }>(
    "DELETE FROM runs WHERE deleted_at < ? RETURNING weights_file",
  );
  const purgeExperiments = database.prepare<[]>(
    "DELETE FROM experiments WHERE id NOT IN (SELECT experiment_id FROM runs WHERE experiment_id IS NOT NULL)",
  );
  const requestStop = database.prepare<[string, number, number]>(`
    UPDATE runs SET stop_requested_at = ? WHERE state IN ('queued', 'running')
      AND (id = ? OR experiment_id = (SELECT experiment_id FROM runs WHERE id = ?))`);

  const view = (row: RunRow): RunView =>
    runViewOf(
      row,
      {
        validation: evaluations.latestResult(row.id, "validation"),
        test: evaluations.latestResult(row.id, "test"),
      },
      lossOf(row.model_id),
    );
  const get = (runId: number): RunView => {
    const row = byId.get(runId);
    if (!row) throw new StrataError("run.unknown", { runId });
    return view(row);
  };

  return {
    /** Throws `run.unknown`, also for a run that was removed. */
    get,

    /** The newest first. */
    list(): readonly RunView[] {
      return all.all().map(view);
    },

    create: database.transaction(
      (training: NewTraining): { experimentId: number | null; runIds: readonly number[] } => {
        const { pair, model, datasetId, ownerId, createdAt } = training;
        const experimentId =
          pair === null ? null : Number(insertExperiment.run(JSON.stringify(pair), createdAt).lastInsertRowid);
        const runIds = training.runs.map(({ title, configuration }, index) => {
          const arm = pair === null ? null : index === 0 ? "A" : "B";
          const json = JSON.stringify(configuration);
          const names = { modelId: model.id, modelTitle: model.title, title };
          return Number(
            insertRun.run({ experimentId, arm, datasetId, ...names, configuration: json, ownerId, createdAt })
              .lastInsertRowid,
          );
        });
        return { experimentId, runIds };
      },
    ),

    /** Out of the queue: its training process is being started. */
    begin(runId: number, startedAt: string): void {
      begin.run(startedAt, runId);
    },
    start(runId: number, facts: RunStart): void {
      const match = facts.initialWeightsMatch;
      start.run({ ...facts, id: runId, match: match && JSON.stringify(match) });
    },
    advance(runId: number, reached: RunAdvance): void {
      const { stepsDone = null, epochsDone = null, trainingSeconds = null, imagesPerSecond = null } = reached;
      advance.run({ id: runId, stepsDone, epochsDone, trainingSeconds, imagesPerSecond });
    },
    setWeights(runId: number, kept: KeptWeights | null, error: CodedError | null): void {
      keepWeights.run(kept?.file ?? null, kept?.bytes ?? null, error && JSON.stringify(error), runId);
    },
    setPicturesSkipped(runId: number, pictures: number): void {
      skip.run(pictures, runId);
    },
    end(runId: number, reason: EndReason, error: CodedError | null, endedAt: string): void {
      end.run(stateAfter[reason], reason, error === null ? null : JSON.stringify(error), endedAt, runId);
    },

    rename(runId: number, title: string): RunView {
      rename.run(title, runId);
      return get(runId);
    },
    annotate(runId: number, note: string): RunView {
      annotate.run(note, runId);
      return get(runId);
    },

    /** Hides the runs until they are restored or purged. Throws `run.unknown` and `run.active`, and then hides none. */
    remove: database.transaction((runIds: readonly number[], deletedAt: string): void => {
      for (const runId of runIds) {
        const { state } = get(runId);
        if (state === "queued" || state === "running") throw new StrataError("run.active", { runId });
        setDeleted.run(deletedAt, runId);
      }
    }),
    restore: database.transaction((runIds: readonly number[]): readonly RunView[] => {
      return runIds.map((runId) => {
        setDeleted.run(null, runId);
        return get(runId);
      });
    }),
    /**
     * Deletes for good what was hidden before this time, with all in the record that belongs to it.
     * @returns for each of these runs, the file of its weights, which nothing names any more
     */
    purge: database.transaction((before: string): readonly (string | null)[] => {
      const purged = purge.all(before);
      purgeExperiments.run();
      return purged.map((row) => row.weights_file);
    }),

    /** Asks the engine that owns the run, which may be another process, to stop it and its arm-mate. */
    requestStop(runId: number, at: string): void {
      requestStop.run(at, runId, runId);
    },
  };
}
