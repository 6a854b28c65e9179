/** From runs and their columns to the lines and floors of the three charts that every page shows. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { wilsonInterval } from "../../../src-main/domain/wilson-interval.ts";
import type { ChartFloor, ChartLine } from "../../ui/charts/chart-line.ts";
import type { Columns } from "../../ui/charts/columns.ts";
import type { CurveKey } from "./curves.ts";
import type { RunStyle } from "./run-styles.ts";

type Lookup = (key: CurveKey) => Columns;

function lineOf(runStyle: RunStyle, columns: Columns, strength: ChartLine["strength"]): ChartLine {
  return {
    id: `${runStyle.run.id} ${strength}`,
    label: runStyle.name,
    endLabel: runStyle.short,
    hue: runStyle.hue,
    strength,
    columns,
  };
}

/** Hard loss: training batches faint, validation epochs strong. */
export function hardLossLines(runStyles: readonly RunStyle[], curve: Lookup): ChartLine[] {
  return runStyles.flatMap((runStyle) => {
    const key = { runId: runStyle.run.id, metric: "hardLoss" } as const;
    return [
      lineOf(runStyle, curve({ ...key, split: "train", cadence: "batch" }), "faint"),
      lineOf(runStyle, curve({ ...key, split: "validation", cadence: "epoch" }), "strong"),
    ];
  });
}

/** Objective on the training pictures: batches faint, the mean of each epoch's batches strong. */
export function objectiveLines(runStyles: readonly RunStyle[], curve: Lookup): ChartLine[] {
  return runStyles.flatMap((runStyle) => {
    const batches = curve({ runId: runStyle.run.id, metric: "objective", split: "train", cadence: "batch" });
    return [lineOf(runStyle, batches, "faint"), lineOf(runStyle, epochMeans(batches), "strong")];
  });
}

/** Top-1 on the validation pictures with Wilson's 95 % interval around each value. */
export function top1Lines(runStyles: readonly RunStyle[], curve: Lookup): ChartLine[] {
  return runStyles.map((runStyle) => {
    const columns = curve({ runId: runStyle.run.id, metric: "top1", split: "validation", cadence: "epoch" });
    const pictures = runStyle.run.validation?.pictures ?? 0;
    const intervals = columns.ys.map((share) => (share === null ? null : wilsonInterval(share, pictures)));
    const band = {
      low: intervals.map((interval) => interval?.low ?? null),
      high: intervals.map((interval) => interval?.high ?? null),
    };
    return { ...lineOf(runStyle, columns, "strong"), ...(pictures > 0 ? { band } : {}) };
  });
}

/** Floors of the training objective; a floor of nothing is the axis itself and is not drawn. */
export function objectiveFloors(runStyles: readonly RunStyle[]): ChartFloor[] {
  return runStyles.flatMap((runStyle) => {
    const value = runStyle.run.trainingObjectiveFloor ?? 0;
    return value > 0
      ? [{ id: `floor ${runStyle.run.id}`, label: runStyle.name, endLabel: runStyle.short, hue: runStyle.hue, value }]
      : [];
  });
}

/** The last epoch that a chart of the run shows: all that are asked for while it may reach them, else those that it began. */
export function shownEpochs(run: RunView): number {
  const { epochs } = run.configuration.training;
  if (run.endedAt === null || run.stepsPerEpoch === null) return epochs;
  return Math.min(epochs, Math.max(1, Math.ceil(run.stepsDone / run.stepsPerEpoch)));
}

/** The mean of the values of each epoch that is over, standing at its end. A batch at x belongs to the epoch (e − 1, e] that holds x. */
export function epochMeans(batches: Columns): Columns {
  const means: Columns = { xs: [], ys: [] };
  const last = batches.xs.at(-1) ?? 0;
  let sum = 0;
  let values = 0;
  for (const [index, x] of batches.xs.entries()) {
    const y = batches.ys[index];
    if (y !== null && y !== undefined) {
      sum += y;
      values += 1;
    }
    const epoch = Math.ceil(x - 1e-9);
    const isLastOfEpoch = index === batches.xs.length - 1 || Math.ceil(batches.xs[index + 1]! - 1e-9) > epoch;
    if (!isLastOfEpoch) continue;
    // The newest epoch counts only once its last step is there.
    if (epoch <= last + 1e-9 && values > 0) {
      means.xs.push(epoch);
      means.ys.push(sum / values);
    }
    sum = 0;
    values = 0;
  }
  return means;
}
