/** How long a request would take on this machine, and what memory: from earlier runs of the same network, else from a few steps tried just now. */
import { decodeSeconds, type TimeDecoding } from "../../batches/decode-cost.ts";
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { DatasetView } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { MemoryEstimate, TrainEstimate } from "../../contract/estimate.ts";
import { type Factor, settingsOfFactor } from "../../contract/experiment.ts";
import type { StepCosts } from "../../contract/machine.ts";
import type { RunView } from "../../contract/run.ts";
import { levelsOf, type PlannedBlock } from "../../domain/experiments/experiment-plan.ts";
import { countsInFold } from "../../domain/experiments/folds.ts";
import { processesOf } from "../../domain/experiments/side-by-side.ts";
import { noiseMatrixProblem, wrongShare } from "../../domain/pictures/noise-rows.ts";
import { noisyLookedAt } from "../../domain/pictures/noisy-pictures.ts";
import { stepsPerEpoch } from "../../domain/pictures/steps-per-epoch.ts";
import type { DatasetLibrary, OpenedDataset } from "../datasets/dataset-library.ts";
import { takingTurns } from "../in-turns.ts";
import { askTrainer } from "../trainer/ask-trainer.ts";
import { estimateMemory, type GpuRoom } from "./estimate-memory.ts";
import { gpuUsed, isSameCost, type JobCosts, recordedCostOf, recordedCosts } from "./recorded-costs.ts";

/** Steps that are timed of each arm: as many, or as few as take so long. */
const timedSteps = 3;
const enoughSeconds = 2;

/** Of one block: they see the same pictures. */
export type Arms = readonly [RunConfiguration, ...RunConfiguration[]];

export function armsOf(block: readonly { readonly configuration: RunConfiguration }[]): Arms {
  // A block has a run at least.
  return block.map(({ configuration }) => configuration) as [RunConfiguration, ...RunConfiguration[]];
}

export interface Estimator {
  /**
   * Tries nothing where the memory is not there for it. Throws `training.busy` while a job runs and nothing is known of the network yet, `settings.invalid`,
   * `estimate.superseded` when a newer question came.
   */
  estimate(arms: Arms, signal?: AbortSignal): Promise<TrainEstimate>;
  /** The memory alone, at once. */
  memory(arms: Arms, signal?: AbortSignal): Promise<MemoryEstimate>;
  /** Gives the machine back to a job that starts. */
  cancel(): void;
}

export function createEstimator(tools: {
  readonly datasets: DatasetLibrary;
  readonly timeDecoding: (...question: [...Parameters<TimeDecoding>, signal?: AbortSignal]) => Promise<number>;
  /** The newest first. */
  readonly runs: () => readonly RunView[];
  /** The title of what trains now; null while nothing does. */
  readonly busyWith: () => string | null;
  /** What a process could take once nothing of ours trains. */
  readonly freeMemoryBytes: () => number;
  /** Of a job that begins once nothing of ours trains; null on a processor. */
  readonly gpuRoom: () => Promise<GpuRoom | null>;
  readonly pictureCache: string;
  readonly trainerEntry: string;
  /** Variables that a training process which begins now has otherwise than this one. */
  readonly trainerEnvironment: () => NodeJS.ProcessEnv;
  /** Of a job that begins now. */
  readonly threads: () => number;
  /** By how many times so many processes, each of so much memory, train these arms faster side by side than in turns. */
  readonly gainOf: (
    arms: readonly RunConfiguration[],
    classes: number,
    share: { readonly jobs: number; readonly memoryBytes: number },
  ) => number;
}): Estimator {
  const { datasets, threads } = tools;
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
    JSON.stringify([arms.map(recordedCostOf), classes, threads()]);
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
  const memoryOf = (
    arms: readonly RunConfiguration[],
    { view, dataset }: OpenedDataset,
    gpu: GpuRoom | null,
  ): MemoryEstimate =>
    estimateMemory(arms, {
      data: { classes: view.classes.length, pictures: dataset.examples.length },
      trainingPictures: countsInFold(view.counts, arms[0]!.training.fold).train,
      freeBytes: tools.freeMemoryBytes(),
      earlierPeakBytes: earlierPeakBytes(
        arms,
        view.classes.length,
        tools.runs().filter((run) => gpuUsed(run) === (gpu?.name ?? null)),
      ),
      triedPeakBytes: measured.get(keyOf(arms, view.classes.length))?.peakMemoryBytes ?? null,
      gpu,
    });

  /** Of arms that train in processes of their own. */
  const gainOf = (arms: readonly RunConfiguration[], opened: OpenedDataset): number => {
    const memoryBytes = memoryOf(arms.slice(0, 1), opened, null).peakBytes;
    return tools.gainOf(arms, opened.view.classes.length, { jobs: processesOf(arms), memoryBytes });
  };

  return {
    async estimate(arms, signal) {
      const { dataset: source, model, resize, training } = arms[0];
      const opened = await datasets.open(source, signal);
      const { view, dataset } = opened;
      // What can be wrong with it only beside its pictures is said while it is still typed.
      const noise = noiseMatrixProblem(training, view.classes);
      if (noise !== null) throw new StrataError("settings.invalid", { setting: "noiseMatrix", problem: noise });
      const gpu = await tools.gpuRoom();
      const device = { threads: threads(), gpu: gpu?.name ?? null };
      const known = recordedCosts(arms, view.classes.length, device, tools.runs());
      const memory = memoryOf(arms, opened, gpu);
      if (known === null && !memory.doesFit)
        return { secondsPerEpoch: null, seconds: null, decodingSeconds: null, basis: null, memory };
      const costs = known ?? costsAsMeasured(await measurement(arms, view.classes.length), training.batchSize);
      const decoding = await decodeSeconds(dataset, { inputPixels: model.inputPixels, resize }, tools.pictureCache, {
        threads: threads(),
        time: (...question) => tools.timeDecoding(...question, signal),
      });
      const gain = arms.length === 1 ? 1 : gainOf(arms, opened);
      const { secondsPerEpoch, seconds } = timesFor(training, view, costs, decoding);
      return {
        secondsPerEpoch: secondsPerEpoch / gain,
        seconds: decoding + (seconds - decoding) / gain,
        decodingSeconds: decoding,
        basis: known === null ? "measured" : "runs",
        memory: memoryOf(arms, opened, gpu),
      };
    },
    async memory(arms, signal) {
      return memoryOf(arms, await datasets.open(arms[0].dataset, signal), await tools.gpuRoom());
    },
    cancel() {
      running?.cancel.abort();
    },
  };
}

/** What the process of the latest finished run, or block of as many, of the same networks held; null where there is none. */
function earlierPeakBytes(arms: readonly RunConfiguration[], classes: number, runs: readonly RunView[]): number | null {
  const [first] = arms;
  const same = runs.find(
    (run) =>
      first !== undefined &&
      run.state === "finished" &&
      run.peakMemoryBytes !== null &&
      run.dataset.classes.length === classes &&
      armsInProcessOf(run) === arms.length &&
      !run.experiment?.differs.some(isOfCost) &&
      arms.every((arm) => isSameCost(arm, run.configuration)),
  );
  return same?.peakMemoryBytes ?? null;
}

/** The same answer for all blocks that cost the same. */
export async function memoryByCost(
  blocks: readonly PlannedBlock[],
  estimator: Pick<Estimator, "memory">,
): Promise<(block: PlannedBlock) => number> {
  const byCost = new Map<string, number>();
  // A seed costs nothing: blocks that differ in it alone have the same levels.
  const byLevels = new Map<PlannedBlock[number]["levels"] | undefined, number>();
  const turn = takingTurns();
  for (const block of blocks) {
    if (byLevels.has(block[0]?.levels)) continue;
    const arms = armsOf(block);
    const key = costKeyOf(arms);
    const bytes = byCost.get(key) ?? (await estimator.memory(arms)).peakBytes;
    byCost.set(key, bytes);
    byLevels.set(block[0]?.levels, bytes);
    await turn();
  }
  return (block) => byLevels.get(block[0]?.levels)!;
}

export function costKeyOf(arms: readonly RunConfiguration[]): string {
  return JSON.stringify(arms.map(recordedCostOf));
}

function armsInProcessOf({ experiment, hasOwnProcess }: RunView): number {
  if (experiment === null || hasOwnProcess) return 1;
  return experiment.differs.reduce((arms, factor) => arms * levelsOf(factor).length, 1);
}

/** Arms that differ in it may each hold another amount. */
function isOfCost(factor: Factor): boolean {
  return settingsOfFactor(factor).some((setting) =>
    ["optimizer", "precision", "averageDecay", "auxiliaryWeight"].includes(setting),
  );
}

function sum(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0);
}

/** The arms take turns on each batch, so their times add up. */
function costsAsMeasured(
  { secondsPerStep, secondsPerEvaluation, firstStepSeconds }: StepCosts,
  batchSize: number,
): JobCosts {
  return {
    secondsPerStep: sum(secondsPerStep),
    secondsPerEvaluation: sum(secondsPerEvaluation) / batchSize,
    firstStepSeconds,
    savingSeconds: 0,
  };
}

/** The first step of all stands in the start. */
function timesFor(
  training: RunConfiguration["training"],
  { counts: all, classes }: Pick<DatasetView, "counts" | "classes">,
  { secondsPerStep, secondsPerEvaluation, firstStepSeconds, savingSeconds }: JobCosts,
  decoding: number,
): { secondsPerEpoch: number; seconds: number } {
  const counts = countsInFold(all, training.fold);
  const { batchSize, steps } = stepsPerEpoch(counts.train, training);
  // Known at the batch asked for; fewer pictures take less.
  const stepSeconds = (secondsPerStep * batchSize) / training.batchSize;
  const looks = counts.validation + noisyLookedAt(counts.train, wrongShare(training, classes));
  const secondsPerEpoch = steps * stepSeconds + looks * secondsPerEvaluation;
  const rest = firstStepSeconds - stepSeconds + counts.test * secondsPerEvaluation + savingSeconds;
  return { secondsPerEpoch, seconds: decoding + training.epochs * secondsPerEpoch + Math.max(0, rest) };
}
