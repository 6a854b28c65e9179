/** What an experiment came to: one row a combination of levels, its figures over the seeds. */
import type {
  ExperimentRequest,
  ExperimentRow,
  ExperimentView,
  SplitFigures,
  Spread,
} from "../../contract/experiment.ts";
import type { EvaluationResult } from "../../contract/metric.ts";
import type { RunView } from "../../contract/run.ts";
import { createLevelReader } from "../../domain/experiments/experiment-plan.ts";
import { groupedBy } from "../../domain/grouped-by.ts";
import { type Metric, valueIn } from "../../domain/metrics/metric.ts";
import { metrics, shownMetrics } from "../../domain/metrics/metrics.ts";
import { meanInterval } from "../../domain/statistics/mean-interval.ts";

/** @param runs in the order in which they were made */
export function resultsOfExperiment(
  request: ExperimentRequest,
  runs: readonly RunView[],
  all: readonly Metric[] = metrics,
): Pick<ExperimentView, "finished" | "pictures"> & { readonly rows: readonly ExperimentRow[] } {
  const levelsIn = createLevelReader(request);
  const rows = groupedBy(runs, ({ configuration }) => JSON.stringify(levelsIn(configuration)));
  const rowOf = (ofRow: readonly RunView[]): ExperimentRow => {
    const finished = ofRow.filter(isFinished);
    return {
      levels: levelsIn(ofRow[0]!.configuration),
      runIds: ofRow.map(({ id }) => id),
      finished: finished.length,
      validation: figuresOf(
        finished.map(({ validation }) => validation),
        all,
      ),
      test: figuresOf(
        finished.map(({ test }) => test),
        all,
      ),
    };
  };
  const over = runs.filter(isFinished);
  const pictures = {
    validation: countAlike(over.map(({ validation }) => validation)),
    test: countAlike(over.map(({ test }) => test)),
  };
  return { finished: over.length, pictures, rows: [...rows.values()].map(rowOf) };
}

function countAlike(results: readonly (EvaluationResult | null)[]): number | null {
  const counts = new Set(results.flatMap((result) => result?.pictures ?? []));
  return counts.size === 1 ? [...counts][0]! : null;
}

const isFinished = ({ state }: RunView): boolean => state === "finished";

function figuresOf(results: readonly (EvaluationResult | null)[], all: readonly Metric[]): SplitFigures {
  return Object.fromEntries(shownMetrics(undefined, all).map((metric) => [metric.id, spreadOf(results, metric)]));
}

function spreadOf(results: readonly (EvaluationResult | null)[], metric: Metric): Spread | null {
  const values = results.flatMap((result) => valueIn(result, metric) ?? []);
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, lowest: Math.min(...values), highest: Math.max(...values), interval: intervalOf(values, metric) };
}

/** A share of pictures lies in 0 to 1 and a loss above 0, also where few runs leave much open. */
function intervalOf(values: readonly number[], { unit }: Metric): Spread["interval"] {
  const interval = meanInterval(values);
  if (interval === null || unit === "none" || unit === "images/s") return interval;
  const most = unit === "fraction" ? 1 : Number.POSITIVE_INFINITY;
  return { low: Math.max(0, interval.low), high: Math.min(most, interval.high) };
}
