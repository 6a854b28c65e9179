/** One's own networks as points: what each costs and how it errs, over the seeds of an experiment of the record. Pure. */
import type { ArchitectureView } from "../../../../src-main/contract/architecture.ts";
import type { ExperimentRow, ExperimentSummary, ExperimentView } from "../../../../src-main/contract/experiment.ts";
import type { RunView } from "../../../../src-main/contract/run.ts";
import { titleOfRun } from "../../../../src-main/domain/experiments/experiment-plan.ts";
import { meanInterval } from "../../../../src-main/domain/statistics/mean-interval.ts";
import { errorOf, type Measured } from "../own-error.ts";

export interface OwnPoint {
  readonly key: string;
  readonly experimentId: number;
  readonly dataset: RunView["dataset"];
  readonly title: string;
  /** Weight layers, by the count of its paper. */
  readonly layers: number;
  readonly parameters: number;
  /** Of one picture's forward pass. */
  readonly multiplyAdds: number;
  /** Spent in steps of training. */
  readonly minutes: Measured;
  /** Share of pictures whose class is not the first that the network names. */
  readonly error: { readonly validation: Measured | null; readonly test: Measured | null };
  /** That the errors are of; null where there were none. */
  readonly pictures: { readonly validation: number | null; readonly test: number | null };
  readonly finished: number;
}

/** Whether it has networks to compare. */
export function variesNetworks({ factors, runs }: Pick<ExperimentSummary, "factors" | "runs">): boolean {
  return runs > 0 && factors.some(({ settings }) => settings.includes("model"));
}

/** What an experiment has to show so far. */
export interface KnownRuns {
  readonly runOf: (runId: number) => RunView | undefined;
  /** At the run's size; undefined until it is known. */
  readonly networkOf: (run: RunView) => ArchitectureView | undefined;
}

/** One point a row that has a finished run, as far as its runs and its network are known. */
export function ownPoints({ id, rows }: Pick<ExperimentView, "id" | "rows">, known: KnownRuns): readonly OwnPoint[] {
  return rows.flatMap((row) => pointOf(id, row, known) ?? []);
}

function pointOf(experimentId: number, row: ExperimentRow, { runOf, networkOf }: KnownRuns): OwnPoint | null {
  const finished = row.runIds.flatMap((id) => runOf(id) ?? []).filter(({ state }) => state === "finished");
  const [run] = finished;
  const network = run && networkOf(run);
  if (!network) return null;
  const minutes = finished.map(({ trainingSeconds }) => trainingSeconds / 60);
  return {
    key: `${experimentId} ${JSON.stringify(row.levels)}`,
    experimentId,
    dataset: run.dataset,
    title: titleOfRun(run.model.title, row.levels, null),
    layers: network.weightLayers,
    parameters: network.parameters,
    multiplyAdds: network.multiplyAdds,
    minutes: { mean: minutes.reduce((sum, one) => sum + one, 0) / minutes.length, interval: intervalOf(minutes) },
    error: { validation: errorOf(row.validation.top1), test: errorOf(row.test.top1) },
    pictures: { validation: run.validation?.pictures ?? null, test: run.test?.pictures ?? null },
    finished: row.finished,
  };
}

function intervalOf(minutes: readonly number[]): Measured["interval"] {
  const interval = meanInterval(minutes);
  return interval && { low: Math.max(0, interval.low), high: interval.high };
}
