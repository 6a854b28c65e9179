/** The recorded values of some runs as growing columns. No runes here: `live.svelte.ts` holds the version that tells charts to look again. */
import type { MetricId, MetricPoint, RunTimesView, SeriesView, StepTime } from "../../../src-main/contract/metric.ts";
import { type TimesByStep, trainingMillisAt } from "../../../src-main/domain/runs/step-times.ts";
import type { LineAlong } from "../../ui/charts/chart-line.ts";
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
  readonly #times = new Map<number, { steps: number[]; trainingMillis: number[] }>();

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

  /** The same object for the same run until it is loaded anew; empty where no times were recorded. */
  timesOf(runId: number): TimesByStep {
    return this.#growingTimes(runId);
  }

  loadTimes(views: readonly RunTimesView[]): void {
    for (const { runId, steps, trainingMillis } of views) {
      const arrived = this.#times.get(runId);
      this.#times.set(runId, { steps: [...steps], trainingMillis: [...trainingMillis] });
      // What came while the history was on its way.
      for (const [index, step] of (arrived?.steps ?? []).entries())
        this.appendTimes(runId, [{ step, trainingMillis: arrived!.trainingMillis[index]! }]);
    }
  }

  /** Says whether any lay behind the last one. */
  appendTimes(runId: number, times: readonly Pick<StepTime, "step" | "trainingMillis">[]): boolean {
    const known = this.#growingTimes(runId);
    let isNew = false;
    for (const { step, trainingMillis } of times) {
      if (step <= (known.steps.at(-1) ?? 0)) continue;
      known.steps.push(step);
      known.trainingMillis.push(trainingMillis);
      isNew = true;
    }
    return isNew;
  }

  #growingTimes(runId: number): { steps: number[]; trainingMillis: number[] } {
    const known = this.#times.get(runId) ?? { steps: [], trainingMillis: [] };
    this.#times.set(runId, known);
    return known;
  }
}

/** How places over epochs lie on other axes. */
export function alongOf(times: TimesByStep, stepsPerEpoch: number): LineAlong {
  const secondsAt = (epochs: number): number | null => {
    const millis = trainingMillisAt(times, Math.round(epochs * stepsPerEpoch));
    return millis === null ? null : millis / 1_000;
  };
  return { stepsPerEpoch, secondsAt: times.steps.length === 0 ? null : secondsAt };
}
