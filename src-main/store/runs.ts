/** Runs: made, read, and moved from state to state. */
import type { Loss } from "../contract/architecture.ts";
import { type CodedError, StrataError } from "../contract/errors.ts";
import type { RunExperiment } from "../contract/experiment.ts";
import type { MadeBy } from "../contract/made-by.ts";
import type { EndReason, RunState, RunView, SpentTime } from "../contract/run.ts";
import type { KeptWeights } from "../contract/weights.ts";
import { withPart } from "../domain/runs/made-by.ts";
import { type Database, writing } from "./database.ts";
import type { DatasetRecords } from "./datasets.ts";
import type { EvaluationRecords } from "./evaluations.ts";
import type { ExperimentRecords } from "./experiments.ts";
import { createKeptViews } from "./kept-views.ts";
import { createRunRecorder } from "./record-runs.ts";
import type { RunAdvance, RunStanding, RunStart } from "./run-changes.ts";
import { createRunMarks } from "./run-marks.ts";
import { monitorOf, type RunRow, runViewOf, selectRuns, storedMadeBy } from "./run-row.ts";
import { createSetAside, type SetAside } from "./stored-json.ts";

/** What the network of this id is trained on; null where there is no such network. */
export type LossOf = (modelId: string) => Loss | null;

/** The state that each reason leaves a run in. */
export const stateAfter: Readonly<Record<EndReason, Exclude<RunState, "queued" | "running">>> = {
  completed: "finished",
  "stopped-early": "finished",
  paused: "paused",
  halved: "paused",
  "stopped-by-person": "stopped",
  "not-finite": "failed",
  "engine-closed": "interrupted",
  "engine-died": "interrupted",
  "process-died": "failed",
  error: "failed",
};

/** Each after the other by its address or its block's. */
const armsSql = `
  WITH asked (id, experiment_id, block) AS (SELECT id, experiment_id, block FROM runs WHERE id IN (SELECT value FROM json_each(@ids)))
  SELECT id FROM runs WHERE deleted_at IS NULL
    AND (id IN (SELECT id FROM asked) OR (experiment_id, block) IN (SELECT experiment_id, block FROM asked)) ORDER BY arm, id`;

export const listSql = `${selectRuns} WHERE runs.deleted_at IS NULL ORDER BY runs.id DESC`;

/** Each by its own query, which is one step along the index: both in one read all that waits. */
export const queueEndsSql = `
  SELECT ifnull((SELECT min(queue_position) FROM runs WHERE state = 'queued'), 1) AS first,
    ifnull((SELECT max(queue_position) FROM runs WHERE state = 'queued'), 0) AS last`;

/** More are read with the whole list, which reads a run some times as fast as its own address does. */
const mostByAddress = 50;

export type RunRecords = ReturnType<typeof createRunRecords>;

export function createRunRecords(
  database: Database,
  {
    datasets,
    evaluations,
    experiments,
    lossOf,
    setAside = createSetAside(),
  }: {
    readonly datasets: DatasetRecords;
    readonly evaluations: EvaluationRecords;
    readonly experiments: Pick<ExperimentRecords, "shapeOf" | "forgetShapes">;
    readonly lossOf: LossOf;
    readonly setAside?: SetAside;
  },
) {
  const ends = database.prepare<[], { readonly first: number; readonly last: number }>(queueEndsSql);
  const byId = database.prepare<[number], RunRow>(`${selectRuns} WHERE runs.id = ? AND runs.deleted_at IS NULL`);
  const all = database.prepare<[], RunRow>(listSql);
  const standingOf = database.prepare<[number], RunStanding>(`
    SELECT id, state, end_reason AS endReason, created_at AS createdAt, weights_file AS weightsFile
    FROM runs WHERE id = ? AND deleted_at IS NULL`);
  const requeue = database.prepare<[Record<"runId" | "ownerId" | "position", number | string>]>(`
    UPDATE runs SET state = 'queued', owner_id = @ownerId, end_reason = NULL, error = NULL, ended_at = NULL,
      stop_requested_at = NULL, pause_requested_at = NULL, seconds_before = seconds_before + stretch_seconds, stretch_seconds = 0,
      queue_position = @position, awaits_answer = 0
    WHERE id = @runId`);
  const resumeFrom = database.prepare<{ readonly step: number; readonly error: string | null; readonly runId: number }>(
    `UPDATE runs SET resumed_step = @step, resume_error = @error, steps_done = @step,
      epochs_done = ifnull(CAST(@step AS INTEGER) / steps_per_epoch, 0) WHERE id = @runId`,
  );
  const setAttempt = database.prepare<[number, string]>(
    "UPDATE runs SET stretch_seconds = ? WHERE id IN (SELECT value FROM json_each(?)) AND state = 'running'",
  );
  const failCheckpoint = database.prepare<[string | null, number]>("UPDATE runs SET checkpoint_error = ? WHERE id = ?");
  const restoreEpoch = database.prepare<[number, number]>("UPDATE runs SET restored_epoch = ? WHERE id = ?");
  const madeByOf = database.prepare<[number], string | null>("SELECT made_by FROM runs WHERE id = ?").pluck();
  const setMadeBy = database.prepare<[string, number]>("UPDATE runs SET made_by = ? WHERE id = ?");
  const start = database.prepare<
    [Omit<RunStart, "initialWeightsMatch" | "madeBy" | "step"> & { id: number; match: string | null }]
  >(`
    UPDATE runs SET steps_per_epoch = @stepsPerEpoch, parameters = @parameters, auxiliary_parameters = @auxiliaryParameters,
      initial_weights_hash = @initialWeightsHash, training_objective_floor = @trainingObjectiveFloor,
      initial_weights_match = @match WHERE id = @id`);
  const advance = database.prepare<[Record<keyof RunAdvance | "id", number | null>]>(`
    UPDATE runs SET steps_done = max(steps_done, ifnull(@stepsDone, 0)), epochs_done = max(epochs_done, ifnull(@epochsDone, 0)),
      training_seconds = ifnull(@trainingSeconds, training_seconds), images_per_second = ifnull(@imagesPerSecond, images_per_second)
    WHERE id = @id AND state = 'running'`);
  const setThreads = database.prepare<{
    readonly runId: number;
    readonly threads: number;
    readonly bytes: number | null;
  }>(`
    UPDATE runs SET threads = @threads, has_own_process = has_own_process OR @bytes IS NOT NULL,
      predicted_memory_bytes = ifnull(@bytes, predicted_memory_bytes) WHERE id = @runId`);
  const skip = database.prepare<[number, number]>("UPDATE runs SET pictures_skipped = ? WHERE id = ?");
  const end = database.prepare<[RunState, EndReason, string | null, string, 0 | 1, number]>(
    "UPDATE runs SET state = ?, end_reason = ?, error = ?, ended_at = ?, awaits_answer = ? WHERE id = ?",
  );
  const setWeights = database.prepare<[string | null, number | null, string | null, number]>(
    "UPDATE runs SET weights_file = ?, weights_bytes = ?, weights_error = ? WHERE id = ?",
  );
  const forgetWeights = database.prepare<[number]>(
    "UPDATE runs SET weights_file = NULL, weights_bytes = NULL WHERE id = ?",
  );
  const setMemory = database.prepare<[number, number, number]>(
    "UPDATE runs SET peak_memory_bytes = max(ifnull(peak_memory_bytes, 0), ?), leaked_tensors = max(leaked_tensors, ?) WHERE id = ?",
  );
  const setSpent = database.prepare<[string, number]>("UPDATE runs SET spent = ? WHERE id = ?");
  const request = (wish: "stop" | "pause") =>
    database.prepare<[string, string]>(`
    UPDATE runs SET ${wish}_requested_at = ? WHERE state IN ('queued', 'running')
      AND id IN (SELECT value FROM json_each(?))`);
  const requests = { stop: request("stop"), pause: request("pause") };
  const armsOf = database.prepare<[{ readonly ids: string }], number>(armsSql).pluck();

  const experimentOf = ({ experiment_id: id, block, arm }: RunRow): RunExperiment | null =>
    // What cannot be read of its experiment takes no run with it: it stands by itself.
    id === null || block === null ? null : setAside.orNull(() => ({ id, block, arm, ...experiments.shapeOf(id) }));
  const view = (row: RunRow): RunView =>
    runViewOf(row, {
      ...evaluations.resultsOf(row.id, monitorOf(row)),
      experiment: experimentOf(row),
      dataset: datasets.ofRuns(row.dataset_id),
      loss: lossOf(row.model_id),
    });
  const find = (runId: number): RunView | null => {
    const row = byId.get(runId);
    return row ? setAside.orNull(() => view(row)) : null;
  };
  const get = (runId: number): RunView => {
    const row = byId.get(runId);
    if (!row) throw new StrataError("run.unknown", { runId });
    return view(row);
  };
  const standing = (runId: number): RunStanding => {
    const row = standingOf.get(runId);
    if (!row) throw new StrataError("run.unknown", { runId });
    return row;
  };

  /** What came after that step is made anew, so whoever had made it does not count. */
  const addPart = (runId: number, fromStep: number, madeBy: MadeBy): void => {
    const text = madeByOf.get(runId) ?? null;
    const place = { table: "runs", id: runId, column: "made_by" };
    const parts = text === null ? [] : setAside.orNull(() => storedMadeBy(text, place));
    // What cannot be read stays as it is.
    if (parts !== null) setMadeBy.run(JSON.stringify(withPart(parts, { fromStep, ...madeBy })), runId);
  };

  const readAll = (): readonly RunView[] => {
    experiments.forgetShapes();
    const rows = all.all();
    const resultsOf = evaluations.resultsOfMany(rows);
    return setAside.readable(rows, (row) =>
      runViewOf(row, {
        ...resultsOf(row, monitorOf(row)),
        experiment: experimentOf(row),
        dataset: datasets.ofRuns(row.dataset_id),
        loss: lossOf(row.model_id),
      }),
    );
  };
  const { list } = createKeptViews(database, { all: readAll, one: find });
  /** Those that are there and can be read, in this order. */
  const findAll = (runIds: readonly number[]): readonly RunView[] => {
    if (runIds.length <= mostByAddress) return runIds.flatMap((runId) => find(runId) ?? []);
    const byRunId = new Map(list().map((run) => [run.id, run]));
    return runIds.flatMap((runId) => byRunId.get(runId) ?? []);
  };

  return {
    ...createRunMarks(database, { get, findAll, standing }),
    /** Throws `run.unknown`, also for a run that was removed, and `store.unreadable`. */
    get,
    /** Null for a run that is not there, was removed, or cannot be read. */
    find,
    findAll,
    /** Throws `run.unknown`. */
    standing,

    /** The newest first. */
    list,

    /** To be recorded together, once all are laid. */
    layOut: createRunRecorder(database, () => ends.get()!.last),

    /** The runs, and those of their blocks, in the order of their arms. */
    armsOf(...runIds: readonly number[]): readonly number[] {
      return armsOf.all({ ids: JSON.stringify(runIds) });
    },
    /** Back into the queue, to go on: the runs of a block, before all others or behind them. */
    requeue: writing(database, (runIds: readonly number[], ownerId: string, to: "front" | "back"): void => {
      const { first, last } = ends.get()!;
      const position = to === "front" ? first - 1 : last + 1;
      for (const runId of runIds) {
        standing(runId);
        requeue.run({ runId, ownerId, position });
      }
    }),
    /** Back into the queue before all others, in their own order: those of a block together. */
    requeueBlocks: writing(database, (runIds: readonly number[], ownerId: string): void => {
      const left = new Set(runIds);
      // From the last to the first, each block before all others.
      for (const runId of runIds.toReversed()) {
        if (!left.has(runId)) continue;
        const together = armsOf.all({ ids: JSON.stringify([runId]) }).filter((arm) => left.delete(arm));
        const position = ends.get()!.first - 1;
        for (const arm of together) requeue.run({ runId: arm, ownerId, position });
      }
    }),
    /** How long these have been training since they began or went on, by their engine's own clock. */
    setAttempt(runIds: readonly number[], seconds: number): void {
      setAttempt.run(seconds, JSON.stringify(runIds));
    },
    /** Where its next attempt begins. @param error why a later checkpoint was passed over */
    setResumed(runId: number, step: number, error: CodedError | null): void {
      resumeFrom.run({ step, error: error && JSON.stringify(error), runId });
    },
    setCheckpointError(runId: number, error: CodedError | null): void {
      failCheckpoint.run(error && JSON.stringify(error), runId);
    },
    setRestoredEpoch(runId: number, epoch: number): void {
      restoreEpoch.run(epoch, runId);
    },
    start(runId: number, facts: RunStart): void {
      const { initialWeightsMatch: match, madeBy, step, ...rest } = facts;
      start.run({ ...rest, id: runId, match: match && JSON.stringify(match) });
      addPart(runId, step, madeBy);
    },
    advance(runId: number, reached: RunAdvance): void {
      const { stepsDone = null, epochsDone = null, trainingSeconds = null, imagesPerSecond = null } = reached;
      advance.run({ id: runId, stepsDone, epochsDone, trainingSeconds, imagesPerSecond });
    },
    setWeights(runId: number, kept: KeptWeights | null, error: CodedError | null): void {
      setWeights.run(kept?.file ?? null, kept?.bytes ?? null, error && JSON.stringify(error), runId);
    },
    /** Why they could not be written, where they could not, stays told. */
    forgetWeights(runId: number): void {
      forgetWeights.run(runId);
    },
    /** Both figures only grow. */
    setMemory(runId: number, peakBytes: number, leakedTensors: number): void {
      setMemory.run(peakBytes, leakedTensors, runId);
    },
    setSpent(runId: number, spent: SpentTime): void {
      setSpent.run(JSON.stringify(spent), runId);
    },
    /** For good: it trains on so many, whenever it goes on. @param ownMemoryBytes of each, where each has a process of its own from now on; else null */
    setThreads(runIds: readonly number[], threads: number, ownMemoryBytes: number | null): void {
      for (const runId of runIds) setThreads.run({ runId, threads, bytes: ownMemoryBytes });
    },
    setPicturesSkipped(runId: number, pictures: number): void {
      skip.run(pictures, runId);
    },
    end(runId: number, reason: EndReason, error: CodedError | null, endedAt: string): void {
      const awaitsAnswer = reason === "engine-closed" || reason === "engine-died" ? 1 : 0;
      end.run(stateAfter[reason], reason, error && JSON.stringify(error), endedAt, awaitsAnswer, runId);
    },

    /** Asks the engines that own the runs, which may be other processes, to stop or pause them. */
    request(wish: "stop" | "pause", runIds: readonly number[], at: string): void {
      requests[wish].run(at, JSON.stringify(runIds));
    },
  };
}
