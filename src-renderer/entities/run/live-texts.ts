/** Words of the Live page. */
import type { Loss } from "../../../src-main/contract/architecture.ts";
import type { JobProgress } from "../../../src-main/contract/events.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { metricUnit } from "../../../src-main/domain/metrics/metric-unit.ts";
import { mostOfEachKind } from "../../../src-main/domain/pictures/noisy-pictures.ts";
import { trainingPictures } from "../../../src-main/domain/runs/run-values.ts";
import { aboutDuration, count, counted } from "../../lib/format.ts";
import { splitTexts } from "./run-texts.ts";

/** The pictures that a curve of epochs is over. */
function of(split: "train" | "validation", pictures: number | null): string {
  return pictures === null ? splitTexts[split] : `${splitTexts[split]}, ${counted(pictures, "picture")}`;
}

export const liveTexts = {
  loading: "Asking the engine what is training",
  idleTitle: "Nothing is training",
  idlePage: "What is training?",
  idleText: "Start an experiment, and its curves grow here as it learns.",
  train: "Set up an experiment",
  latest: "Look at the latest run",
  over: (parts: readonly string[]) => parts.join(" · "),
  experiment: (id: number) => `Experiment ${id}`,
  run: (id: number) => `Run ${id}`,
  pair: "pair",
  sideBySide: "Training side by side",
  seed: (seed: number) => `seed ${seed}`,
  stop: "Stop and keep",
  stopping: "Stopping",
  stopTitle: "Stop here?",
  stopText:
    "It stops within one batch. Everything up to then is kept: curves, figures, settings and weights. The experiments behind it begin.",
  stopYes: "Stop and keep",
  stopNo: "Keep training",
  pause: "Pause",
  pausing: "Pausing",
  resume: "Resume",
  compare: "Compare the arms",
  toRun: "Open the run",
  again: "New experiment",
  queuedTitle: "Waiting for the engine",
  queuedText: "It is recorded and begins as soon as the engine is free.",
  notLive: "Not connected: these are the last figures that arrived. The curves go on when the engine answers.",
  elsewhere: "Its figures come from the record, every few seconds. Pause and Stop reach it there, too.",
  watchElsewhere: "Open the run",
  retry: "Try again",
  network: "The network",
  size: (width: string, input: string) => `width ${width} · ${input}`,
  parameters: (count: string) => `${count} parameters`,
  /** The pictures that figures are of, a split after the other. */
  figuresReach: (run: RunView) =>
    [of("validation", run.validation?.pictures ?? null), of("train", trainingPictures(run))].join("; "),
  /**
   * What stands over a chart: what its values are in, and of which pictures.
   * @param pictures of the split that the metric is shown of
   */
  chartUnit: (metric: Metric, pictures: number | null, losses: readonly (Loss | null)[]) =>
    [
      metricUnit(metric, losses),
      ...(metric.isOfLabelNoise
        ? [`training, ${count(mostOfEachKind)} pictures at most, not augmented`]
        : metric.shownSplit === "train"
          ? [of("train", pictures), "what each arm minimises"]
          : [of("validation", pictures), metric.isOfBatches ? "faint: training" : null]),
      metric.isShareOfPictures && pictures !== null ? "band: 95 % interval" : null,
    ]
      .filter((part) => part !== null)
      .join(" · "),
} as const;

/** Where the job stands, in a few words. */
export function phaseText(progress: JobProgress): string {
  switch (progress.phase) {
    case "starting":
      return "Starting TensorFlow";
    case "preparing":
      return progress.prepared
        ? `Preparing pictures: ${count(progress.prepared.done)} of ${count(progress.prepared.total)}`
        : "Preparing pictures";
    case "measuring":
      return "Trying how many runs are fastest side by side";
    case "compiling":
      return "Compiling the training step";
    case "validating":
      return `Epoch ${progress.epoch} of ${progress.epochs}: looking at the validation pictures`;
    case "testing":
      return "Looking at the test pictures";
    case "saving":
      return `Epoch ${progress.epoch} of ${progress.epochs}: saving`;
    case "training":
      return progress.prepared
        ? `Epoch ${Math.max(1, progress.epoch)} of ${progress.epochs}; pictures decoded: ${count(progress.prepared.done)} of ${count(progress.prepared.total)}`
        : `Epoch ${Math.max(1, progress.epoch)} of ${progress.epochs}`;
  }
}

/** How much of a job is done, in pictures while they are prepared and else in steps. */
export function meterOf({ phase, prepared, step, steps }: JobProgress): { done: number; total: number | null } {
  if (phase === "preparing") return { done: prepared?.done ?? 0, total: prepared?.total ?? null };
  const isBegun = phase !== "starting" && phase !== "measuring" && phase !== "compiling";
  return { done: step, total: isBegun ? steps : null };
}

/** What another engine on the same record trains, and how far it is. */
export function elsewhereText(progress: JobProgress): string {
  const what = `Another Strata on this computer is training ${runsInWords(progress.runIds)}`;
  const epoch = Math.max(1, progress.epoch);
  return progress.step === 0 ? `${what}: no step yet.` : `${what}: epoch ${epoch} of ${progress.epochs}.`;
}

function runsInWords([first, second]: readonly number[]): string {
  return second === undefined ? `run ${first}` : `runs ${first} and ${second}`;
}

/** Where it stands by the record, which does not say what is done before the first step. */
export function recordedStageText(progress: JobProgress): string {
  return progress.step === 0 ? "No step yet" : phaseText(progress);
}

/** The stage as it is known: without a connection it is the last one that was told. */
export function stageText(progress: JobProgress, isConnected: boolean): string {
  return isConnected ? phaseText(progress) : `Last heard: ${phaseText(progress)}`;
}

/** Time passes while nothing is heard, so what was said of it no longer stands. */
export function timeLeftText(progress: JobProgress, isConnected: boolean): string {
  if (!isConnected) return "time left not known";
  return progress.secondsLeft === null ? "" : `${aboutDuration(progress.secondsLeft)} left`;
}

/** `91 images a second · CPU, 2 cores`. */
export function paceText(progress: JobProgress, device: string | null, isConnected: boolean): string {
  const isKnown = isConnected && progress.imagesPerSecond !== null;
  const pace = isKnown ? `${count(progress.imagesPerSecond ?? 0)} images a second` : null;
  return [pace, device].filter(Boolean).join(" · ");
}
