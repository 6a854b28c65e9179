/** How long a request would take on this machine: from earlier runs of the same network, else from two steps tried just now. */
import type { RunConfiguration, TrainRequest } from "../contract/configuration.ts";
import type { SplitName } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { StepCosts } from "../contract/machine.ts";
import type { RunView, TrainEstimate } from "../contract/run.ts";
import { armsOf } from "./arms.ts";
import { askTrainer } from "./ask-trainer.ts";
import type { DatasetLibrary } from "./dataset-library.ts";

/** A forward pass costs about a third of a training step: the backward pass is two more of its size. */
const forwardShare = 1 / 3;

export interface Estimator {
  /** Throws `training.busy` while a job runs and nothing is known of the network yet, `estimate.superseded` when a newer question came. */
  estimate(request: TrainRequest): Promise<TrainEstimate>;
  /** Gives the machine back to a job that starts. */
  cancel(): void;
}

export function createEstimator(tools: {
  readonly datasets: DatasetLibrary;
  readonly finishedRuns: () => readonly RunView[];
  /** The title of what trains now; null while nothing does. */
  readonly busyWith: () => string | null;
  readonly trainerEntry: string;
}): Estimator {
  const measured = new Map<string, StepCosts>();
  let running: { key: string; cancel: AbortController; answer: Promise<StepCosts> } | null = null;

  const measure = async (arms: readonly RunConfiguration[], classes: number, cancel: AbortController) => {
    try {
      const command = { kind: "measure", arms, classes, steps: 1 } as const;
      const answer = await askTrainer(tools.trainerEntry, command, cancel.signal);
      if (answer.kind !== "measured") throw new Error(`Asked to measure, the trainer answered ${answer.kind}.`);
      return answer.costs;
    } catch (thrown) {
      throw cancel.signal.aborted ? new StrataError("estimate.superseded", {}, { cause: thrown }) : thrown;
    }
  };
  const measurement = async (arms: readonly RunConfiguration[], classes: number): Promise<StepCosts> => {
    const key = JSON.stringify([arms.map(costOf), classes]);
    const known = measured.get(key);
    if (known) return known;
    if (running?.key === key) return running.answer;
    const experiment = tools.busyWith();
    if (experiment !== null) throw new StrataError("training.busy", { experiment });
    running?.cancel.abort();
    const cancel = new AbortController();
    const mine = { key, cancel, answer: measure(arms, classes, cancel) };
    running = mine;
    try {
      const result = await mine.answer;
      measured.set(key, result);
      return result;
    } finally {
      if (running === mine) running = null;
    }
  };

  return {
    async estimate(request) {
      const { view } = await tools.datasets.open(request.configuration.dataset);
      const arms = armsOf(request);
      const speeds = arms.map((arm) => speedOfEarlierRun(arm, tools.finishedRuns()));
      if (speeds.every((speed) => speed !== null))
        return { ...timesFor(request, view.counts, speeds), peakMemoryBytes: null, basis: "runs" };
      const { secondsPerStep, peakMemoryBytes } = await measurement(arms, view.classes.length);
      const measuredSpeeds = secondsPerStep.map((seconds) => request.configuration.training.batchSize / seconds);
      return { ...timesFor(request, view.counts, measuredSpeeds), peakMemoryBytes, basis: "measured" };
    },
    cancel() {
      running?.cancel.abort();
    },
  };
}

/** What a step's time hangs on. */
function costOf({ model, training }: RunConfiguration) {
  const { batchSize, optimizer, precision, averageDecay } = training;
  return [model.id, model.inputPixels, model.width, batchSize, optimizer.kind, precision, averageDecay !== null];
}

/** Images a second of the latest finished run of the same network, batch and optimiser; null where there is none. */
function speedOfEarlierRun(configuration: RunConfiguration, finished: readonly RunView[]): number | null {
  const wanted = JSON.stringify(costOf(configuration));
  const same = finished.find(
    (run) => run.imagesPerSecond !== null && JSON.stringify(costOf(run.configuration)) === wanted,
  );
  return same?.imagesPerSecond ?? null;
}

/** @param speeds training pictures a second of each arm's own steps; the arms take turns, so their times add up. */
function timesFor(
  { configuration }: TrainRequest,
  counts: Readonly<Record<SplitName, number>>,
  speeds: readonly number[],
): { secondsPerEpoch: number; seconds: number } {
  const secondsPerPicture = speeds.reduce((sum, speed) => sum + 1 / speed, 0);
  const secondsPerEpoch = secondsPerPicture * (counts.train + forwardShare * counts.validation);
  const testSeconds = secondsPerPicture * forwardShare * counts.test;
  return { secondsPerEpoch, seconds: secondsPerEpoch * configuration.training.epochs + testSeconds };
}
