/** Sweeps: made, estimated, gone on with, and seen as one. Their runs wait in the queue like any other. */
import type { RunConfiguration, TrainRequest } from "../../contract/configuration.ts";
import type { DatasetView } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { EndReason, TrainEstimate } from "../../contract/run.ts";
import type { SweepEstimate, SweepRequest, SweepView } from "../../contract/sweep.ts";
import { runsOfSweep, sweptTitle } from "../../domain/sweep-grid.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../store/open-store.ts";
import type { SweepRecord } from "../../store/sweeps.ts";
import type { DatasetLibrary } from "../datasets/dataset-library.ts";
import type { Estimator } from "../estimation/estimate.ts";
import { recordedCostOf } from "../estimation/recorded-costs.ts";
import { architectureOf } from "../models/model-list.ts";
import type { Scheduling } from "../scheduling/scheduling.ts";
import type { SideBySide } from "../scheduling/side-by-side.ts";
import { resultsOfSweep } from "./sweep-results.ts";

export interface StartedSweep {
  readonly sweepId: number;
  /** All of its runs. */
  readonly runIds: readonly number[];
}

export interface Sweeps {
  /** Throws `sweep.*`, `data.*`, `model.*`, and what an estimate throws but for `training.busy`. */
  estimate(request: SweepRequest): Promise<SweepEstimate>;
  /** Records the sweep and its runs, which wait in the queue. Throws `sweep.*`, `model.*`, `data.*`. */
  start(request: SweepRequest): Promise<StartedSweep>;
  /**
   * Puts what is left of it into this engine's queue: what was interrupted, paused or failed goes on, before what never began; finished runs are left
   * alone. Throws `sweep.unknown` and `sweep.elsewhere`.
   */
  goOn(sweepId: number): StartedSweep;
  /** Ends all of the sweep that waits or trains, for good or until it goes on. */
  stop(sweepId: number): void;
  pause(sweepId: number): void;
  /** The newest first. */
  list(): readonly SweepView[];
  view(sweepId: number): SweepView;
}

/** A run that a person stopped, or whose loss left the finite numbers, is done with. */
const endsToGoOnFrom: ReadonlySet<EndReason | null> = new Set<EndReason | null>([
  ...(["paused", "engine-closed", "engine-died", "process-died", "error"] as const),
]);

export function createSweeps(tools: {
  readonly engineId: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly datasets: DatasetLibrary;
  readonly estimator: Estimator;
  readonly scheduling: Scheduling;
  readonly sideBySide: Pick<SideBySide, "gainOf">;
  /** Throws for a configuration that cannot be trained on these pictures. */
  readonly check: (configuration: RunConfiguration, view: DatasetView) => Promise<void>;
  readonly signal: AbortSignal;
}): Sweeps {
  const { engineId, store, clock, datasets, estimator, scheduling, sideBySide, check, signal } = tools;

  const viewOf = ({ id, createdAt, request }: SweepRecord): SweepView => {
    const runs = store.runs.findAll(store.sweeps.runIds(id));
    const isResumable = runs.some(({ endReason }) => endsToGoOnFrom.has(endReason));
    const runIds = runs.map((run) => run.id);
    return { id, createdAt, request, runIds, isResumable, ...resultsOfSweep(request, runs) };
  };
  const memoryByCost = async (configurations: readonly RunConfiguration[]) => {
    const bytes = new Map<string, number>();
    const key = (configuration: RunConfiguration) => JSON.stringify(recordedCostOf(configuration));
    for (const configuration of configurations)
      if (!bytes.has(key(configuration)))
        bytes.set(key(configuration), (await estimator.memory({ configuration, pair: null })).peakBytes);
    return (configuration: RunConfiguration) => bytes.get(key(configuration))!;
  };
  /** Nothing that is checked hangs on the seed: of runs that differ in it alone, the first speaks for all. */
  const checkAll = async (configurations: readonly RunConfiguration[], dataset: DatasetView): Promise<void> => {
    const checked = new Set<string>();
    for (const configuration of configurations) {
      const key = JSON.stringify({ ...configuration, seed: null });
      if (!checked.has(key)) await check(configuration, dataset);
      checked.add(key);
    }
  };
  const estimateOf = async (request: TrainRequest): Promise<TrainEstimate | null> => {
    try {
      return await estimator.estimate(request);
    } catch (thrown) {
      if (thrown instanceof StrataError && thrown.code === "training.busy") return null;
      throw thrown;
    }
  };

  return {
    async estimate(request) {
      const runs = runsOfSweep(request);
      const { view: dataset } = await datasets.open(request.configuration.dataset);
      await checkAll(
        runs.map(({ configuration }) => configuration),
        dataset,
      );
      // One answer for all that cost the same.
      const costs = Map.groupBy(runs, ({ configuration }) =>
        JSON.stringify([recordedCostOf(configuration), configuration.training.epochs]),
      );
      let decodingSeconds = 0;
      let seconds = 0;
      for (const [{ configuration }, ...others] of costs.values() as Iterable<
        [(typeof runs)[number], ...typeof runs]
      >) {
        const each = await estimateOf({ configuration, pair: null });
        if (each?.seconds == null || each.decodingSeconds === null) return { runs: runs.length, seconds: null };
        decodingSeconds += each.decodingSeconds;
        seconds += (1 + others.length) * (each.seconds - each.decodingSeconds);
      }
      const memoryOf = await memoryByCost([runs[0]!.configuration]);
      const share = { jobs: runs.length, memoryBytes: memoryOf(runs[0]!.configuration) };
      const gain = sideBySide.gainOf([runs[0]!.configuration], dataset.classes.length, share);
      return { runs: runs.length, seconds: decodingSeconds + seconds / gain };
    },

    async start(request) {
      const swept = runsOfSweep(request);
      const models = swept.map(({ configuration }) => architectureOf(configuration.model));
      const { view: dataset } = await datasets.open(request.configuration.dataset);
      const configurations = swept.map(({ configuration }) => configuration);
      await checkAll(configurations, dataset);
      const memoryOf = await memoryByCost(configurations);
      signal.throwIfAborted();
      const createdAt = clock.now().toISOString();
      const started = store.transaction(() => {
        const sweepId = store.sweeps.create(request, createdAt);
        const runIds = swept.flatMap(({ values, configuration }, index) => {
          const { id, title } = models[index]!;
          const seed = request.seeds.length > 1 ? configuration.seed : null;
          return store.runs.create({
            datasetId: dataset.id,
            model: { id, title },
            pair: null,
            // With the folder's whole path, so that the run can be repeated from anywhere.
            runs: [
              { title: sweptTitle(title, values, seed), configuration: { ...configuration, dataset: dataset.source } },
            ],
            predictedMemoryBytes: memoryOf(configuration),
            ownerId: engineId,
            sweepId,
            createdAt,
          }).runIds;
        });
        return { sweepId, runIds };
      });
      estimator.cancel();
      scheduling.enqueued(started.runIds);
      return started;
    },

    goOn(sweepId) {
      estimator.cancel();
      store.sweeps.get(sweepId);
      const runIds = store.transaction(() => {
        store.owners.interruptOrphans(clock);
        if (store.sweeps.claim(sweepId, engineId)) throw new StrataError("sweep.elsewhere", { sweepId });
        const all = store.sweeps.runIds(sweepId);
        // From the last to the first, each before all others, so that they keep their order.
        for (const runId of all.toReversed())
          if (endsToGoOnFrom.has(store.runs.standing(runId).endReason)) store.runs.requeue([runId], engineId, "front");
        return all;
      });
      scheduling.enqueued(runIds);
      return { sweepId, runIds };
    },

    stop: (sweepId) => scheduling.interrupt(store.sweeps.runIds(sweepId), "stop"),
    pause: (sweepId) => scheduling.interrupt(store.sweeps.runIds(sweepId), "pause"),

    list: () => store.sweeps.list().map(viewOf),
    view: (sweepId) => viewOf(store.sweeps.get(sweepId)),
  };
}
