/**
 * What a run would cost here by the runs that this machine trained before: of each arm, the nearest one of the same network. What was measured of it stage by
 * stage is scaled by how much more or less there is to do; of what an older program recorded only the pace is known.
 */
import type { ModelChoice, RunConfiguration } from "../../contract/configuration.ts";
import { StrataError } from "../../contract/errors.ts";
import type { RunView } from "../../contract/run.ts";
import { processorModel } from "../../platform/processor.ts";
import { threadsOf } from "../../platform/threads.ts";
import { architectureOf } from "../models/model-list.ts";

/** What a job costs; of several arms, which take turns, all together. */
export interface JobCosts {
  /** At the batch asked for. */
  readonly secondsPerStep: number;
  /** Of an evaluation of one picture, as in an evaluation. */
  readonly secondsPerEvaluation: number;
  /** From the start of the training process to the end of its first step, without decoding. */
  readonly firstStepSeconds: number;
  /** Of all checkpoints and the weights at the end. */
  readonly savingSeconds: number;
}

/** A forward pass costs about a third of a training step: the backward pass is two more of its size. */
const forwardShare = 1 / 3;
/** Seconds from the start of a process to the end of its first step, where it was not measured. */
const usualStartSeconds = 6;
/** A step that is this many times larger or smaller is bound by other things than the one that is known: it had better be tried. */
const mostScaling = 4;

/** What a step's time hangs on. */
export function recordedCostOf({ model, training }: RunConfiguration) {
  const { batchSize, optimizer, precision, averageDecay, auxiliaryWeight, deterministicOps, tf32 } = training;
  const step = [batchSize, optimizer.kind, precision, averageDecay !== null, auxiliaryWeight === 0];
  const onGpu = [deterministicOps, tf32];
  return [model.id, model.inputPixels, model.width, ...step, ...onGpu];
}

export function isSameCost(a: RunConfiguration, b: RunConfiguration): boolean {
  return JSON.stringify(recordedCostOf(a)) === JSON.stringify(recordedCostOf(b));
}

/** What a job would train on: so many threads, and the GPU of this name; null for a processor alone. */
export interface JobDevice {
  readonly threads: number;
  readonly gpu: string | null;
}

/** Null where there is no run that is near enough to one of the arms. `runs`: the newest first. */
export function recordedCosts(
  arms: readonly RunConfiguration[],
  classes: number,
  device: JobDevice,
  runs: readonly RunView[],
): JobCosts | null {
  const near = nearRuns(runs, device);
  const workOf = rememberedWork();
  const costs = arms.map((arm) => costsOfArm(arm, { arms: arms.length, classes, workOf }, near(arm)));
  if (!costs.every((cost) => cost !== null)) return null;
  const sum = (of: (cost: JobCosts) => number) => costs.reduce((total, cost) => total + of(cost), 0);
  return {
    secondsPerStep: sum((cost) => cost.secondsPerStep),
    secondsPerEvaluation: sum((cost) => cost.secondsPerEvaluation),
    firstStepSeconds: sum((cost) => cost.firstStepSeconds),
    savingSeconds: sum((cost) => cost.savingSeconds),
  };
}

interface Job {
  readonly arms: number;
  readonly classes: number;
  readonly workOf: (configuration: RunConfiguration, classes: number) => number;
}

function costsOfArm(arm: RunConfiguration, job: Job, runs: readonly RunView[]): JobCosts | null {
  const work = job.workOf(arm, job.classes);
  const [nearest] = runs
    .map((run) => ({ run, scaling: work / job.workOf(run.configuration, run.dataset.classes.length) }))
    .filter(({ scaling }) => scaling <= mostScaling && scaling >= 1 / mostScaling)
    .map((one) => ({ ...one, distance: distanceOf(arm, job.arms, one.run, one.scaling) }))
    .toSorted((a, b) => a.distance - b.distance);
  return nearest ? scaled(arm, job.arms, nearest.run, nearest.scaling) : null;
}

/** Of the same network, in the same precision and on as many threads of this processor, with the same GPU where there is one. */
function nearRuns(
  runs: readonly RunView[],
  { threads, gpu }: JobDevice,
): (arm: RunConfiguration) => readonly RunView[] {
  const usable = runs.filter(
    (run) => isUsable(run) && threadsUsed(run) === threads && isOfThisProcessor(run) && gpuUsed(run) === gpu,
  );
  return ({ model, training }) =>
    usable.filter(
      ({ configuration }) =>
        configuration.model.id === model.id && configuration.training.precision === training.precision,
    );
}

/** Of a run that did not come to its end the stages are as true, but of an older program's only the pace of its last epoch is known. */
function isUsable({ state, spent, imagesPerSecond }: RunView): boolean {
  return spent !== null || (state === "finished" && imagesPerSecond !== null);
}

/** In its latest part, which its times are of. Older programs recorded them only where they were fewer than cores. */
function threadsUsed({ madeBy }: RunView): number {
  return madeBy.at(-1)?.threads ?? threadsOf({});
}

/** The name of the GPU in its latest part; null of a processor. */
export function gpuUsed({ madeBy }: RunView): string | null {
  return madeBy.at(-1)?.gpu?.name ?? null;
}

/** A record can be brought from another machine. */
function isOfThisProcessor({ madeBy }: RunView): boolean {
  const processor = madeBy.at(-1)?.processor ?? null;
  return processor === null || processor === processorModel();
}

/** Multiply-adds of a step's pictures, forward: a long record has many runs of few sizes. Not a number for a size that the network has no more. */
function rememberedWork(): Job["workOf"] {
  const known = new Map<string, number>();
  return ({ model, training }, classes) => {
    const key = JSON.stringify([model, classes]);
    const multiplyAdds = known.get(key) ?? multiplyAddsOf(model, classes);
    known.set(key, multiplyAdds);
    return multiplyAdds * training.batchSize;
  };
}

function multiplyAddsOf(model: ModelChoice, classes: number): number {
  try {
    return architectureOf({ ...model, classes }).multiplyAdds;
  } catch (thrown) {
    if (thrown instanceof StrataError) return Number.NaN;
    throw thrown;
  }
}

/** 0 for a run of the same cost; of several that are as near, the newest comes first. */
function distanceOf(arm: RunConfiguration, arms: number, run: RunView, scaling: number): number {
  if (isSameCost(arm, run.configuration)) {
    const isSameJob = run.spent?.arms === arms;
    return isSameJob ? 0 : run.spent === null ? 0.2 : 0.1;
  }
  const { optimizer, averageDecay, auxiliaryWeight } = run.configuration.training;
  const others = [
    optimizer.kind !== arm.training.optimizer.kind,
    (averageDecay === null) !== (arm.training.averageDecay === null),
    (auxiliaryWeight === 0) !== (arm.training.auxiliaryWeight === 0),
    run.spent === null,
  ];
  return 1 + Math.abs(Math.log(scaling)) + others.filter(Boolean).length;
}

function scaled(arm: RunConfiguration, arms: number, run: RunView, scaling: number): JobCosts {
  const { training } = run.configuration;
  const perPicture = (scaling * training.batchSize) / arm.training.batchSize;
  if (run.spent === null || run.spent.steps === 0) {
    const secondsPerPicture = perPicture / (run.imagesPerSecond ?? Number.NaN);
    return {
      secondsPerStep: secondsPerPicture * arm.training.batchSize,
      secondsPerEvaluation: secondsPerPicture * forwardShare,
      firstStepSeconds: usualStartSeconds / arms,
      savingSeconds: 0,
    };
  }
  const { seconds, steps, picturesLookedAt, arms: armsThen } = run.spent;
  const secondsPerStep = (scaling * seconds.training) / steps / armsThen;
  const evaluated = seconds.validating + seconds.testing;
  // Checkpoints come with epochs, the weights once.
  const epochsThen = Math.max(1, run.epochsDone);
  return {
    secondsPerStep,
    secondsPerEvaluation:
      picturesLookedAt === 0
        ? (secondsPerStep / arm.training.batchSize) * forwardShare
        : (perPicture * evaluated) / picturesLookedAt / armsThen,
    firstStepSeconds: seconds.starting / arms + seconds.compiling / armsThen,
    savingSeconds: ((seconds.saving / armsThen) * (arm.training.epochs + 1)) / (epochsThen + 1),
  };
}
