/** The application without a shell: its parts put together, whatever shell stands before it. */
import { randomUUID } from "node:crypto";
import type { RunConfiguration } from "../contract/configuration.ts";
import type { DatasetView } from "../contract/dataset.ts";
import { lossOf } from "../models/registry.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { isInstalled } from "../platform/installed.ts";
import { type Log, silentLog } from "../platform/log.ts";
import { freeMemoryBytes } from "../platform/memory.ts";
import { narrowHome } from "../platform/narrow-home.ts";
import type { Paths } from "../platform/paths.ts";
import { openStore, type Store } from "../store/open-store.ts";
import { createBundleLibrary } from "./bundles/bundle-library.ts";
import { calibrationOf } from "./comparison/calibration.ts";
import { compareRuns } from "./comparison/compare.ts";
import { findLabelSuspects } from "./comparison/find-label-suspects.ts";
import { cellPicturesOf, perClassOf } from "./comparison/per-class.ts";
import { createDatasetLibrary } from "./datasets/dataset-library.ts";
import { createDatasetVersions } from "./datasets/dataset-versions.ts";
import { createFolderBrowser } from "./datasets/folder-browser.ts";
import { createPictureIntake } from "./datasets/picture-intake.ts";
import { createPictureFinder, type PictureFinder } from "./datasets/pictures.ts";
import { createSplitPreviews } from "./datasets/split-previews.ts";
import type { EngineParts } from "./engine-parts.ts";
import { createEstimator, type Estimator } from "./estimation/estimate.ts";
import { createExperiments } from "./experiments/experiments.ts";
import { createRequestResolver } from "./experiments/resolve-request.ts";
import { createSearch } from "./experiments/search.ts";
import { createFeed } from "./feed/feed.ts";
import { createFirstStarts } from "./first-start/first-start.ts";
import { createInference } from "./inference/inference.ts";
import { createInferenceProcess } from "./inference/inference-process.ts";
import { realTrainer } from "./machine/diagnose.ts";
import { createGpus } from "./machine/gpus.ts";
import { createMachineStatus } from "./machine/machine-status.ts";
import { createThreads } from "./machine/threads.ts";
import { createRowTimer } from "./models/row-timer.ts";
import { createReaders } from "./readers/readers.ts";
import { createSmallReads } from "./readers/small-reads.ts";
import { createNotices } from "./record/notices.ts";
import { createPatience } from "./record/patience.ts";
import { tidy } from "./record/tidy.ts";
import { createReportLibrary } from "./reports/report-library.ts";
import { createRunLibrary } from "./runs/run-library.ts";
import { createRunList } from "./runs/run-list.ts";
import { checkConfiguration } from "./scheduling/check-configuration.ts";
import { startHeartbeat } from "./scheduling/heartbeat.ts";
import { createJobs } from "./scheduling/jobs.ts";
import { createQueue } from "./scheduling/queue.ts";
import { createScheduling } from "./scheduling/scheduling.ts";
import { createSideBySide } from "./scheduling/side-by-side.ts";
import { createSavedStates } from "./trainer/saved-states.ts";
import { usualWaits, type Waits } from "./waits.ts";
import { createWeightsLibrary } from "./weights/weights-library.ts";

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
  /** Whether a window begins with the page of the first start; as an installed app does unless named. */
  readonly offersFirstStart?: boolean;
  /** How long a batch, and saving what it came to, may take after a stop, before its process is killed. */
  readonly stopGraceMillis?: number;
  /** What is left out is as usual. */
  readonly waits?: Partial<Waits>;
}

export interface Engine extends EngineParts {
  /** What became of a record that was damaged, or of an earlier version, at this start, in words; null for any other. */
  readonly recordNews: string | null;
  readonly pictures: PictureFinder;
  /** Deletes for good what can no longer be undone, bit by bit. For a shell that stays, once it is there for people. */
  tidy(): Promise<void>;
  /** Interrupts what trains and waits for it, some seconds at most. What is recorded stays. */
  close(): Promise<void>;
}

const closeLimitMillis = 10_000;
/** A batch of a pair of full-size networks takes minutes on few cores, and so does its state on a slow disk. */
const usualStopGraceMillis = 10 * 60_000;

/** @throws StrataError `store.*` and `disk.*` where the record cannot be opened */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { paths, version, trainerEnvironment, trainerEntry = realTrainer } = options;
  const { clock = systemClock, log = silentLog, stopGraceMillis = usualStopGraceMillis, keepsQueue = false } = options;
  const waits = { ...usualWaits, ...options.waits };
  narrowHome(paths.home);
  const store = openStore(paths.database, lossOf, clock.now());
  const [news] = store.isRescued || store.isBroughtUp ? store.notices.open().toReversed() : [];
  if (store.isRescued) log.error({ news }, "the record was damaged");
  else if (news) log.info({ news }, "the record was brought up to this version");
  const engineId = randomUUID();
  const closing = new AbortController();
  const { signal } = closing;
  const feed = createFeed({
    intervalMillis: waits.newsMillis,
    snapshot: () => ({
      kind: "snapshot",
      active: jobs.active,
      queue: queue.view(),
      threads: threads.view(),
      runs: runList.neededAtOnce(),
    }),
  });
  const patience = createPatience({ clock, log, signal, waits, onChange: () => notices.tell() });
  const notices = createNotices({ store, patience, feed, clock, log });
  const threads = createThreads({ store, feed, environment: trainerEnvironment });
  const gpus = createGpus({ ...process.env, ...trainerEnvironment });
  await gpus.look();
  const readers = createReaders();
  const readSmall = createSmallReads(readers, signal);
  const datasets = createDatasetLibrary({ store, feed, clock, patience, readers, signal, threads: threads.count });
  const savedStates = createSavedStates(store, paths, log);
  const search = createSearch({ engineId, store, clock });
  const queue = createQueue({ engineId, keepsQueue, store, feed, clock, jobs: () => jobs, search });
  const environment = (count?: number | null) => ({ ...threads.environment(count), ...gpus.environment() });
  const training = { trainerEntry, trainerEnvironment: environment };
  const sideBySide = createSideBySide({
    ...{ store, threads, gpus, freeMemoryBytes, trainerEntry, log },
    trainerEnvironment: environment,
    estimator: () => estimator,
    now: clock.now,
  });
  const jobs = createJobs({
    ...{ engineId, datasets, store, feed, paths, clock, log, savedStates, patience, signal, stopGraceMillis, waits },
    ...training,
    ...{ sideBySide, search, gpus },
    machine: () => ({ ...threads.forJobs(), gpus: gpus.count, freeBytes: freeMemoryBytes() }),
    isHeld: queue.isHeld,
    onChange: queue.tell,
  });
  const runList = createRunList({ store, active: () => jobs.active });
  store.findUnreadable();
  const heartbeat = await startHeartbeat({
    ...{ engineId, store, feed, jobs, queue, threads, notices, patience, clock, log, waits },
  });
  let tidying = Promise.resolve();

  const inferenceProcess = createInferenceProcess({ environment });
  const busyWith = (): string | null => {
    const [first] = jobs.active.flatMap(({ runIds }) => runIds);
    return first === undefined ? null : (store.runs.find(first)?.title ?? `Run ${first}`);
  };
  const rowTimer = createRowTimer({ ...training, busyWith, freeMemoryBytes });
  const measuring = createEstimator({
    ...training,
    datasets,
    busyWith,
    timeDecoding: (source, pictures, square, asked) =>
      readSmall<"time-decoding">(
        { kind: "time-decoding", source, pictures, square },
        source.kind === "folder" ? source.path : source.kind,
        asked,
      ),
    // What another machine took says nothing of this one.
    runs: () => store.runs.list().filter(({ imported }) => imported === null),
    freeMemoryBytes: () => jobs.running.reduce((sum, { heldBytes }) => sum + heldBytes, freeMemoryBytes()),
    gpuRoom: gpus.room,
    pictureCache: paths.pictureCache,
    threads: threads.count,
    gainOf: sideBySide.gainOf,
  });
  /** A job that starts has the machine back from whatever is measured, and the memory of a process that answers while nobody asks. */
  const estimator: Estimator = {
    ...measuring,
    cancel() {
      measuring.cancel();
      rowTimer.cancel();
      inferenceProcess.rest();
    },
  };
  const inference = createInference({ store, paths, process: inferenceProcess, readSmall, freeMemoryBytes, signal });
  const weights = createWeightsLibrary({ store, paths, readSmall, trainerEntry, signal });
  const check = (configuration: RunConfiguration, view: DatasetView) =>
    checkConfiguration(configuration, view, weights.inspectFile);
  const resolve = createRequestResolver(estimator);
  const scheduling = createScheduling({
    ...{ engineId, store, feed, clock, datasets, estimator, queue, jobs, search, resolve, check, signal },
  });
  const runs = createRunLibrary({ store, feed, clock, paths });
  const experiments = createExperiments({
    ...{ engineId, store, clock, datasets, estimator, scheduling, search, sideBySide, resolve, check },
  });
  log.info({ engineId, version, home: paths.home }, "engine started");

  return {
    waits,
    recordNews: news ? `${news.problem} ${news.remedy}` : null,
    machine: createMachineStatus({ version, trainerEntry, log, signal }),
    comparison: {
      compare: (runIds) => compareRuns(store, runIds),
      perClass: (runIds) => perClassOf(store, runIds),
      cellPictures: (asked) => cellPicturesOf(store, asked),
      calibration: (runIds) => calibrationOf(store, runIds),
      labelSuspects: (runIds, most) => findLabelSuspects(store, runIds, most),
    },
    versions: createDatasetVersions({ store, datasets, readers, feed, clock, signal }),
    splits: createSplitPreviews(datasets),
    folders: createFolderBrowser(readSmall),
    intake: createPictureIntake(readSmall),
    pictures: createPictureFinder({ store, readers }),
    runList,
    runs,
    bundles: createBundleLibrary({ store, feed, paths, version, now: clock.now }),
    firstStart: createFirstStarts({
      ...{ store, paths, clock, scheduling, runs },
      isOffered: options.offersFirstStart ?? isInstalled,
    }),
    ...{ datasets, estimator, inference, rowTimer, feed, notices, queue, scheduling, threads, weights },
    experiments,
    reports: createReportLibrary({ store, runs, experiments, version, now: clock.now }),
    tidy() {
      tidying = tidy({ store, paths, clock, log, patience, signal });
      return tidying;
    },
    async close() {
      if (signal.aborted) return;
      closing.abort();
      estimator.cancel();
      readers.close();
      inferenceProcess.close();
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
