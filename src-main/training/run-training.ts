/**
 * One job from its pictures to its last evaluation: a single run, or a pair whose arms take turns on each batch. It begins at its first step, or goes on
 * from a checkpoint.
 *
 * - It begins once the pictures of its first batch are decoded. The others are decoded beside it, in the order in which they are needed; the first epoch ends
 *   when all are. Where that fails, the job does.
 * - Epochs and steps count from 1. A last batch that is not full is filled up with pictures that the epoch began with, which do not count in its loss:
 *   batch normalisation over a handful of pictures would disturb the moving statistics. With `dropLast` it is left out, unless it is the only one; the order
 *   is drawn anew each epoch, so no picture is left out for good.
 * - After each epoch the validation pictures are evaluated; after the last, the test pictures, once. Predictions come with that last evaluation, or
 *   with the last evaluation on the validation pictures where there is no test.
 * - A stop or a pause acts within one batch. What was reached stays and is saved, and nothing more is evaluated: the unfinished epoch has no
 *   validation.
 * - At the end, but for a pause, the weights that were reached are written to a file an arm.
 * - A loss that is not finite ends the whole job: the arms of a pair are only comparable as far as both got.
 */
import { setImmediate } from "node:timers/promises";
import { stepsPerEpoch } from "../domain/pictures/steps-per-epoch.ts";
import { type Arm, buildArm, disposeArm, prepareArm } from "./arm.ts";
import { restoreArm } from "./checkpoints/read-checkpoint.ts";
import { createSaver, type Saver } from "./checkpoints/saver.ts";
import { save, trainEpochs } from "./epochs.ts";
import type { Interrupter, TrainingJob, TrainingSink } from "./job.ts";
import { madeByThis } from "./made-by.ts";
import { createPace } from "./measuring/pace.ts";
import { reportMemory } from "./measuring/report-memory.ts";
import { createStageClock, type StageClock } from "./measuring/stage-clock.ts";
import { createPointBuffer, type PointBuffer } from "./points.ts";
import { type PreparedPictures, prepareJob, veryBeginning } from "./prepare.ts";
import { gpuInUse } from "./report.ts";
import { saveWeights } from "./save-weights.ts";
import { type End, enterStage, type Session, stopped, tellStepTime } from "./session.ts";
import { codedErrorOf } from "./thrown.ts";

/**
 * Trains the job and tells the sink; the last events are one `ended` an arm. What a person or machine can cause ends the job with a coded error.
 * @throws Error for a broken invariant, and whatever the sink throws
 */
export async function runTraining(job: TrainingJob, sink: TrainingSink, interrupter: Interrupter): Promise<void> {
  const end = await trainJob(job, sink, interrupter).catch((thrown: unknown): End => {
    const error = codedErrorOf(thrown, {
      arms: job.arms,
      classes: job.dataset.classNames.length,
      pictures: job.dataset.examples.length,
      path: job.paths.home,
    });
    if (!error) throw thrown;
    return { reason: "error", error };
  });
  for (const arm of job.arms.keys()) await sink({ kind: "ended", arm, ...end });
}

async function trainJob(job: TrainingJob, sink: TrainingSink, interrupter: Interrupter): Promise<End> {
  const clock = createStageClock();
  clock.enter("preparing");
  const saver = createSaver(job, sink);
  const { found } = saver.begin;
  const prepared = await prepareJob(job, sink, interrupter, found?.manifest);
  if (!prepared) return stopped(interrupter);
  const arms: Arm[] = [];
  const points = createPointBuffer(job.arms.length, sink);
  try {
    // Before it begins: while networks are built and compiled this process says nothing.
    await tellCompiling(clock, sink);
    for (const [index, configuration] of job.arms.entries())
      arms.push(buildArm(configuration, job.dataset, found?.manifest.arms[index] ?? null));
    if (found) for (const [index, arm] of arms.entries()) restoreArm(arm, found, index);
    const session = openSession(job, prepared, { arms, points, saver, sink, interrupter, clock });
    for (const arm of arms) {
      prepareArm(arm, session.batchSize);
      await setImmediate();
      if (interrupter.reason) return stopped(interrupter);
    }
    await announce(session, job);
    const end = await trainEpochs(session);
    await keepReached(session, job, end);
    await reportMemory(session);
    await tellSpent(session);
    return end;
  } finally {
    for (const arm of arms) disposeArm(arm);
    await prepared.cache.close();
    await points.flush();
  }
}

function openSession(
  job: TrainingJob,
  { cache, decoding, splits }: PreparedPictures,
  parts: Pick<Session, "arms" | "sink" | "interrupter" | "clock"> & {
    readonly points: PointBuffer;
    readonly saver: Saver;
  },
): Session {
  const { training } = job.arms[0]!;
  const { batchSize, steps } = stepsPerEpoch(splits.train.length, training);
  const length = { epochs: training.epochs, stepsPerEpoch: steps };
  const { step, epoch } = parts.saver.begin.found?.manifest ?? veryBeginning;
  const fresh = {
    ...{ pace: createPace(), tensorsAtEpochEnds: [], done: { steps: 0, picturesLookedAt: 0 } },
    time: { toldAt: 0, toldStep: 0 },
    validationAnswers: new Map(),
  };
  return { ...parts, ...fresh, cache, decoding, splits, batchSize, length, step, epoch };
}

async function tellCompiling(clock: StageClock, sink: TrainingSink): Promise<void> {
  clock.enter("compiling");
  const nothingYet = { epoch: 0, step: 0, imagesPerSecond: null, secondsLeft: null };
  await sink({ kind: "progress", phase: "compiling", ...nothingYet });
}

/** Of an attempt with a step behind its first, else there is no pace to learn from. */
async function tellSpent({ arms, clock, done: { steps, picturesLookedAt }, sink }: Session): Promise<void> {
  if (steps === 0) return;
  const spent = { seconds: clock.seconds(), steps, picturesLookedAt: Math.round(picturesLookedAt), arms: arms.length };
  await sink({ kind: "spent", spent });
}

async function announce({ arms, length, sink, saver, step }: Session, job: TrainingJob): Promise<void> {
  const gpu = await gpuInUse();
  for (const [index, arm] of arms.entries()) {
    await sink({
      kind: "started",
      arm: index,
      stepsPerEpoch: length.stepsPerEpoch,
      parameters: arm.network.parameters,
      auxiliaryParameters: arm.network.auxiliaryParameters,
      initialWeightsHash: arm.initialWeightsHash,
      trainingObjectiveFloor: arm.trainingObjectiveFloor,
      step,
      madeBy: madeByThis(arm.program.refusal, job.arms[index]!.training.precision, gpu),
      initialWeightsMatch: arm.initialWeightsMatch,
    });
  }
  if (job.resumeFrom !== null) await sink({ kind: "resumed", step, errors: saver.begin.errors });
}

/** Once there is anything: the state, where training may go on, and the weights, but for a pause, after which the state is enough. */
async function keepReached(session: Session, job: TrainingJob, { reason }: End): Promise<void> {
  const { arms, sink, step, epoch, saver } = session;
  if (step === 0) return;
  await session.points.flush();
  await tellStepTime(session);
  const isOver = reason === "completed" || reason === "stopped-early" || reason === "not-finite";
  if (!isOver && saver.savedStep !== step) await save(session, false);
  if (reason === "paused" || reason === "halved") return;
  await enterStage(session, "saving", epoch);
  for (const [index, arm] of arms.entries()) {
    const { restoredEpoch } = arm;
    const reached =
      restoredEpoch === null
        ? { epoch, step }
        : { epoch: restoredEpoch, step: restoredEpoch * session.length.stepsPerEpoch };
    const outcome = saveWeights(arm, job.dataset.classNames, job.paths.weights, { ...reached, endReason: reason });
    await sink({ kind: "weights", arm: index, ...outcome });
  }
}
