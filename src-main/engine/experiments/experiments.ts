/** Experiments of several runs: estimated, gone on with, and seen as one. Their runs wait in the queue like any other. */
import type { z } from "zod";
import { type RunConfiguration, runConfiguration } from "../../contract/configuration.ts";
import type { DatasetView } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { TrainEstimate } from "../../contract/estimate.ts";
import {
  type ExperimentEstimate,
  type ExperimentQuestion,
  type ExperimentRequest,
  type ExperimentSummary,
  type ExperimentsPage,
  type ExperimentsQuestion,
  type ExperimentView,
  experimentQuestion,
  type Halving,
  settingsOfFactor,
} from "../../contract/experiment.ts";
import type { ExperimentGrowth } from "../../contract/experiment-growth.ts";
import type { EndReason, RunView } from "../../contract/run.ts";
import type { ExperimentVerdict } from "../../contract/verdict.ts";
import { addedBlocks, grownRequest } from "../../domain/experiments/experiment-growth.ts";
import { outcomeOfExperiment } from "../../domain/experiments/experiment-outcome.ts";
import {
  configurationWith,
  distinctButForSeeds,
  type PlannedBlock,
  planning,
  settingValueOf,
  singleRun,
} from "../../domain/experiments/experiment-plan.ts";
import { expectedShare, refuseHalvingOn } from "../../domain/experiments/successive-halving.ts";
import type { Clock } from "../../platform/clock.ts";
import type { ExperimentRecord, RunsInState } from "../../store/experiments.ts";
import type { Store } from "../../store/open-store.ts";
import type { DatasetLibrary } from "../datasets/dataset-library.ts";
import { type Arms, armsOf, costKeyOf, type Estimator } from "../estimation/estimate.ts";
import { inTurns, takingTurns } from "../in-turns.ts";
import type { Scheduling, StartedTraining } from "../scheduling/scheduling.ts";
import type { SideBySide } from "../scheduling/side-by-side.ts";
import { resultsOfExperiment } from "./experiment-results.ts";
import { verdictOfExperiment } from "./experiment-verdict.ts";
import type { ResolveRequest } from "./resolve-request.ts";
import type { Search } from "./search.ts";

export interface Experiments {
  /** The request with what its networks bring, as it would be recorded. Throws what `ResolveRequest` does, and `data.*`. */
  resolve(request: ExperimentRequest, signal?: AbortSignal): Promise<ExperimentRequest>;
  /** Throws what `ResolveRequest`, `plannedBlocks` and `checkConfiguration` do, `data.*`, and what an estimate throws but for `training.busy`. */
  estimate(request: ExperimentRequest): Promise<ExperimentEstimate>;
  /** Of what would be added alone. Throws what `grownRequest` and `addedBlocks` do, `experiment.unknown`, and what `estimate` does. */
  estimateGrowth(experimentId: number, growth: ExperimentGrowth): Promise<ExperimentEstimate>;
  /**
   * Puts what is left of it into this engine's queue: what was interrupted, paused or failed goes on, before what never began; finished runs are left
   * alone. Throws `experiment.unknown` and `experiment.elsewhere`.
   */
  goOn(experimentId: number): StartedTraining;
  /** Ends all of the experiment that waits or trains, for good or until it goes on. */
  stop(experimentId: number): void;
  pause(experimentId: number): void;
  /** What asks for the block of this run again, on its own pictures and with its seed. Throws `run.unknown`. */
  blockRequest(runId: number): ExperimentRequest;
  list(question: ExperimentsQuestion): ExperimentsPage;
  /** Throws `experiment.unknown`. */
  view(experimentId: number, question?: z.input<typeof experimentQuestion>): ExperimentView;
  /** Throws `experiment.unknown`. */
  verdict(experimentId: number): Promise<ExperimentVerdict>;
}

type ExperimentResults = ReturnType<typeof resultsOfExperiment> & { readonly runs: readonly RunView[] };

/** A run that a person stopped, or whose loss left the finite numbers, is done with. */
const endsToGoOnFrom: ReadonlySet<EndReason | null> = new Set<EndReason | null>([
  ...(["paused", "engine-closed", "engine-died", "process-died", "error"] as const),
]);

export function createExperiments(tools: {
  readonly engineId: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly datasets: DatasetLibrary;
  readonly estimator: Estimator;
  readonly scheduling: Scheduling;
  readonly search: Search;
  readonly sideBySide: Pick<SideBySide, "gainOf">;
  readonly resolve: ResolveRequest;
  /** Throws for a configuration that cannot be trained on these pictures. */
  readonly check: (configuration: RunConfiguration, view: DatasetView) => Promise<void>;
}): Experiments {
  const { engineId, store, clock, datasets, estimator, scheduling, search, sideBySide, resolve, check } = tools;

  let last: { readonly of: readonly RunView[]; readonly id: number; readonly results: ExperimentResults } | null = null;
  let verdict: { readonly of: ExperimentResults; readonly told: Promise<ExperimentVerdict> } | null = null;
  /** Of a record that stays as it is, all pages are cut from one answer. */
  const resultsOf = ({ id, request }: ExperimentRecord): ExperimentResults => {
    const of = store.runs.list();
    if (last?.of !== of || last.id !== id) {
      const runs = store.runs.findAll(store.experiments.runIds(id));
      last = { of, id, results: { runs, ...resultsOfExperiment(request, runs) } };
    }
    return last.results;
  };
  const viewOf = (record: ExperimentRecord, question: ExperimentQuestion): ExperimentView => {
    const { id, createdAt, request } = record;
    const { runs, finished, pictures, rows } = resultsOf(record);
    const all = store.searchDecisions.list(id);
    const blocks = all.length === 0 ? null : Map.groupBy(runs, (run) => run.experiment?.block);
    const told = all.slice(0, question.mostDecisions);
    return {
      ...{ id, createdAt, request, finished, pictures },
      runIds: runs.map((run) => run.id),
      isResumable: runs.some(({ endReason }) => endsToGoOnFrom.has(endReason)),
      ...outcomeOfExperiment(request, rows, question),
      foundDecisions: all.length,
      decisions: told.map((one) => ({ ...one, runIds: (blocks?.get(one.block) ?? []).map((run) => run.id) })),
    };
  };
  const estimateOf = async (arms: Arms): Promise<TrainEstimate | null> => {
    try {
      return await estimator.estimate(arms);
    } catch (thrown) {
      if (thrown instanceof StrataError && thrown.code === "training.busy") return null;
      throw thrown;
    }
  };

  const estimateAll = async (
    planned: readonly PlannedBlock[],
    dataset: DatasetView,
    halving: Halving | undefined,
  ): Promise<ExperimentEstimate> => {
    const runs = planned.flat().length;
    const turn = takingTurns();
    for (const configuration of distinctButForSeeds(planned)) {
      await check(configuration, dataset);
      await turn();
    }
    // One answer for all that cost the same.
    const costs = new Map<string, { readonly arms: Arms; blocks: number }>();
    for (const alike of Map.groupBy(planned, ([run]) => run?.levels).values()) {
      const arms = armsOf(alike[0]!);
      const key = JSON.stringify([costKeyOf(arms), arms[0].training.epochs]);
      const known = costs.get(key) ?? { arms, blocks: 0 };
      known.blocks += alike.length;
      costs.set(key, known);
      await turn();
    }
    let decodingSeconds = 0;
    let seconds = 0;
    for (const { arms, blocks } of costs.values()) {
      const each = await estimateOf(arms);
      if (each?.seconds == null || each.decodingSeconds === null) return { runs, seconds: null };
      decodingSeconds += each.decodingSeconds;
      const share = halving ? expectedShare(halving, arms[0].training.epochs) : 1;
      seconds += blocks * share * (each.seconds - each.decodingSeconds);
    }
    const first = armsOf(planned[0]!);
    // A single block is estimated with what its own arms gain side by side.
    if (planned.length === 1) return { runs, seconds: decodingSeconds + seconds };
    const share = { jobs: planned.length, memoryBytes: (await estimator.memory(first)).peakBytes };
    return { runs, seconds: decodingSeconds + seconds / sideBySide.gainOf(first, dataset.classes.length, share) };
  };

  return {
    async resolve(request, signal) {
      if (request.networks === undefined) return request;
      const { view } = await datasets.open(request.configuration.dataset, signal);
      return resolve(request, view, signal);
    },

    async estimate(asked) {
      const { view } = await datasets.open(asked.configuration.dataset);
      const planned = await inTurns(planning(await resolve(asked, view)));
      refuseHalvingOn(asked, view.classes.length);
      return estimateAll(planned, view, asked.halving);
    },

    async estimateGrowth(experimentId, growth) {
      const { request } = store.experiments.get(experimentId);
      const { view } = await datasets.open(request.configuration.dataset);
      const grown = await resolve(grownRequest(request, growth), view);
      const added = await inTurns(addedBlocks(request, grown));
      return estimateAll(added, view, request.halving);
    },

    goOn(experimentId) {
      estimator.cancel();
      store.experiments.get(experimentId);
      const runIds = store.transaction(() => {
        store.owners.interruptOrphans(clock);
        if (store.experiments.claim(experimentId, engineId))
          throw new StrataError("experiment.elsewhere", { experimentId });
        const all = store.experiments.runIds(experimentId);
        const left = all.filter((runId) => endsToGoOnFrom.has(store.runs.standing(runId).endReason));
        store.runs.requeueBlocks(left, engineId);
        search.promote(all.slice(0, 1));
        return all;
      });
      scheduling.enqueued(runIds);
      return { experimentId, runIds };
    },

    stop: (experimentId) => scheduling.interrupt(store.experiments.runIds(experimentId), "stop"),
    pause: (experimentId) => scheduling.interrupt(store.experiments.runIds(experimentId), "pause"),

    blockRequest(runId) {
      const { configuration, experiment } = store.runs.get(runId);
      if (experiment === null) return singleRun(configuration);
      const base = store.experiments.get(experiment.id).request.configuration;
      // Named arms change the base, and not each other.
      const changed = experiment.differs.flatMap(settingsOfFactor);
      const asBase = changed.map((setting) => ({ setting, value: settingValueOf(base, setting) }));
      return {
        configuration: runConfiguration.parse(configurationWith(configuration, asBase)),
        factors: [...experiment.differs],
        seeds: [configuration.seed],
      };
    },

    list(question) {
      store.experiments.forgetShapes();
      const experiments = store.experiments.page(question).map((outline): ExperimentSummary => {
        const states = store.experiments.states(outline.id);
        const count = (isCounted: (one: RunsInState) => boolean) =>
          states.reduce((sum, one) => sum + (isCounted(one) ? one.runs : 0), 0);
        return {
          ...outline,
          runs: count(() => true),
          finished: count(({ state }) => state === "finished"),
          isResumable: states.some(({ endReason }) => endsToGoOnFrom.has(endReason)),
        };
      });
      return { experiments, found: store.experiments.count(question) };
    },
    view: (experimentId, question = {}) =>
      viewOf(store.experiments.get(experimentId), experimentQuestion.parse(question)),
    verdict(experimentId) {
      const record = store.experiments.get(experimentId);
      const results = resultsOf(record);
      // Of a record that stays as it is, it is worked out once.
      if (verdict?.of === results) return verdict.told;
      const told = verdictOfExperiment(store, record.request, results);
      verdict = { of: results, told };
      told.catch(() => {
        verdict = null;
      });
      return told;
    },
  };
}
