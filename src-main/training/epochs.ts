/** The epochs of a job, from wherever it stands to its last evaluation. */
import { setImmediate } from "node:timers/promises";
import { type Batch, epochBatches } from "../batches/batcher.ts";
import type { MetricId } from "../contract/metric.ts";
import { imagesPerSecond } from "../domain/metrics/images-per-second.ts";
import { stepsSkipped } from "../domain/metrics/steps-skipped.ts";
import { tf } from "../tensorflow/runtime.ts";
import { type Arm, costsOf, type StepValues, stepArm } from "./arm.ts";
import { awaitPictures } from "./await-pictures.ts";
import { noBatches } from "./checkpoints/manifest.ts";
import { restoreArm } from "./checkpoints/read-checkpoint.ts";
import { evaluateNoise } from "./evaluate-noise.ts";
import { areLogitsKept, evaluateAgain, evaluateSplit, picturesOfSplit, tellAnswers } from "./evaluate-split.ts";
import { isExhausted } from "./loss-scaling.ts";
import { reportMemory } from "./measuring/report-memory.ts";
import { bestEvaluation, epochsWithoutImprovement } from "./plateau.ts";
import { flushMillis } from "./points.ts";
import { shuffleOf } from "./prepare.ts";
import {
  addPoint,
  type End,
  enterStage,
  notFinite,
  type Session,
  stopped,
  tellProgress,
  tellStepTime,
  tellTime,
  tellTimeIfDue,
} from "./session.ts";
import { disposeBatch, uploadBatch } from "./upload.ts";

export async function trainEpochs(session: Session): Promise<End> {
  const { length, sink, arms } = session;
  while (session.epoch < length.epochs && !hasStalled(arms)) {
    const epoch = session.epoch + 1;
    const isLast = epoch === length.epochs;
    const end =
      (await trainEpoch(session, epoch)) ??
      (await untilDecoded(session, epoch)) ??
      (await evaluateNoise(session, epoch)) ??
      (await evaluateSplit(session, "validation", epoch, isLast && !hasTest(session)));
    if (end) return end;
    monitorBatches(session, epoch);
    session.epoch = epoch;
    const trainingSeconds = arms.map((arm) => arm.trainingSeconds);
    await session.points.flush();
    await tellTime(session);
    await sink({ kind: "epoch-ended", epoch, step: session.step, trainingSeconds });
    if (session.saver.isDue(epoch, arms)) await save(session, true);
    session.tensorsAtEpochEnds.push(tf.memory().numTensors);
    await reportMemory(session);
  }
  const reason = session.epoch < length.epochs ? "stopped-early" : "completed";
  const end =
    (await restoreBest(session)) ??
    (await tellValidationAnswers(session)) ??
    (await evaluateSplit(session, "test", session.epoch, true));
  return end ?? { reason, error: null };
}

function hasTest(session: Session): boolean {
  return picturesOfSplit(session, "test").length > 0;
}

/** Of both arms of a pair: as long as one of them gains, the other is trained too, so that both have seen as much. */
function hasStalled(arms: readonly Arm[]): boolean {
  return arms.every((arm) => {
    const { earlyStopping } = arm.configuration.training;
    if (earlyStopping === null) return false;
    return epochsWithoutImprovement(costsOf(arm), earlyStopping.minDelta) >= earlyStopping.patienceEpochs;
  });
}

/** Brings back each arm's best epoch where it may stop early; where its state is gone, what was reached last stays, and that is told. */
async function restoreBest(session: Session): Promise<End | null> {
  const { arms, saver, length, sink } = session;
  for (const [index, arm] of arms.entries()) {
    if (arm.configuration.training.earlyStopping === null || arm.evaluations.length === 0) continue;
    const { epoch } = arm.evaluations[bestEvaluation(costsOf(arm))]!;
    if (epoch === session.epoch) continue;
    const { found, errors } = saver.find(epoch * length.stepsPerEpoch);
    if (found === null) {
      await sink({ kind: "checkpoint-failed", error: errors[0]! });
      continue;
    }
    restoreArm(arm, found, index);
    arm.restoredEpoch = epoch;
    await sink({ kind: "restored", arm: index, epoch });
    // What it answered last was of other weights.
    session.validationAnswers.delete(index);
    const end = hasTest(session) ? null : await evaluateAgain(session, index, epoch, false);
    if (end) return end;
  }
  return null;
}

/** What each arm answers to the validation pictures with the weights that it ends with. */
async function tellValidationAnswers(session: Session): Promise<End | null> {
  if (!areLogitsKept(session, "validation")) return null;
  for (const [index, { restoredEpoch }] of session.arms.entries()) {
    const epoch = restoredEpoch ?? session.epoch;
    const end = session.validationAnswers.has(index) ? null : await evaluateAgain(session, index, epoch, true);
    if (end) return end;
    await tellAnswers(session, index, "validation", epoch, session.validationAnswers.get(index)!);
  }
  return null;
}

export async function save(session: Session, isEpochEnd: boolean): Promise<void> {
  const { arms, saver, step, epoch, length } = session;
  await session.points.flush();
  await tellStepTime(session);
  await enterStage(session, "saving", isEpochEnd ? epoch : Math.min(length.epochs, epoch + 1));
  await saver.save(arms, { step, epoch }, isEpochEnd);
}

/** Null if the epoch was trained to its end. */
async function trainEpoch(session: Session, epoch: number): Promise<End | null> {
  const { arms, cache, splits, batchSize, length, interrupter, clock, pace } = session;
  const { training, seed } = arms[0]!.configuration;
  const { augmentation } = training;
  const skippedBatches = session.step - session.epoch * length.stepsPerEpoch;
  const secondsBefore = arms.map((arm) => arm.trainingSeconds);
  let pictures = 0;
  let previousAt = performance.now();
  let flushedAt = previousAt;
  // The first step of all belongs to compiling: TensorFlow runs what was compiled for the first time.
  if (clock.stage !== "compiling") await enterStage(session, "training", epoch);
  const order = {
    shuffle: shuffleOf(training),
    lastBatch: training.dropLast ? "dropped" : "filled up",
    skippedBatches,
  } as const;
  const plan = { examples: splits.train, cache, batchSize, seed, epoch, augmentation, ...order };
  for await (const batch of asDecoded(session, epoch, epochBatches(plan))) {
    if (interrupter.reason) return stopped(interrupter);
    if (clock.stage === "preparing" && !cache.isDecoding) clock.enter("training");
    session.step++;
    const batchBefore = totalSeconds(arms);
    if (batch.count > 0 && !trainBatch(session, epoch, batch)) return notFinite(session.step);
    pictures += batch.count;
    const stepSeconds = totalSeconds(arms) - batchBefore;

    if (clock.stage === "compiling") {
      await tellStepTime(session);
      await enterStage(session, "training", epoch);
    } else if (clock.stage === "training") session.done.steps++;
    const now = performance.now();
    // What is waited for while pictures are decoded is told by itself.
    const wallSeconds = cache.isDecoding ? stepSeconds : (now - previousAt) / 1000;
    if (batch.count > 0) pace.batch(batch.count, wallSeconds, stepSeconds / arms.length);
    previousAt = now;
    if (now - flushedAt >= flushMillis) {
      flushedAt = now;
      await tellStanding(session, epoch);
      if (session.saver.isDue(null, arms)) {
        await save(session, false);
        await enterStage(session, "training", epoch);
        // The pace is that of training.
        previousAt = performance.now();
      }
    }
    // Lets the message that stops us in.
    await setImmediate();
  }
  if (session.step < epoch * length.stepsPerEpoch) return stopped(interrupter);
  await tellStepTime(session);
  for (const [index, arm] of arms.entries()) {
    const speed = pictures / (arm.trainingSeconds - secondsBefore[index]!);
    addPoint(session, index, epoch, "train", "epoch", imagesPerSecond.id, speed);
    const skipped = arm.lossScaling?.stepsSkipped;
    if (skipped !== undefined) addPoint(session, index, epoch, "train", "epoch", stepsSkipped.id, skipped);
  }
  return null;
}

/** One step of each arm; false where one left the finite numbers. */
function trainBatch(session: Session, epoch: number, batch: Batch): boolean {
  const { arms, batchSize, length } = session;
  const uploaded = uploadBatch(batch, arms[0]!.configuration.model.inputPixels);
  const values = arms.map((arm) => stepArm(arm, uploaded, length, session.step));
  disposeBatch(uploaded);
  addStepPoints(session, epoch, values);
  for (const [index, arm] of arms.entries()) addToBatchSum(arm, values[index]!, batch.count / batchSize);
  if (arms.some(({ lossScaling }) => lossScaling !== null && isExhausted(lossScaling))) return false;
  return values.every((ofArm) => Object.values(ofArm).every(Number.isFinite));
}

/** The batches as their pictures come; none any more once the job is interrupted while it waits for them. */
async function* asDecoded(
  session: Session,
  epoch: number,
  batches: AsyncGenerator<Batch, void, undefined>,
): AsyncGenerator<Batch, void, undefined> {
  try {
    for (;;) {
      const next = await whileDecoding(session, epoch, batches.next());
      if (next === null || next.value.done) return;
      yield next.value.value;
    }
  } finally {
    // Left early, what is read ahead may still wait for pictures that nobody wants any more.
    if (session.interrupter.reason) session.cache.giveUp();
    await batches.return();
  }
}

/** Null once all pictures are decoded, which is when an epoch can be evaluated. */
async function untilDecoded(session: Session, epoch: number): Promise<End | null> {
  const come = await whileDecoding(session, epoch, session.cache.whole());
  await session.decoding.tell();
  return come === null ? stopped(session.interrupter) : null;
}

/** Waits, and tells meanwhile where the job stands. Null where it was interrupted. */
function whileDecoding<T>(session: Session, epoch: number, coming: Promise<T>): Promise<{ readonly value: T } | null> {
  let toldAt = performance.now();
  const tell = async (): Promise<void> => {
    if (performance.now() - toldAt < flushMillis) return;
    await tellStanding(session, epoch);
    toldAt = performance.now();
  };
  return awaitPictures(coming, { ...session, tell });
}

async function tellStanding(session: Session, epoch: number): Promise<void> {
  await session.points.flush();
  await tellTimeIfDue(session);
  await session.decoding.tell();
  await tellProgress(session, "training", epoch);
}

function addStepPoints(session: Session, epoch: number, values: readonly StepValues[]): void {
  for (const [arm, ofArm] of values.entries())
    for (const [metric, value] of Object.entries(ofArm)) addPoint(session, arm, epoch, "train", "batch", metric, value);
}

/** @param share of a whole batch that is counted */
function addToBatchSum(arm: Arm, values: Readonly<Record<MetricId, number>>, share: number): void {
  const { metric, split } = arm.configuration.training.monitor;
  const value = split === "train" ? values[metric] : undefined;
  if (value === undefined) return;
  const { batches, sum } = arm.batchSum;
  arm.batchSum = { batches: batches + share, sum: sum + share * value };
}

/** Where the monitored metric is of training pictures: its mean over the epoch's pictures. */
function monitorBatches(session: Session, epoch: number): void {
  for (const [index, arm] of session.arms.entries()) {
    const { batches, sum } = arm.batchSum;
    if (batches === 0) continue;
    const value = sum / batches;
    addPoint(session, index, epoch, "train", "epoch", arm.configuration.training.monitor.metric, value);
    arm.evaluations.push({ epoch, value });
    arm.batchSum = noBatches;
  }
}

function totalSeconds(arms: readonly Arm[]): number {
  return arms.reduce((sum, arm) => sum + arm.trainingSeconds, 0);
}
