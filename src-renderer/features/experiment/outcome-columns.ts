/** The columns of an experiment's table. Pure. */
import type { ExperimentRow, Factor, Spread } from "../../../src-main/contract/experiment.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { mainMetrics } from "../../../src-main/domain/metrics/metrics.ts";
import { factorTitle, variedTexts } from "../../entities/experiment/experiment-texts.ts";
import { experimentPageTexts } from "./experiment-page-texts.ts";

export interface OutcomeColumn {
  /** As the engine is asked to put the rows in order. */
  readonly id: string;
  readonly title: string;
  /** The order that the first press gives. */
  readonly isDescendingFirst: boolean;
}

export interface FigureColumn extends OutcomeColumn {
  readonly metric: Metric;
  readonly spread: (row: ExperimentRow) => Spread | null;
}

/** One a factor. */
export function factorColumns(factors: readonly Factor[]): readonly OutcomeColumn[] {
  return factors.map((factor, index) => ({
    id: `factor ${index}`,
    title: factorTitle(factor),
    isDescendingFirst: false,
  }));
}

export const finishedColumn: OutcomeColumn = {
  id: "finished",
  title: experimentPageTexts.finishedColumn,
  isDescendingFirst: true,
};

/** Of one split: what always stands in tables, and what is judged by. */
export function outcomeFigures(split: "validation" | "test", judge: Metric): readonly FigureColumn[] {
  const main = mainMetrics();
  return (main.some(({ id }) => id === judge.id) ? main : [judge, ...main]).map((metric) => ({
    id: `${split} ${metric.id}`,
    title: variedTexts.metricTitle(metric),
    metric,
    spread: (row) => row[split][metric.id] ?? null,
    isDescendingFirst: metric.better !== "lower",
  }));
}
