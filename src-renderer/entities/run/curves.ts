/** The recorded values of some runs as growing columns. No runes here: `live.svelte.ts` holds the version that tells charts to look again. */
import type { MetricId, MetricPoint, SeriesView } from "../../../src-main/contract/metric.ts";
import { appendPoint, type Columns, emptyColumns, mergedColumns } from "../../ui/charts/columns.ts";

export interface CurveKey {
  readonly runId: number;
  readonly metric: MetricId;
  readonly split: MetricPoint["split"];
  readonly cadence: MetricPoint["cadence"];
}

const keyText = ({ runId, metric, split, cadence }: CurveKey): string => `${runId} ${metric} ${split} ${cadence}`;

/** Columns by run, metric, split and cadence; x counts epochs, so that values of batches and of epochs share an axis. */
export class Curves {
  readonly #columns = new Map<string, Columns>();

  /** The same object for the same question until its history is loaded anew; an empty one where nothing is recorded. */
  of(key: CurveKey): Columns {
    const text = keyText(key);
    const known = this.#columns.get(text);
    if (known) return known;
    const fresh = emptyColumns();
    this.#columns.set(text, fresh);
    return fresh;
  }

  /** Joins a history with what arrived while it was asked for. */
  load(series: readonly SeriesView[], stepsPerEpoch: (runId: number) => number | null): void {
    for (const view of series) {
      const perEpoch = stepsPerEpoch(view.runId);
      if (perEpoch === null) continue;
      const history: Columns = { xs: view.steps.map((step) => step / perEpoch), ys: [...view.values] };
      this.#columns.set(keyText(view), mergedColumns(history, this.of(view)));
    }
  }

  /** Says whether anything new was among the points. */
  append(runId: number, points: readonly MetricPoint[], stepsPerEpoch: number): boolean {
    let isNew = false;
    for (const { metric, split, cadence, step, value } of points) {
      const columns = this.of({ runId, metric, split, cadence });
      if (appendPoint(columns, step / stepsPerEpoch, value)) isNew = true;
    }
    return isNew;
  }
}
