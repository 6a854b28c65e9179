/**
 * Asynchronous successive halving (ASHA; Li et al. 2020, “A System for Massively Parallel Hyperparameter Tuning”). Rungs stand at the least epochs × η^k, below
 * the run's own epochs. A block that comes to a rung goes on if it is among the best of all results there so far, one in η and at least one; else it stops, and
 * is taken up again once more results make it one of them.
 */
import { StrataError } from "../../contract/errors.ts";
import type { ExperimentRequest, Halving, SearchDecision } from "../../contract/experiment.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricOf, metrics } from "../metrics/metrics.ts";
import { monitoredMetrics, monitorProblem, usualMonitor } from "../metrics/monitor.ts";

/** Epochs of each rung, for a run of so many. */
export function rungsOf({ leastEpochs, factor }: Halving, epochs: number): readonly number[] {
  const rungs: number[] = [];
  for (let rung = leastEpochs; rung < epochs; rung *= factor) rungs.push(rung);
  return rungs;
}

/** What decides where the request names nothing: what is monitored, if runs can be compared by it on the validation pictures. */
export function halvingMetric({
  configuration,
  halving,
}: Pick<ExperimentRequest, "configuration" | "halving">): string {
  const { metric, split } = configuration.training.monitor;
  const isComparable = split === "validation" && comparedMetrics().some(({ id }) => id === metric);
  return halving?.metric ?? (isComparable ? metric : usualMonitor.metric);
}

/** What several runs, and not only the epochs of one, can be ranked by. */
export function comparedMetrics(all: readonly Metric[] = metrics): readonly Metric[] {
  return monitoredMetrics("validation", all).filter(({ better }) => better !== null);
}

/** Of a block: the mean over its arms; null where one of them has no finite value. */
export function blockValue(arms: readonly (number | null)[]): number | null {
  const values = arms.filter((value) => value !== null && Number.isFinite(value)) as readonly number[];
  if (values.length < arms.length || values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Where a result stands among all at its rung: of equal ones the earlier is the better; what has no value stands nowhere. */
export type Standing = Pick<SearchDecision, "rank" | "results" | "goOn">;

/** How many of so many results at a rung go on: one in `factor`, and one at least. */
export function mostThatGoOn(results: number, factor: number): number {
  return Math.max(1, Math.floor(results / factor));
}

export function isAmongBest({ rank, goOn }: Standing): boolean {
  return rank !== null && rank <= goOn;
}

/** The share of all epochs that is trained where one in η goes on at each rung, as it comes to be with many blocks. */
export function expectedShare(halving: Halving, epochs: number): number {
  const rungs = rungsOf(halving, epochs);
  const ends = [...rungs, epochs];
  const trained = ends.reduce((sum, end, rung) => sum + (end - (ends[rung - 1] ?? 0)) / halving.factor ** rung, 0);
  return trained / epochs;
}

/** The same of runs of several lengths, together. */
export function expectedShareOfAll(halving: Halving, epochs: readonly number[]): number {
  const all = epochs.reduce((sum, one) => sum + one, 0);
  return epochs.reduce((sum, one) => sum + one * expectedShare(halving, one), 0) / all;
}

/** Throws `experiment.bad-halving`. @param epochs of each run; @param blocks of the request */
export function refuseHalving({ halving }: ExperimentRequest, epochs: readonly number[], blocks: number): void {
  if (halving === undefined) return;
  const most = epochs.reduce((highest, one) => Math.max(highest, one), 0);
  const problem = problemOf(halving, most, blocks);
  if (problem !== null) throw new StrataError("experiment.bad-halving", { problem });
}

function problemOf({ leastEpochs, metric: id }: Halving, epochs: number, blocks: number): string | null {
  if (blocks < 2) return "there is one block, and nothing to compare it with; vary something from run to run";
  if (leastEpochs >= epochs)
    return `the first rung is after ${leastEpochs} epochs, which must be fewer than the ${epochs} that are trained`;
  const compared = comparedMetrics();
  if (id === undefined || compared.some((one) => one.id === id)) return null;
  return `${metricOf(id)?.id ?? `${id} is no metric, and it`} cannot rank runs; choose of ${compared.map((one) => one.id).join(", ")}`;
}

/** Throws `experiment.bad-halving` where the metric says nothing of so many classes. */
export function refuseHalvingOn({ halving, configuration }: ExperimentRequest, classes: number): void {
  if (halving === undefined) return;
  const problem = monitorProblem({ metric: halvingMetric({ configuration, halving }), split: "validation" }, classes);
  if (problem !== null) throw new StrataError("experiment.bad-halving", { problem });
}

/** `after epoch 3 it stopped: rank 5 of 9, of which the best 3 go on` */
export function decisionInWords({ epochs, decision, value, rank, results, goOn }: SearchDecision): string {
  const after = `after epoch ${epochs}`;
  const standing = `rank ${rank} of ${results}, of which the best ${goOn} ${goOn === 1 ? "goes" : "go"} on`;
  switch (decision) {
    case "goes-on":
      return rank === null ? `goes on ${after}: a person went on with it` : `goes on ${after}: ${standing}`;
    case "stops":
      return value === null ? `stopped ${after}: it has no value to rank` : `stopped ${after}: ${standing}`;
    case "promoted":
      return `taken up again ${after}: ${standing}`;
    case "released":
      return `gone on with by a person ${after}`;
  }
}
