/** From runs and their columns to the lines and floors of a metric's chart. */
import type { RunView } from "../../../src-main/contract/run.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { objectiveFloor } from "../../../src-main/domain/metrics/objective-floor.ts";
import { top1 } from "../../../src-main/domain/metrics/top-1.ts";
import { guessesOf } from "../../../src-main/domain/runs/guesses.ts";
import { lowerFirst } from "../../../src-main/domain/settings/setting.ts";
import { wilsonInterval } from "../../../src-main/domain/statistics/wilson-interval.ts";
import { percent, plain } from "../../lib/format.ts";
import type { ChartFloor, ChartLine, LineAlong } from "../../ui/charts/chart-line.ts";
import type { Columns } from "../../ui/charts/columns.ts";
import type { CurveKey } from "./curves.ts";
import { epochMeans } from "./epoch-means.ts";
import { isBeyondReading, recordedValue } from "./figures.ts";
import type { RunStyle } from "./run-styles.ts";

/** Where the curves of runs are, and how their epochs lie on other axes. */
interface CurveSource {
  of(key: CurveKey): Columns;
  alongOf(run: RunView): LineAlong | null;
}

function lineOf(
  runStyle: RunStyle,
  columns: Columns,
  strength: ChartLine["strength"],
  along: LineAlong | null,
): ChartLine {
  return {
    id: `${runStyle.run.id} ${strength}`,
    label: runStyle.name,
    endLabel: runStyle.short,
    hue: runStyle.hue,
    strength,
    columns,
    ...(along && { along }),
  };
}

/**
 * A metric's lines: its values after each epoch strong, over those of training batches, which are faint. One that is shown while training has the mean of each
 * epoch's batches in their place, and a share of pictures Wilson's 95 % interval around each.
 */
export function linesOf(metric: Metric, runStyles: readonly RunStyle[], curves: CurveSource): ChartLine[] {
  return runStyles.flatMap((runStyle) => {
    const batches = batchesOf(metric, runStyle.run, curves);
    const epochs = strongCurve(metric, runStyle.run, curves);
    const along = curves.alongOf(runStyle.run);
    const strong = lineOf(runStyle, epochs, "strong", along);
    return [
      ...(batches ? [lineOf(runStyle, batches, "faint", along)] : []),
      metric.isShareOfPictures ? { ...strong, ...bandOf(runStyle, epochs) } : strong,
    ];
  });
}

function batchesOf(metric: Metric, run: RunView, curves: CurveSource): Columns | null {
  const key = { runId: run.id, metric: metric.id, split: "train", cadence: "batch" } as const;
  return metric.isOfBatches ? curves.of(key) : null;
}

/** A metric's values after each epoch. */
export function strongCurve(metric: Metric, run: RunView, curves: CurveSource): Columns {
  const split = metric.shownSplit ?? "validation";
  const batches = batchesOf(metric, run, curves);
  if (split === "train" && batches) return epochMeans(batches);
  return curves.of({ runId: run.id, metric: metric.id, split, cadence: "epoch" });
}

/** Words on the value axis. */
export function tickWords(metric: Metric): (value: number) => string {
  if (metric.unit === "fraction" && metric.decimals === undefined) return (value) => percent(value, 0);
  return (value) => (isBeyondReading(value) ? recordedValue(value, metric) : plain(Number(value.toPrecision(6))));
}

function bandOf({ run }: RunStyle, { ys }: Columns): Pick<ChartLine, "band"> {
  const pictures = run.validation?.pictures ?? 0;
  if (pictures === 0) return {};
  const intervals = ys.map((share) => (share === null ? null : wilsonInterval(share, pictures)));
  return {
    band: {
      label: "95 % interval",
      low: intervals.map((interval) => interval?.low ?? null),
      high: intervals.map((interval) => interval?.high ?? null),
    },
  };
}

/**
 * What the curves of a metric are read against. Of the objective its floors while training; a floor of nothing is the axis itself and is not drawn. Of
 * accuracy what guessing would score.
 */
export function floorsOf({ id }: Metric, runStyles: readonly RunStyle[]): ChartFloor[] {
  if (id === top1.id)
    return guessesOf(runStyles.map(({ run }) => run)).map(({ title, share }) => {
      const reference = lowerFirst(title);
      return { id: `guess ${title}`, label: title, endLabel: reference, hue: null, value: share, reference };
    });
  if (id !== objectiveFloor.floorOf) return [];
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
