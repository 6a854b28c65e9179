/** An evaluation of one split with every arm, told and recorded. */
import { usableExamples } from "../batches/batcher.ts";
import type { SplitName } from "../contract/dataset.ts";
import type { Example } from "../datasets/example.ts";
import { valueIn } from "../domain/metrics/metric.ts";
import { shownMetrics } from "../domain/metrics/metrics.ts";
import type { Arm } from "./arm.ts";
import { evaluateArms } from "./evaluate.ts";
import type { Answers, Evaluation } from "./evaluation.ts";
import { addPoint, type End, enterStage, notFinite, type Session, stopped } from "./session.ts";

/**
 * Null if the split was evaluated, or is empty. An arm whose best epoch was restored is evaluated as of that epoch. Predictions are told of the last evaluation
 * alone: there is one a picture.
 */
export async function evaluateSplit(
  session: Session,
  split: SplitName,
  epoch: number,
  isLast: boolean,
): Promise<End | null> {
  const { arms, step } = session;
  if (picturesOfSplit(session, split).length === 0) return null;
  await session.points.flush();
  await enterStage(session, split === "test" ? "testing" : "validating", epoch);
  const evaluations = await evaluated(session, split, arms);
  if (!evaluations) return stopped(session.interrupter);
  if (!evaluations.every(({ result }) => Object.values(result).every(Number.isFinite))) return notFinite(step);

  for (const [arm, evaluation] of evaluations.entries()) {
    const { restoredEpoch } = arms[arm]!;
    const ofEpoch = restoredEpoch ?? epoch;
    const ofStep = restoredEpoch === null ? step : restoredEpoch * session.length.stepsPerEpoch;
    for (const metric of shownMetrics()) {
      const value = valueIn(evaluation.result, metric);
      if (value !== null) addPoint(session, arm, ofEpoch, split, "epoch", metric.id, value, ofStep);
    }
    await session.points.flush();
    await tellEvaluation(session, arm, split, ofEpoch, evaluation, isLast);
    if (split === "test") await tellAnswers(session, arm, split, ofEpoch, evaluation.answers);
    else keepAnswers(session, arm, evaluation.answers);
    if (split === "validation") monitor(arms[arm]!, epoch, evaluation);
  }
  return null;
}

function monitor({ configuration: { training }, evaluations }: Arm, epoch: number, { result }: Evaluation): void {
  const value = training.monitor.split === "validation" ? result[training.monitor.metric] : undefined;
  if (value !== undefined) evaluations.push({ epoch, value });
}

/**
 * Looks at the validation pictures with the weights that an arm ends with, where what was answered last is of others or of an earlier attempt, for its logits
 * and, where there is no test, its predictions; its figures are known.
 */
export async function evaluateAgain(
  session: Session,
  arm: number,
  epoch: number,
  hasTest: boolean,
): Promise<End | null> {
  if (picturesOfSplit(session, "validation").length === 0) return null;
  await enterStage(session, "validating", epoch);
  const evaluations = await evaluated(session, "validation", [session.arms[arm]!]);
  if (!evaluations) return stopped(session.interrupter);
  if (!hasTest) await tellEvaluation(session, arm, "validation", epoch, evaluations[0]!, true);
  keepAnswers(session, arm, evaluations[0]!.answers);
  return null;
}

/** More logits than these of one split, 32 MB, are not kept. */
const mostKeptLogits = 8_000_000;

/** Whether the split's logits are few enough to be kept. */
export function areLogitsKept(session: Session, split: SplitName): boolean {
  const pictures = picturesOfSplit(session, split).length;
  return pictures > 0 && pictures * session.arms[0]!.classes <= mostKeptLogits;
}

function keepAnswers(session: Session, arm: number, answers: Answers): void {
  if (areLogitsKept(session, "validation")) session.validationAnswers.set(arm, answers);
}

/** Of the weights that the arm ends with. */
export async function tellAnswers(
  session: Session,
  arm: number,
  split: SplitName,
  epoch: number,
  { classes, examples, labels, logits }: Answers,
): Promise<void> {
  if (!areLogitsKept(session, split)) return;
  await session.sink({ kind: "answered", arm, split, epoch, classes, examples, labels, logits });
}

/** Those that can be evaluated: by now all are decoded. */
export function picturesOfSplit({ splits, cache }: Session, split: SplitName): readonly Example[] {
  return usableExamples(splits[split], cache);
}

function evaluated(session: Session, split: SplitName, arms: readonly Arm[]): Promise<Evaluation[] | null> {
  return answersOf(session, picturesOfSplit(session, split), arms);
}

/** What these arms answer to these pictures; null if it was interrupted. */
export async function answersOf(
  session: Session,
  examples: readonly Example[],
  arms: readonly Arm[],
): Promise<Evaluation[] | null> {
  const { cache, batchSize, interrupter, pace } = session;
  const startedAt = performance.now();
  const evaluations = await evaluateArms({ arms, examples, cache, batchSize, interrupter });
  if (evaluations) {
    pace.evaluated(examples.length, (performance.now() - startedAt) / 1000);
    session.done.picturesLookedAt += (examples.length * arms.length) / session.arms.length;
  }
  return evaluations;
}

function tellEvaluation(
  { sink, length }: Session,
  arm: number,
  split: SplitName,
  epoch: number,
  { result, confusion, predictions }: Evaluation,
  isLast: boolean,
): Promise<void> {
  const step = epoch * length.stepsPerEpoch;
  const told = { result, confusion: { split, epoch, counts: confusion }, predictions: isLast ? predictions : null };
  return sink({ kind: "evaluated", arm, split, epoch, step, ...told });
}
