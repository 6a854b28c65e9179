/** A job while it trains: what its parts share. */
import type { PictureCache } from "../batches/picture-cache.ts";
import type { SplitName } from "../contract/dataset.ts";
import { type CodedError, StrataError } from "../contract/errors.ts";
import type { TrainingEvent } from "../contract/events.ts";
import type { MetricId } from "../contract/metric.ts";
import type { EndReason } from "../contract/run.ts";
import type { Example } from "../datasets/example.ts";
import { noisyLookedAt } from "../domain/pictures/noisy-pictures.ts";
import type { Arm } from "./arm.ts";
import type { Saver } from "./checkpoints/saver.ts";
import type { DecodingReport } from "./decoding-report.ts";
import type { Answers } from "./evaluation.ts";
import type { Interrupter, TrainingSink } from "./job.ts";
import type { Pace } from "./measuring/pace.ts";
import type { StageClock } from "./measuring/stage-clock.ts";
import type { PointBuffer } from "./points.ts";
import type { RunLength } from "./schedules.ts";

export interface End {
  readonly reason: EndReason;
  readonly error: CodedError | null;
}

export interface Session {
  readonly arms: readonly Arm[];
  readonly cache: PictureCache;
  readonly decoding: DecodingReport;
  /** See `PreparedPictures`. */
  readonly splits: Readonly<Record<SplitName, readonly Example[]>>;
  /** Pictures a batch: fewer than asked for where the split has fewer. */
  readonly batchSize: number;
  readonly length: RunLength;
  readonly sink: TrainingSink;
  readonly interrupter: Interrupter;
  readonly points: PointBuffer;
  readonly pace: Pace;
  readonly clock: StageClock;
  readonly saver: Saver;
  /** Of each arm's latest evaluation of the validation pictures in this attempt; none where they are too many. */
  readonly validationAnswers: Map<number, Answers>;
  /** Alive at the end of each epoch of this attempt. */
  readonly tensorsAtEpochEnds: number[];
  /** Of this attempt: steps behind its first and not beside decoding, and pictures that each arm evaluated. */
  readonly done: { steps: number; picturesLookedAt: number };
  /** How long the arms trained was last told at this moment of the process's own clock, in milliseconds, of this step. */
  readonly time: { toldAt: number; toldStep: number };
  /** Optimiser steps done. */
  step: number;
  /** Epochs done, the evaluation on the validation pictures included. */
  epoch: number;
}

/** @param step where it stands, unless that is where the session does */
export function addPoint(
  session: Session,
  arm: number,
  epoch: number,
  split: SplitName,
  cadence: "batch" | "epoch",
  metric: MetricId,
  value: number,
  step = session.step,
): void {
  session.points.add(arm, { metric, split, cadence, step, epoch, value });
}

const timeEveryMillis = 1_000;

/** How long the arms trained up to this step, about once a second. */
export async function tellTimeIfDue(session: Session): Promise<void> {
  if (performance.now() - session.time.toldAt >= timeEveryMillis) await tellStepTime(session);
}

/** The same, whenever it was told last, unless it was of this step. */
export async function tellStepTime(session: Session): Promise<void> {
  if (session.time.toldStep !== session.step) await tellTime(session);
}

/** The same once more, behind the evaluation of an epoch. */
export async function tellTime({ arms, step, sink, time }: Session): Promise<void> {
  Object.assign(time, { toldAt: performance.now(), toldStep: step });
  await sink({ kind: "time", step, trainingMillis: arms.map((arm) => Math.round(arm.trainingSeconds * 1_000)) });
}

export type ToldStage = Extract<TrainingEvent, { kind: "progress" }>["phase"];

/** Says what the job does from now on. @param epoch that is being trained or evaluated */
export async function enterStage(session: Session, stage: ToldStage, epoch: number): Promise<void> {
  // What steps cost beside decoding says nothing of what they cost.
  session.clock.enter(stage === "training" && session.cache.isDecoding ? "preparing" : stage);
  await tellProgress(session, stage, epoch);
}

/** @param epoch that is being trained or evaluated */
export async function tellProgress(session: Session, phase: ToldStage, epoch: number): Promise<void> {
  const { arms, length, splits, pace, decoding, step, sink } = session;
  const batchesLeft = length.epochs * length.stepsPerEpoch - step;
  const looksLeft = length.epochs - epoch + 1;
  const { train, validation, test } = splits;
  const noisy = Math.max(...arms.map((arm) => noisyLookedAt(train.length, arm.wrongShare)));
  const trainingSeconds = pace.secondsLeft(batchesLeft, looksLeft * (validation.length + noisy) + test.length);
  await sink({
    kind: "progress",
    phase,
    epoch,
    step,
    imagesPerSecond: pace.imagesPerSecond(),
    secondsLeft: trainingSeconds === null ? null : decoding.secondsLeft() + trainingSeconds,
  });
}

export function stopped({ reason }: Interrupter): End {
  if (!reason) throw new Error("Training stopped without a reason");
  return { reason, error: null };
}

export function notFinite(step: number): End {
  return { reason: "not-finite", error: new StrataError("training.not-finite", { step }).toJSON() };
}
