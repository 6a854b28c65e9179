/** The application without a shell: one object, whatever shell stands before it. */
import { randomUUID } from "node:crypto";
import type { RunConfiguration, TrainRequest } from "../contract/configuration.ts";
import type { DatasetView } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { RunView } from "../contract/run.ts";
import type { ExportedWeights, ExportFormat, KeptEpoch } from "../contract/weights.ts";
import { exportWarning } from "../models/finite.ts";
import { lossOf } from "../models/registry.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { type Log, silentLog } from "../platform/log.ts";
import { freeMemoryBytes } from "../platform/memory.ts";
import { narrowHome } from "../platform/narrow-home.ts";
import type { Paths } from "../platform/paths.ts";
import { openStore, type Store } from "../store/open-store.ts";
import { armsOf, titleOf } from "./arms.ts";
import { checkConfiguration } from "./check-configuration.ts";
import { compareRuns } from "./compare.ts";
import { createDatasetLibrary } from "./dataset-library.ts";
import { realTrainer } from "./diagnose.ts";
import type { EngineApi, StartedTraining } from "./engine-api.ts";
import { createEstimator } from "./estimate.ts";
import { createFeed } from "./feed.ts";
import { freeSpace } from "./free-space.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { createJobs } from "./jobs.ts";
import { createWeightsLook } from "./look-at-weights.ts";
import { createMachineStatus } from "./machine-status.ts";
import { notFiniteIn } from "./not-finite-in.ts";
import { createNotices } from "./notices.ts";
import { createPatience } from "./patience.ts";
import { createPictureFinder, type PictureFinder } from "./pictures.ts";
import { createQueue } from "./queue.ts";
import type { ReaderTaskKind, ReaderTaskOf } from "./reader-tasks.ts";
import { createReaders } from "./readers.ts";
import { createSavedStates } from "./saved-states.ts";
import { architectureOf, shelf } from "./shelf.ts";
import { createSweeps } from "./sweeps.ts";
import { tellRuns } from "./tell-runs.ts";
import { createThreads } from "./threads.ts";
import { tidy } from "./tidy.ts";
import { createTurns } from "./turns.ts";
import { exportWeightsFile, weightsPathOf } from "./weights.ts";

export interface EngineOptions {
  readonly paths: Paths;
  readonly version: string;
  /** File that training processes run; the real trainer unless a test brings its own. */
  readonly trainerEntry?: string;
  readonly trainerEnvironment?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
  readonly log?: Log;
  /** Whether it stays, as the app does: then it takes up jobs that wait and belong to no engine. A command that trains one thing and ends leaves them. */
  readonly keepsQueue?: boolean;
  /** How long a batch may take to end after a stop, before its process is killed. */
  readonly stopGraceMillis?: number;
}

export interface Engine extends EngineApi {
  /** What became of a damaged record at this start, in words; null for a record that was whole. */
  readonly rescued: string | null;
  readonly pictures: PictureFinder;
  /** Writes a run's weights into a folder that is new or empty. Not for the wire: it would write anywhere. */
  exportRun(request: {
    readonly runId: number;
    /** Null: the weights that it ended with. */
    readonly weights: KeptEpoch | null;
    readonly format: ExportFormat;
    readonly folder: string;
  }): Promise<ExportedWeights>;
  /** Deletes for good what can no longer be undone, bit by bit. For a shell that stays, once it is there for people. */
  tidy(): Promise<void>;
  /** Interrupts what trains and waits for it, some seconds at most. What is recorded stays. */
  close(): Promise<void>;
}

const closeLimitMillis = 10_000;
/** Folders and files of weights that are looked at at once. */
const mostSmallReads = 4;

/** @throws StrataError `store.*` and `disk.*` where the record cannot be opened */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const {
    paths,
    version,
    clock = systemClock,
    log = silentLog,
    stopGraceMillis = 60_000,
    keepsQueue = false,
  } = options;
  const { trainerEntry = realTrainer } = options;
  narrowHome(paths.home);
  const store = openStore(paths.database, lossOf, clock.now());
  const [rescue] = store.isRescued ? store.notices.open().toReversed() : [];
  if (rescue) log.error({ rescue }, "the record was damaged");
  const engineId = randomUUID();
  const closing = new AbortController();
  const feed = createFeed({
    snapshot: () => ({
      kind: "snapshot",
      active: jobs.active,
      queue: queue.view(),
      threads: threads.view(),
      runs: store.runs.list(),
    }),
  });
  const patience = createPatience({ clock, log, signal: closing.signal, onChange: () => notices.tell() });
  const notices = createNotices({ store, patience, feed, clock, log });
  const threads = createThreads({ store, feed, environment: options.trainerEnvironment });
  const readers = createReaders();
  const datasets = createDatasetLibrary({
    store,
    feed,
    clock,
    readers,
    signal: closing.signal,
    threads: threads.count,
  });
  const savedStates = createSavedStates(store, paths, log);
  const queue = createQueue({ engineId, keepsQueue, store, feed, clock, jobs: () => jobs });
  const jobs = createJobs({
    engineId,
    datasets,
    isHeld: queue.isHeld,
    onChange: queue.tell,
    store,
    feed,
    paths,
    clock,
    log,
    savedStates,
    patience,
    signal: closing.signal,
    trainerEntry,
    trainerEnvironment: threads.environment,
    stopGraceMillis,
  });
  store.lookForUnreadable();
  const heartbeat = await startHeartbeat({
    engineId,
    store,
    feed,
    jobs,
    queue,
    threads,
    notices,
    patience,
    clock,
    log,
  });
  let tidying = Promise.resolve();

  const machine = createMachineStatus({ version, trainerEntry, log, signal: closing.signal });
  /** Each takes a process. */
  const smallReadsInTurn = createTurns(mostSmallReads);
  const whileOpen = (signal?: AbortSignal) => (signal ? AbortSignal.any([signal, closing.signal]) : closing.signal);
  const readSmall = <K extends ReaderTaskKind>(task: ReaderTaskOf<K>, path: string, asked?: AbortSignal) => {
    const signal = whileOpen(asked);
    return smallReadsInTurn(() => readers.ask<K>(task, { path, signal }), signal);
  };
  const estimator = createEstimator({
    datasets,
    timeDecoding: (source, pictures, inputPixels, signal) =>
      readSmall<"time-decoding">(
        { kind: "time-decoding", source, pictures, inputPixels },
        source.kind === "folder" ? source.path : source.kind,
        signal,
      ),
    trainerEntry,
    runs: store.runs.list,
    busyWith: () => {
      const [first] = jobs.runIdsSoon;
      return first === undefined ? null : (store.runs.find(first)?.title ?? `Run ${first}`);
    },
    freeMemoryBytes: () => freeMemoryBytes() + jobs.heldBytes,
    pictureCache: paths.pictureCache,
    trainerEnvironment: threads.environment,
    threads: threads.count,
  });
  const lookAtWeights = createWeightsLook((question, seen, signal) =>
    readSmall<"look-at-weights">({ kind: "look-at-weights", question, seen }, question.path, signal),
  );
  const check = (configuration: RunConfiguration, view: DatasetView) =>
    checkConfiguration(configuration, view, lookAtWeights);
  const sweeps = createSweeps({ engineId, store, clock, datasets, estimator, check, signal: closing.signal });
  log.info({ engineId, version, home: paths.home }, "engine started");

  const weightsFile = (runId: number, which: KeptEpoch | null) => weightsPathOf(store, paths, runId, which);
  const startTraining = async (request: TrainRequest): Promise<StartedTraining> => {
    const { configuration, pair } = request;
    const model = architectureOf(configuration.model);
    const { view } = await datasets.open(configuration.dataset);
    await check(configuration, view);
    const { peakBytes: predictedMemoryBytes } = await estimator.memory(request);
    closing.signal.throwIfAborted();
    estimator.cancel();
    // With the folder's whole path, so that the run can be repeated from anywhere.
    const arms = armsOf({ pair, configuration: { ...configuration, dataset: view.source } });
    const started = store.transaction(() =>
      store.runs.create({
        datasetId: view.id,
        model: { id: model.id, title: model.title },
        pair,
        runs: arms.map((arm, index) => ({ title: titleOf(model.title, pair, index), configuration: arm })),
        predictedMemoryBytes,
        ownerId: engineId,
        createdAt: clock.now().toISOString(),
      }),
    );
    return waits(started);
  };

  const interruptAll = (runIds: readonly number[], wish: "stop" | "pause"): void => {
    const reason = wish === "stop" ? "stopped-by-person" : "paused";
    // First what waits, so that none of it begins when what trains has ended.
    queue.end(runIds, reason);
    for (const runId of runIds) {
      jobs.interrupt(runId, reason);
      // For what another engine trains: that engine finds the wish at its next heartbeat.
      store.runs.request(wish, runId, clock.now().toISOString());
    }
  };
  const interrupt = (runId: number, wish: "stop" | "pause"): void => {
    store.runs.standing(runId);
    interruptAll(store.runs.armsOf(runId), wish);
  };
  const waits = <T extends { readonly runIds: readonly number[] }>(started: T): T => {
    tellRuns(store, feed, started.runIds);
    jobs.startNext();
    queue.tell();
    return started;
  };
  const resumeTraining = async (runId: number): Promise<StartedTraining> => {
    const asked = store.runs.get(runId);
    await datasets.openFor(asked);
    closing.signal.throwIfAborted();
    estimator.cancel();
    // Looked at again: meanwhile it may have been taken up from another window.
    const runIds = store.transaction(() => {
      const arms = store.runs.armsOf(runId).map(store.runs.get);
      const ids = arms.map(({ id }) => id);
      // An engine may be gone between the moment when it took it up and the one when it began.
      const isLeft = ids.every(store.queue.isNobodys);
      if (!isLeft) for (const arm of arms) refuseToResume(arm);
      // What its engine's end interrupted had begun before all that waits.
      store.runs.requeue(ids, engineId, asked.awaitsAnswer || isLeft ? "front" : "back");
      return ids;
    });
    return waits({ experimentId: asked.experimentId, runIds });
  };

  return {
    rescued: rescue ? `${rescue.problem} ${rescue.remedy}` : null,
    status: () => ({ ...machine.current(), notices: notices.open() }),
    dismissNotice: (noticeId) => store.notices.dismiss(noticeId, clock.now().toISOString()),
    chooseThreads: threads.choose,
    inspectDataset: async (source, signal) => (await datasets.look(source, whileOpen(signal))).view,
    recentDatasets: store.datasets.recent,
    browseFolders: (path, files, signal) =>
      readSmall<"browse-folder">({ kind: "browse-folder", path, files }, path ?? "~", signal),
    shelf,
    architecture: architectureOf,
    lookAtWeights: ({ from, ...question }, signal) =>
      lookAtWeights(
        { ...question, path: from.kind === "file" ? from.path : weightsFile(from.runId, from.epoch ?? null) },
        signal,
      ),
    estimate: estimator.estimate,
    estimateMemory: estimator.memory,
    startTraining,
    stopTraining: (runId) => interrupt(runId, "stop"),
    pauseTraining: (runId) => interrupt(runId, "pause"),
    resumeTraining,
    estimateSweep: sweeps.estimate,
    async startSweep(request) {
      const started = await sweeps.create(request);
      estimator.cancel();
      return waits(started);
    },
    continueSweep(sweepId) {
      estimator.cancel();
      return waits({ sweepId, runIds: sweeps.goOn(sweepId) });
    },
    stopSweep: (sweepId) => interruptAll(store.sweeps.runIds(sweepId), "stop"),
    pauseSweep: (sweepId) => interruptAll(store.sweeps.runIds(sweepId), "pause"),
    sweeps: sweeps.list,
    sweep: sweeps.view,
    queue: queue.view,
    holdQueue: queue.hold,
    letQueueGoOn: queue.goOn,
    moveInQueue: ({ runId, to }) => queue.move(runId, to),
    leaveInterrupted: queue.leave,
    runs: store.runs.list,
    run: store.runs.get,
    renameRun(runId, title) {
      const run = store.runs.rename(runId, title);
      feed.publish({ kind: "run", run });
      return run;
    },
    annotateRun(runId, note) {
      const run = store.runs.annotate(runId, note);
      feed.publish({ kind: "run", run });
      return run;
    },
    markRuns(runIds, marks) {
      const runs = store.runs.mark(runIds, marks, clock.now().toISOString());
      for (const run of runs) feed.publish({ kind: "run", run });
      return runs;
    },
    async freeSpace(runIds) {
      const runs = await freeSpace(store, paths, runIds);
      for (const run of runs) feed.publish({ kind: "run", run });
      return runs;
    },
    removeRuns(runIds) {
      store.runs.remove(runIds, clock.now().toISOString());
      feed.publish({ kind: "runs-removed", runIds });
    },
    restoreRuns(runIds) {
      const runs = store.runs.restore(runIds);
      for (const run of runs) feed.publish({ kind: "run", run });
      return runs;
    },
    series: ({ runIds, metrics, maxPoints }) =>
      runIds.flatMap((runId) => {
        store.runs.get(runId);
        return store.points.series(runId, metrics, maxPoints);
      }),
    confusion(runId) {
      const classes = store.runs.get(runId).dataset.classes.length;
      return (
        store.evaluations.confusion(runId, "test", classes) ?? store.evaluations.confusion(runId, "validation", classes)
      );
    },
    exportRun: async ({ runId, weights, format, folder }) =>
      exportWeightsFile({ path: weightsFile(runId, weights), format, folder }, trainerEntry, closing.signal),
    weightsFile,
    async checkWeights(runId, which) {
      const notFinite = await notFiniteIn(weightsFile(runId, which));
      return notFinite.length === 0 ? null : exportWarning(notFinite);
    },
    compare: (runIds) => compareRuns(store, runIds),
    events: feed.subscribe,
    pictures: createPictureFinder({ store, readers }),
    tidy() {
      tidying = tidy({ store, paths, clock, log, patience, signal: closing.signal });
      return tidying;
    },
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      estimator.cancel();
      readers.close();
      await jobs.close(closeLimitMillis);
      await heartbeat.stop();
      await tidying;
      feed.close();
      leave(store, engineId, log);
      store.close();
      log.info({ engineId }, "engine closed");
    },
  };
}

/** Where the record cannot be written, the next engine finds by itself that this one is gone. */
function leave(store: Store, engineId: string, log: Log): void {
  try {
    store.owners.leave(engineId);
  } catch (thrown) {
    log.warn({ err: thrown }, "the engine could not sign off in the record");
  }
}

/** Throws `run.active` and `run.complete`. */
function refuseToResume({ id, endReason, isResumable }: RunView): void {
  if (endReason === null) throw new StrataError("run.active", { runId: id });
  if (!isResumable) throw new StrataError("run.complete", { runId: id });
}
