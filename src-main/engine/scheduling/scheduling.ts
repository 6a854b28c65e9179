/** Experiments recorded and put into the queue, and their runs ended early and gone on with. What is asked of one run counts for its block. */
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { DatasetView } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { ExperimentRequest } from "../../contract/experiment.ts";
import type { ExperimentGrowth } from "../../contract/experiment-growth.ts";
import type { RunView } from "../../contract/run.ts";
import { addedBlocks, grownRequest } from "../../domain/experiments/experiment-growth.ts";
import {
  createLevelReader,
  distinctButForSeeds,
  type PlannedBlock,
  type PlannedRun,
  planning,
  titleOfRun,
} from "../../domain/experiments/experiment-plan.ts";
import { halvingMetric, refuseHalvingOn } from "../../domain/experiments/successive-halving.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../store/open-store.ts";
import type { NewRun, NewRuns } from "../../store/run-changes.ts";
import type { DatasetLibrary } from "../datasets/dataset-library.ts";
import { type Estimator, memoryByCost } from "../estimation/estimate.ts";
import type { ResolveRequest } from "../experiments/resolve-request.ts";
import type { Search } from "../experiments/search.ts";
import type { Feed } from "../feed/feed.ts";
import { tellRuns } from "../feed/tell-runs.ts";
import { inTurns, takingTurns } from "../in-turns.ts";
import { architectureOf } from "../models/model-list.ts";
import type { Jobs } from "./jobs.ts";
import type { Queue } from "./queue.ts";

export interface StartedTraining {
  /** Null for a run by itself. */
  readonly experimentId: number | null;
  /** All of its runs. */
  readonly runIds: readonly number[];
}

export interface Scheduling {
  /**
   * Records the experiment and its runs, and starts, or waits behind the queue. Throws what `ResolveRequest`, `plannedBlocks` and
   * `checkConfiguration` do, and `data.*`, and then records nothing.
   */
  start(request: ExperimentRequest): Promise<StartedTraining>;
  /**
   * Records what is added to an experiment, and queues it behind all that waits. Throws what `grownRequest`, `addedBlocks`, `ResolveRequest` and `checkConfiguration` do, `experiment.unknown`, and
   * `data.*` where its pictures are not what they were, and then records nothing.
   */
  grow(experimentId: number, growth: ExperimentGrowth): Promise<StartedTraining>;
  /** Stops the run and its block within one batch; what is recorded stays. A queued run is taken out of the queue. */
  stop(runId: number): void;
  /** As a stop, with all that is needed to go on saved. */
  pause(runId: number): void;
  /**
   * The runs of its block go on from where they were, or wait for it behind the job that is going. Throws `run.complete`, `run.active`,
   * `data.*` where the pictures are not what they were.
   */
  resume(runId: number): Promise<StartedTraining>;
  /** Ends all of these that wait or train, here or in another engine. */
  interrupt(runIds: readonly number[], wish: "stop" | "pause"): void;
  /** Lets runs that the record holds as waiting have their turn, and tells every window. */
  enqueued(runIds: readonly number[]): void;
}

export function createScheduling(tools: {
  readonly engineId: string;
  readonly store: Store;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly datasets: DatasetLibrary;
  readonly estimator: Estimator;
  readonly queue: Queue;
  readonly jobs: Jobs;
  readonly search: Search;
  readonly resolve: ResolveRequest;
  /** Throws for a configuration that cannot be trained on these pictures. */
  readonly check: (configuration: RunConfiguration, view: DatasetView) => Promise<void>;
  readonly signal: AbortSignal;
}): Scheduling {
  const { engineId, store, feed, clock, datasets, estimator, queue, jobs, search, resolve, check, signal } = tools;

  const enqueued = (runIds: readonly number[]): void => {
    tellRuns(store, feed, runIds);
    jobs.startNext();
    queue.tell();
  };
  const interrupt = (runIds: readonly number[], wish: "stop" | "pause"): void => {
    const reason = wish === "stop" ? "stopped-by-person" : "paused";
    // First what waits, so that none of it begins when what trains has ended.
    queue.end(runIds, reason);
    for (const runId of runIds) jobs.interrupt(runId, reason);
    // For what another engine trains: that engine finds the wish at its next heartbeat.
    store.runs.request(wish, runIds, clock.now().toISOString());
  };
  const interruptJob = (runId: number, wish: "stop" | "pause"): void => {
    store.runs.standing(runId);
    interrupt(store.runs.armsOf(runId), wish);
  };

  /**
   * Finds what has to be known of the blocks, lays them beside the record and lets `record` take them over; others are answered meanwhile.
   * @returns what `record` does
   */
  const recorded = async <T>(
    blocks: readonly PlannedBlock[],
    view: DatasetView,
    hasSeeds: boolean,
    record: (take: Take, createdAt: string) => T,
  ): Promise<T> => {
    const turn = takingTurns(signal);
    for (const configuration of distinctButForSeeds(blocks)) {
      await check(configuration, view);
      await turn();
    }
    const memoryOf = await memoryByCost(blocks, estimator);
    const laid = store.runs.layOut();
    try {
      for (const block of blocks) {
        laid.lay({ runs: block.map((run) => newRun(run, view, hasSeeds)), predictedMemoryBytes: memoryOf(block) });
        await turn();
      }
      signal.throwIfAborted();
      estimator.cancel();
      const all = { datasetId: view.id, ownerId: engineId, createdAt: clock.now().toISOString() };
      return store.transaction(() => record((experiment) => laid.record({ ...all, experiment }), all.createdAt));
    } finally {
      // An engine that closed meanwhile has closed the record.
      if (!signal.aborted) laid.forget();
    }
  };
  /** The pictures of its first run that is there; of one without runs those that were asked for. */
  const picturesOf = async (experimentId: number, request: ExperimentRequest): Promise<DatasetView> => {
    const [first] = store.experiments.runIds(experimentId);
    const opened =
      first === undefined ? datasets.open(request.configuration.dataset) : datasets.openFor(store.runs.get(first));
    return (await opened).view;
  };

  return {
    async start(asked) {
      const { view } = await datasets.open(asked.configuration.dataset);
      const request = await resolve(asked, view);
      const blocks = await inTurns(planning(request));
      refuseHalvingOn(request, view.classes.length);
      const started = await recorded(blocks, view, request.seeds.length > 1, (take, createdAt): StartedTraining => {
        if (blocks.length === 1 && blocks[0]!.length === 1) return { experimentId: null, runIds: take(null) };
        const id = store.experiments.create(withMetric(request), createdAt);
        return { experimentId: id, runIds: take({ id, firstBlock: 0 }) };
      });
      enqueued(started.runIds);
      return started;
    },
    async grow(experimentId, growth) {
      for (;;) {
        const before = store.experiments.get(experimentId).request;
        const view = await picturesOf(experimentId, before);
        const request = await resolve(grownRequest(before, growth), view);
        const added = await inTurns(addedBlocks(before, request));
        const runIds = await recorded(added, view, request.seeds.length > 1, (take) => {
          // Another window may have added to it meanwhile: then what is new is another.
          if (JSON.stringify(store.experiments.get(experimentId).request) !== JSON.stringify(before)) return null;
          store.experiments.grow(experimentId, request);
          if (before.seeds.length === 1 && request.seeds.length > 1) nameSeeds(store, experimentId, before);
          return take({ id: experimentId, firstBlock: store.experiments.nextBlock(experimentId) });
        });
        if (runIds === null) continue;
        tellRuns(store, feed, store.experiments.runIds(experimentId));
        enqueued(runIds);
        return { experimentId, runIds };
      }
    },
    stop: (runId) => interruptJob(runId, "stop"),
    pause: (runId) => interruptJob(runId, "pause"),
    async resume(runId) {
      const asked = store.runs.get(runId);
      await datasets.openFor(asked);
      signal.throwIfAborted();
      estimator.cancel();
      // Read again: meanwhile it may have been taken up from another window.
      const runIds = store.transaction(() => {
        const all = store.runs.armsOf(runId).map(store.runs.get);
        // Arms in processes of their own end each at its time: one that is complete stays so.
        const left = all.filter(({ hasOwnProcess, isResumable }) => !hasOwnProcess || isResumable);
        const arms = left.length > 0 ? left : all;
        const ids = arms.map(({ id }) => id);
        // An engine may be gone between the moment when it took it up and the one when it began.
        const isLeft = ids.every(store.queue.isNobodys);
        if (!isLeft) for (const arm of arms) refuseToResume(arm);
        search.release(ids);
        // What its engine's end interrupted had begun before all that waits.
        store.runs.requeue(ids, engineId, asked.awaitsAnswer || isLeft ? "front" : "back");
        return ids;
      });
      enqueued(runIds);
      return { experimentId: asked.experiment?.id ?? null, runIds };
    },
    interrupt,
    enqueued,
  };
}

/** Into the record, in its transaction. @returns the runs' numbers */
type Take = (experiment: NewRuns["experiment"]) => readonly number[];

function newRun({ levels, configuration }: PlannedRun, view: DatasetView, hasSeeds: boolean): NewRun {
  const { id, title } = architectureOf(configuration.model);
  return {
    model: { id, title },
    title: titleOfRun(title, levels, hasSeeds ? configuration.seed : null),
    // With the folder's whole path, so that the run can be repeated from anywhere.
    configuration: { ...configuration, dataset: view.source },
  };
}

/** The titles that its runs were given gain their seed, as those have that are added; what a person named stays. */
function nameSeeds(store: Store, experimentId: number, request: ExperimentRequest): void {
  const levelsOf = createLevelReader(request);
  for (const { id, title, model, configuration } of store.runs.findAll(store.experiments.runIds(experimentId))) {
    const levels = levelsOf(configuration);
    if (title === titleOfRun(model.title, levels, null))
      store.runs.rename(id, titleOfRun(model.title, levels, configuration.seed));
  }
}

/** The record says what decides. */
function withMetric(request: ExperimentRequest): ExperimentRequest {
  const { halving } = request;
  return halving === undefined ? request : { ...request, halving: { ...halving, metric: halvingMetric(request) } };
}

/** Throws `run.active` and `run.complete`. */
function refuseToResume({ id, endReason, isResumable }: RunView): void {
  if (endReason === null) throw new StrataError("run.active", { runId: id });
  if (!isResumable) throw new StrataError("run.complete", { runId: id });
}
