/** What a sweep came to: one row a combination of values, its figures over the seeds. */
import type { EvaluationResult } from "../contract/metric.ts";
import type { RunView } from "../contract/run.ts";
import type { Spread, SweepFigures, SweepRequest, SweepRow, SweepView } from "../contract/sweep.ts";
import { sweepValueOf } from "../domain/sweep-grid.ts";

/** @param runs in the order in which they were made */
export function resultsOfSweep({ vary }: SweepRequest, runs: readonly RunView[]): Pick<SweepView, "finished" | "rows"> {
  const rows = new Map<string, RunView[]>();
  const valuesOf = ({ configuration }: RunView) =>
    vary.map(({ setting }) => ({ setting, value: sweepValueOf(configuration, setting) }));
  for (const run of runs) {
    const key = JSON.stringify(valuesOf(run));
    rows.set(key, [...(rows.get(key) ?? []), run]);
  }
  const rowOf = (ofRow: readonly RunView[]): SweepRow => {
    const finished = ofRow.filter(isFinished);
    return {
      values: valuesOf(ofRow[0]!),
      runIds: ofRow.map(({ id }) => id),
      finished: finished.length,
      validation: figuresOf(finished.map(({ validation }) => validation)),
      test: figuresOf(finished.map(({ test }) => test)),
    };
  };
  return { finished: runs.filter(isFinished).length, rows: [...rows.values()].map(rowOf) };
}

const isFinished = ({ state }: RunView): boolean => state === "finished";

function figuresOf(results: readonly (EvaluationResult | null)[]): SweepFigures {
  return { top1: spreadOf(results, ({ top1 }) => top1), hardLoss: spreadOf(results, ({ hardLoss }) => hardLoss) };
}

function spreadOf(
  results: readonly (EvaluationResult | null)[],
  figure: (result: EvaluationResult) => number,
): Spread | null {
  const values = results.flatMap((result) => (result === null ? [] : [figure(result)]));
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, lowest: Math.min(...values), highest: Math.max(...values) };
}
