/**
 * One job from its pictures to its last look: a single run, or a pair whose arms take turns on each batch.
 *
 * - Epochs and steps count from 1. A last batch that is not full is left out (unless it is the only one): batch normalisation over a handful of
 *   pictures would disturb the moving statistics. The order is drawn anew each epoch, so no picture is left out for good.
 * - After each epoch the validation pictures are looked at; after the last, the test pictures, once. Predictions come with that last look, or
 *   with the last look at the validation pictures where there is no test.
 * - A stop acts within one batch. What was reached stays, and nothing more is looked at: the unfinished epoch has no validation.
 * - At the end, whatever its reason, the weights that were reached are written to a file an arm.
 * - A loss that is not finite ends the whole job: the arms of a pair are only comparable as far as both got.
 */
import { setImmediate } from "node:timers/promises";
import { epochBatches } from "../batches/batcher.ts";
import type { PictureCache } from "../batches/picture-cache.ts";
import type { SplitName } from "../contract/dataset.ts";
import { type CodedError, StrataError } from "../contract/errors.ts";
import type { EvaluationResult, MetricId } from "../contract/metric.ts";
import type { EndReason } from "../contract/run.ts";
import type { Example } from "../datasets/example.ts";
import { type Arm, buildArm, disposeArm, prepareArm, type StepValues, stepArm } from "./arm.ts";
import { evaluateArms } from "./evaluate.ts";
import type { Interrupter, TrainingJob, TrainingSink } from "./job.ts";
import { keepWeights } from "./keep-weights.ts";
import { createPace, type Pace } from "./pace.ts";
import { createPointBuffer, flushMillis, type PointBuffer } from "./points.ts";
import { prepareJob } from "./prepare.ts";
import { deviceInWords } from "./report.ts";
import type { RunLength } from "./schedules.ts";
import { codedErrorOf } from "./thrown.ts";
import { disposeBatch, uploadBatch } from "./upload.ts";

interface End {
  readonly reason: EndReason;
  readonly error: CodedError | null;
}

interface Session {
  readonly arms: readonly Arm[];
  readonly cache: PictureCache;
  readonly splits: Readonly<Record<SplitName, readonly Example[]>>;
  /** Pictures a batch: fewer than asked for where the split has fewer. */
  readonly batchSize: number;
  readonly length: RunLength;
  readonly sink: TrainingSink;
  readonly interrupter: Interrupter;
  readonly points: PointBuffer;
  readonly pace: Pace;
  step: number;
}

/**
 * Trains the job and tells the sink; the last events are one `ended` an arm. What a person or machine can cause ends the job with a coded error.
 * @throws Error for a broken invariant, and whatever the sink throws
 */
export async function runTraining(job: TrainingJob, sink: TrainingSink, interrupter: Interrupter): Promise<void> {
  const end = await trainJob(job, sink, interrupter).catch((thrown: unknown): End => {
    const batchSize = job.arms[0]?.training.batchSize ?? 1;
    const error = codedErrorOf(thrown, { batchSize, path: job.paths.home });
    if (!error) throw thrown;
    return { reason: "error", error };
  });
  for (const arm of job.arms.keys()) await sink({ kind: "ended", arm, ...end });
}

async function trainJob(job: TrainingJob, sink: TrainingSink, interrupter: Interrupter): Promise<End> {
  const prepared = await prepareJob(job, sink, interrupter);
  if (!prepared) return stopped(interrupter);
  const { cache, splits } = prepared;
  const arms: Arm[] = [];
  const points = createPointBuffer(job.arms.length, sink);
  try {
    for (const configuration of job.arms) arms.push(buildArm(configuration, job.dataset));
    const { epochs, batchSize: most } = job.arms[0]!.training;
    const batchSize = Math.max(1, Math.min(most, splits.train.length));
    for (const arm of arms) {
      prepareArm(arm, batchSize);
      await setImmediate();
      if (interrupter.reason) return stopped(interrupter);
    }
    const length = { epochs, stepsPerEpoch: Math.max(1, Math.floor(splits.train.length / batchSize)) };
    const pace = createPace();
    const session: Session = { arms, cache, splits, batchSize, length, sink, interrupter, points, pace, step: 0 };
    await announce(session);
    const end = await trainEpochs(session);
    await tellWeights(session, job, end.reason);
    return end;
  } finally {
    for (const arm of arms) disposeArm(arm);
    await cache.close();
    await points.flush();
  }
}

async function announce({ arms, length, sink }: Session): Promise<void> {
  for (const [index, arm] of arms.entries()) {
    await sink({
      kind: "started",
      arm: index,
      stepsPerEpoch: length.stepsPerEpoch,
      parameters: arm.network.parameters,
      auxiliaryParameters: arm.network.auxiliaryParameters,
      initialWeightsHash: arm.initialWeightsHash,
      trainingObjectiveFloor: arm.trainingObjectiveFloor,
      device: deviceInWords(arm.program.refusal),
      initialWeightsMatch: arm.initialWeightsMatch,
    });
  }
}

/** Whatever the reason of its end: what was reached is kept, once there is anything. */
async function tellWeights(
  { arms, length, sink, step, points }: Session,
  job: TrainingJob,
  endReason: EndReason,
): Promise<void> {
  if (step === 0) return;
  await points.flush();
  const reached = { epoch: Math.floor(step / length.stepsPerEpoch), step, endReason };
  for (const [index, arm] of arms.entries()) {
    const outcome = keepWeights(arm, job.dataset.classNames, job.paths.weights, reached);
    await sink({ kind: "weights", arm: index, ...outcome });
  }
}

async function trainEpochs(session: Session): Promise<End> {
  const { splits, length, sink } = session;
  const hasTest = splits.test.length > 0;
  for (let epoch = 1; epoch <= length.epochs; epoch++) {
    const isLast = epoch === length.epochs;
    const end = (await trainEpoch(session, epoch)) ?? (await look(session, "validation", epoch, isLast && !hasTest));
    if (end) return end;
    const trainingSeconds = session.arms.map((arm) => arm.trainingSeconds);
    await sink({ kind: "epoch-ended", epoch, step: session.step, trainingSeconds });
  }
  return (await look(session, "test", length.epochs, true)) ?? { reason: "completed", error: null };
}

/** Null if the epoch was trained to its end. */
async function trainEpoch(session: Session, epoch: number): Promise<End | null> {
  const { arms, cache, splits, batchSize, length, interrupter, pace } = session;
  const { training, model, seed } = arms[0]!.configuration;
  const { augmentation } = training;
  const secondsBefore = arms.map((arm) => arm.trainingSeconds);
  let pictures = 0;
  let previousAt = performance.now();
  let flushedAt = previousAt;
  const batches = epochBatches({ examples: splits.train, cache, batchSize, seed, epoch, augmentation, shuffle: true });
  for await (const batch of batches) {
    if (interrupter.reason) return stopped(interrupter);
    if (batch.count < batchSize) break;
    session.step++;
    const batchBefore = totalSeconds(arms);
    const uploaded = uploadBatch(batch, model.inputPixels);
    const values = arms.map((arm) => stepArm(arm, uploaded, length, session.step));
    disposeBatch(uploaded);
    pictures += batch.count;
    addStepPoints(session, epoch, values);
    if (values.some(({ objective, hardLoss }) => !Number.isFinite(objective) || !Number.isFinite(hardLoss)))
      return notFinite(session.step);

    const now = performance.now();
    pace.batch(batch.count, (now - previousAt) / 1000, (totalSeconds(arms) - batchBefore) / arms.length);
    previousAt = now;
    if (now - flushedAt >= flushMillis) {
      flushedAt = now;
      await session.points.flush();
      await tellProgress(session, "training", epoch);
    }
    // Lets the message that stops us in.
    await setImmediate();
  }
  for (const [index, arm] of arms.entries()) {
    const imagesPerSecond = pictures / (arm.trainingSeconds - secondsBefore[index]!);
    addPoint(session, index, epoch, "train", "epoch", "imagesPerSecond", imagesPerSecond);
  }
  return null;
}

/** Looks at a split with every arm; null if it was looked at, or is empty. */
async function look(session: Session, split: SplitName, epoch: number, isLast: boolean): Promise<End | null> {
  const { arms, cache, splits, batchSize, interrupter, sink, step } = session;
  const examples = splits[split];
  if (examples.length === 0) return null;
  await session.points.flush();
  await tellProgress(session, "evaluating", epoch);
  const startedAt = performance.now();
  const evaluations = await evaluateArms({ arms, examples, cache, batchSize, interrupter });
  if (!evaluations) return stopped(interrupter);
  session.pace.look(examples.length, (performance.now() - startedAt) / 1000);
  if (evaluations.some(({ result }) => !Object.values(result).every(Number.isFinite))) return notFinite(step);

  for (const [arm, { result, confusion, predictions }] of evaluations.entries()) {
    for (const metric of evaluatedMetrics) addPoint(session, arm, epoch, split, "epoch", metric, result[metric]);
    await session.points.flush();
    await sink({
      kind: "evaluated",
      arm,
      split,
      epoch,
      step,
      result,
      confusion: { split, epoch, counts: confusion },
      predictions: isLast ? predictions : null,
    });
  }
  return null;
}

const evaluatedMetrics = ["hardLoss", "objective", "top1", "top5", "ece", "largestLogit"] as const satisfies readonly (
  | MetricId
  | keyof EvaluationResult
)[];

function addStepPoints(session: Session, epoch: number, values: readonly StepValues[]): void {
  for (const [arm, { hardLoss, objective, learningRate }] of values.entries()) {
    addPoint(session, arm, epoch, "train", "batch", "hardLoss", hardLoss);
    addPoint(session, arm, epoch, "train", "batch", "objective", objective);
    addPoint(session, arm, epoch, "train", "batch", "learningRate", learningRate);
  }
}

function addPoint(
  { points, step }: Session,
  arm: number,
  epoch: number,
  split: SplitName,
  cadence: "batch" | "epoch",
  metric: MetricId,
  value: number,
): void {
  points.add(arm, { metric, split, cadence, step, epoch, value });
}

async function tellProgress(session: Session, phase: "training" | "evaluating", epoch: number): Promise<void> {
  const { length, splits, pace, step, sink } = session;
  const batchesLeft = length.epochs * length.stepsPerEpoch - step;
  const looksLeft = length.epochs - epoch + 1;
  await sink({
    kind: "progress",
    phase,
    epoch,
    step,
    imagesPerSecond: pace.imagesPerSecond(),
    secondsLeft: pace.secondsLeft(batchesLeft, looksLeft * splits.validation.length + splits.test.length),
  });
}

function totalSeconds(arms: readonly Arm[]): number {
  return arms.reduce((sum, arm) => sum + arm.trainingSeconds, 0);
}

function stopped({ reason }: Interrupter): End {
  if (!reason) throw new Error("Training stopped without a reason");
  return { reason, error: null };
}

function notFinite(step: number): End {
  return { reason: "not-finite", error: new StrataError("training.not-finite", { step }).toJSON() };
}
