/** How long a request would take on this machine, and what memory: from earlier runs of the same network, else from a few steps tried just now. */
import { decodeSeconds } from "../batches/decode-cost.ts";
import type { RunConfiguration, TrainRequest } from "../contract/configuration.ts";
import type { SplitName } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { StepCosts } from "../contract/machine.ts";
import type { MemoryEstimate, RunView, TrainEstimate } from "../contract/run.ts";
import { threadsOf } from "../platform/threads.ts";
import { armsOf } from "./arms.ts";
import { askTrainer } from "./ask-trainer.ts";
import type { DatasetLibrary, OpenedDataset } from "./dataset-library.ts";
import { estimateMemory } from "./estimate-memory.ts";

/** A forward pass costs about a third of a training step: the backward pass is two more of its size. */
const forwardShare = 1 / 3;
/** Seconds from the start of a process to the end of its first step, where it was not measured. */
const usualStartSeconds = 6;
/** Steps that are timed of each arm: as many, or as few as take so long. */
const timedSteps = 3;
const enoughSeconds = 2;

export interface Estimator {
  /**
   * Tries nothing where the memory is not there for it. Throws `training.busy` while a job runs and nothing is known of the network yet,
   * `estimate.superseded` when a newer question came.
   */
  estimate(request: TrainRequest): Promise<TrainEstimate>;
  /** The memory alone, at once. */
  memory(request: TrainRequest): Promise<MemoryEstimate>;
  /** Gives the machine back to a job that starts. */
  cancel(): void;
}

export function createEstimator(tools: {
  readonly datasets: DatasetLibrary;
  readonly finishedRuns: () => readonly RunView[];
  /** The title of what trains now; null while nothing does. */
  readonly busyWith: () => string | null;
  /** What a process could take once nothing of ours trains. */
  readonly freeMemoryBytes: () => number;
  readonly pictureCache: string;
  readonly trainerEntry: string;
  /** Variables that a training process which begins now has otherwise than this one. */
  readonly trainerEnvironment: () => NodeJS.ProcessEnv;
  /** Of a job that begins now. */
  readonly threads: () => number;
}): Estimator {
  const { datasets, finishedRuns, threads } = tools;
  const measured = new Map<string, StepCosts>();
  let running: { key: string; cancel: AbortController; answer: Promise<StepCosts> } | null = null;

  const measure = async (arms: readonly RunConfiguration[], classes: number, cancel: AbortController) => {
    try {
      const command = { kind: "measure", arms, classes, steps: timedSteps, enoughSeconds } as const;
      const answer = await askTrainer(tools.trainerEntry, command, cancel.signal, tools.trainerEnvironment());
      if (answer.kind !== "measured") throw new Error(`Asked to measure, the trainer answered ${answer.kind}.`);
      return answer.costs;
    } catch (thrown) {
      throw cancel.signal.aborted ? new StrataError("estimate.superseded", {}, { cause: thrown }) : thrown;
    }
  };
  const keyOf = (arms: readonly RunConfiguration[], classes: number) =>
    JSON.stringify([arms.map(costOf), classes, threads()]);
  const measurement = async (arms: readonly RunConfiguration[], classes: number): Promise<StepCosts> => {
    const key = keyOf(arms, classes);
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
  const memoryOf = (arms: readonly RunConfiguration[], { view, dataset }: OpenedDataset): MemoryEstimate =>
    estimateMemory(arms, {
      data: { classes: view.classes.length, pictures: dataset.examples.length },
      trainingPictures: view.counts.train,
      freeBytes: tools.freeMemoryBytes(),
      earlierPeakBytes: earlierPeakBytes(arms, view.classes.length, finishedRuns()),
      triedPeakBytes: measured.get(keyOf(arms, view.classes.length))?.peakMemoryBytes ?? null,
    });

  return {
    async estimate(request) {
      const opened = await datasets.open(request.configuration.dataset);
      const { view, dataset } = opened;
      const arms = armsOf(request);
      const { model, training } = request.configuration;
      const speeds = arms.map((arm) => speedOfEarlierRun(arm, threads(), finishedRuns()));
      const isKnown = speeds.every((speed) => speed !== null);
      const memory = memoryOf(arms, opened);
      if (!isKnown && !memory.doesFit)
        return { secondsPerEpoch: null, seconds: null, decodingSeconds: null, basis: null, memory };
      const costs = isKnown ? costsAtSpeeds(speeds, training.batchSize) : await measurement(arms, view.classes.length);
      const decoding = await decodeSeconds(dataset, model.inputPixels, tools.pictureCache, threads());
      const times = timesFor(training, view.counts, costs, decoding);
      return {
        ...times,
        decodingSeconds: decoding,
        basis: isKnown ? "runs" : "measured",
        memory: memoryOf(arms, opened),
      };
    },
    async memory(request) {
      return memoryOf(armsOf(request), await datasets.open(request.configuration.dataset));
    },
    cancel() {
      running?.cancel.abort();
    },
  };
}

/** What a step's time hangs on. */
export function costOf({ model, training }: RunConfiguration) {
  const { batchSize, optimizer, precision, averageDecay, auxiliaryWeight } = training;
  const step = [batchSize, optimizer.kind, precision, averageDecay !== null, auxiliaryWeight === 0];
  return [model.id, model.inputPixels, model.width, ...step];
}

function isSame(configuration: RunConfiguration, run: RunView): boolean {
  return JSON.stringify(costOf(run.configuration)) === JSON.stringify(costOf(configuration));
}

/** Images a second of the latest finished run of the same network, batch, optimiser and threads; null where there is none. */
function speedOfEarlierRun(
  configuration: RunConfiguration,
  threads: number,
  finished: readonly RunView[],
): number | null {
  const same = finished.find(
    (run) => run.imagesPerSecond !== null && isSame(configuration, run) && threadsUsed(run) === threads,
  );
  return same?.imagesPerSecond ?? null;
}

/** As its device says, which names threads only where they were fewer than cores. */
function threadsUsed({ device }: RunView): number {
  return Number(/, (\d+) threads?\b/.exec(device ?? "")?.[1] ?? threadsOf({}));
}

/** What the process of the latest finished run, or pair of runs, of the same networks held; null where there is none. */
function earlierPeakBytes(
  arms: readonly RunConfiguration[],
  classes: number,
  finished: readonly RunView[],
): number | null {
  const [first] = arms;
  const isPair = arms.length > 1;
  const same = finished.find(
    (run) =>
      first !== undefined &&
      run.peakMemoryBytes !== null &&
      run.dataset.classes.length === classes &&
      (run.pair !== null) === isPair &&
      run.pair?.setting !== "optimizer" &&
      arms.every((arm) => isSame(arm, run)),
  );
  return same?.peakMemoryBytes ?? null;
}

type Costs = Pick<StepCosts, "secondsPerStep" | "secondsPerLook" | "firstStepSeconds">;

/** @param speeds training pictures a second of each arm's own steps */
function costsAtSpeeds(speeds: readonly number[], batchSize: number): Costs {
  const secondsPerStep = speeds.map((speed) => batchSize / speed);
  return {
    secondsPerStep,
    secondsPerLook: secondsPerStep.map((seconds) => seconds * forwardShare),
    firstStepSeconds: usualStartSeconds,
  };
}

/** The arms take turns on each batch, so their times add up. An epoch has whole batches alone, a look also the rest. */
function timesFor(
  { epochs, batchSize: most }: RunConfiguration["training"],
  counts: Readonly<Record<SplitName, number>>,
  { secondsPerStep, secondsPerLook, firstStepSeconds }: Costs,
  decoding: number,
): { secondsPerEpoch: number; seconds: number } {
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
  const batchSize = Math.max(1, Math.min(most, counts.train));
  // Measured at the batch asked for; fewer pictures take less.
  const share = batchSize / most;
  const lookSeconds = (pictures: number) => Math.ceil(pictures / batchSize) * sum(secondsPerLook) * share;
  const steps = Math.max(1, Math.floor(counts.train / batchSize));
  const secondsPerEpoch = steps * sum(secondsPerStep) * share + lookSeconds(counts.validation);
  return {
    secondsPerEpoch,
    seconds: decoding + firstStepSeconds + epochs * secondsPerEpoch + lookSeconds(counts.test),
  };
}
