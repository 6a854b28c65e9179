/**
 * Successive halving at work: what becomes of a block at a rung, decided from the record and recorded, with all that follows from it, in the caller's
 * transaction. A block that comes to a rung again, after a kill, finds what was decided.
 */
import type { Halving, SearchDecision } from "../../contract/experiment.ts";
import type { RunView } from "../../contract/run.ts";
import {
  blockValue,
  halvingMetric,
  isAmongBest,
  mostThatGoOn,
  rungsOf,
  type Standing,
} from "../../domain/experiments/successive-halving.ts";
import { isBetterHigh } from "../../domain/metrics/monitor.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../store/open-store.ts";

export interface AtRung {
  readonly stops: boolean;
  /** Runs that wait in this engine's queue again. */
  readonly promoted: readonly number[];
}

export interface Search {
  /** These runs of a block have trained and evaluated this epoch; null where there is no rung. */
  atEpochEnd(runIds: readonly number[], epoch: number): AtRung | null;
  /** Takes blocks up again that stopped and are among the best by now, of the experiments that these runs are of. @returns their runs */
  promote(runIds: readonly number[]): readonly number[];
  /** A person goes on with these runs: if their search had stopped them, it does so no more. */
  release(runIds: readonly number[]): void;
}

interface SearchSettings extends Halving {
  readonly experimentId: number;
  readonly metric: string;
}

export function createSearch({
  engineId,
  store,
  clock,
}: {
  readonly engineId: string;
  readonly store: Store;
  readonly clock: Clock;
}): Search {
  const settingsOf = (run: RunView | null): (SearchSettings & { readonly block: number }) | null => {
    if (run?.experiment == null) return null;
    const { id: experimentId, block } = run.experiment;
    const halving = store.experiments.halvingOf(experimentId);
    if (halving === undefined) return null;
    const { configuration } = run;
    return { experimentId, block, ...halving, metric: halvingMetric({ configuration, halving }) };
  };
  const record = (
    experimentId: number,
    decided: Pick<SearchDecision, "block" | "rung" | "epochs" | "value" | "decision">,
    { rank, results, goOn }: Standing,
  ): void => {
    const decidedAt = clock.now().toISOString();
    store.searchDecisions.add(experimentId, { ...decided, rank, results, goOn, decidedAt });
  };

  const promote = (runIds: readonly number[]): readonly number[] => {
    const searches = new Map(
      runIds.flatMap((runId) => {
        const settings = settingsOf(store.runs.find(runId));
        return settings === null ? [] : [[settings.experimentId, settings] as const];
      }),
    );
    return [...searches.values()].flatMap((settings) => {
      const promoted: number[] = [];
      for (let rung = 0, results = -1; results !== 0; rung++) {
        results = store.searchDecisions.countResults(settings.experimentId, rung);
        promoted.push(...promoteAt(rung, results, settings));
      }
      return promoted;
    });
  };
  const promoteAt = (rung: number, results: number, settings: SearchSettings): readonly number[] => {
    const { experimentId, metric, factor } = settings;
    const goOn = mostThatGoOn(results, factor);
    const best = store.searchDecisions.stoppedAmongBest(experimentId, rung, goOn, isBetterHigh(metric));
    return best.flatMap(({ block, epochs, value, rank }) => {
      record(experimentId, { block, rung, epochs, value, decision: "promoted" }, { rank, results, goOn });
      const again = store.searchDecisions.runIds(experimentId, block);
      store.runs.requeueBlocks(again, engineId);
      return again;
    });
  };
  /** Of the value that comes to the rung now, behind all results there. */
  const standingOf = (value: number | null, rung: number, settings: SearchSettings): Standing => {
    const { experimentId, metric, factor } = settings;
    const results = store.searchDecisions.countResults(experimentId, rung) + 1;
    const goOn = mostThatGoOn(results, factor);
    if (value === null) return { rank: null, results, goOn };
    const before = store.searchDecisions.countAsGood(experimentId, rung, value, isBetterHigh(metric));
    return { rank: before + 1, results, goOn };
  };

  return {
    atEpochEnd(runIds, epoch) {
      const run = store.runs.find(runIds[0]!);
      const settings = settingsOf(run);
      if (run === null || settings === null) return null;
      const rung = rungsOf(settings, run.configuration.training.epochs).indexOf(epoch);
      if (rung < 0) return null;
      const { experimentId, block, metric } = settings;
      const before = store.searchDecisions.ofBlock(experimentId, block);
      if (before.some((one) => one.rung === rung)) {
        const last = before.at(-1)!;
        return { stops: last.rung === rung && last.decision === "stops", promoted: [] };
      }
      const value = blockValue(runIds.map((runId) => store.evaluations.valueAt(runId, "validation", epoch, metric)));
      const isReleased = before.some(({ decision }) => decision === "released");
      const standing = standingOf(value, rung, settings);
      const goesOn = isReleased || isAmongBest(standing);
      record(
        experimentId,
        { block, rung, epochs: epoch, value, decision: goesOn ? "goes-on" : "stops" },
        isReleased ? { ...standing, rank: null } : standing,
      );
      return { stops: !goesOn, promoted: promoteAt(rung, standing.results, settings) };
    },
    promote,
    release(runIds) {
      for (const runId of runIds) {
        const settings = settingsOf(store.runs.find(runId));
        const last = settings && store.searchDecisions.ofBlock(settings.experimentId, settings.block).at(-1);
        if (settings === null || last?.decision !== "stops") continue;
        const { block, rung, epochs, value, results, goOn } = last;
        record(
          settings.experimentId,
          { block, rung, epochs, value, decision: "released" },
          { rank: null, results, goOn },
        );
      }
    },
  };
}
