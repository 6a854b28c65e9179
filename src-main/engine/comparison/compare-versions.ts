/** Runs on versions of one data set, side by side on the pictures that are the same in all of them. */

import type { ComparisonView, Mistake } from "../../contract/comparison.ts";
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { EvaluationResult } from "../../contract/metric.ts";
import type { Prediction, RunView } from "../../contract/run.ts";
import { confusionCounts } from "../../domain/metrics/confusion.ts";
import { ece, expectedCalibrationError } from "../../domain/metrics/ece.ts";
import { hardLoss } from "../../domain/metrics/hard-loss.ts";
import { top1 } from "../../domain/metrics/top-1.ts";
import { pairedFigures } from "../../domain/verdicts/paired-difference.ts";
import { sharedAnswers } from "../../domain/versions/shared-answers.ts";
import type { Store } from "../../store/open-store.ts";

type Compared = Omit<ComparisonView, "runs" | "differences" | "split" | "testLooks">;

/**
 * Figures are made anew of the recorded answers, and those that these do not hold, as top-5, have no value.
 * @throws StrataError `run.no-answers`; `run.not-comparable` where the versions share no picture
 */
export function compareVersions(
  store: Store,
  runs: readonly RunView[],
  split: SplitName,
  mostMistakes: number,
): Compared {
  const answered = runs.map(({ id, dataset }) => {
    const predictions = store.evaluations.namedPredictions(id, split);
    if (predictions.length === 0) throw new StrataError("run.no-answers", { runId: id });
    return { classes: dataset.classes, predictions };
  });
  const { classes, answers } = sharedAnswers(answered);
  const pictures = answers[0]?.length ?? 0;
  if (pictures === 0)
    throw new StrataError("run.not-comparable", {
      problem: `their versions of the pictures share no ${split} picture with the same label`,
    });
  return {
    shared: { pictures, leftOut: answered.map(({ predictions }) => predictions.length - pictures) },
    classes,
    results: answers.map(resultOf),
    confusions: answers.map((answer, run) => ({
      split,
      epoch: runs[run]!.restoredEpoch ?? runs[run]!.epochsDone,
      counts: confusionCounts(
        answer.map(({ label }) => label),
        answer.map((one) => one.answer),
        classes.length,
      ),
    })),
    mistakes: surestMistakes(answers).slice(0, mostMistakes),
    ...pairedFigures(answers),
  };
}

const isRight = ({ label, answer }: Prediction): boolean => label === answer;

function resultOf(answers: readonly Prediction[]): EvaluationResult {
  const pictures = answers.length;
  const loss = answers.reduce((sum, { trueConfidence }) => sum - Math.log(trueConfidence), 0) / pictures;
  const confidences = answers.map(({ confidence }) => confidence);
  return {
    pictures,
    [top1.id]: answers.filter(isRight).length / pictures,
    // A probability too small to be recorded has no logarithm.
    ...(Number.isFinite(loss) ? { [hardLoss.id]: loss } : {}),
    [ece.id]: expectedCalibrationError(confidences, answers.map(isRight)),
  };
}

function surestMistakes(answers: readonly (readonly Prediction[])[]): readonly Mistake[] {
  const surestOf = (picture: number) =>
    Math.max(...answers.map((run) => (isRight(run[picture]!) ? 0 : run[picture]!.confidence)));
  return (answers[0] ?? [])
    .map(({ example, label }, picture) => ({ example, label, picture, surest: surestOf(picture) }))
    .filter(({ surest }) => surest > 0)
    .sort((a, b) => b.surest - a.surest || a.example - b.example)
    .map(({ example, label, picture }) => ({
      ...{ example, label },
      answers: answers.map((run) => ({ answer: run[picture]!.answer, confidence: run[picture]!.confidence })),
    }));
}
