/** What one evaluation of one split says, from logits and true classes in plain arrays. */

import { smoothedTargets } from "../batches/targets.ts";
import type { Loss } from "../contract/architecture.ts";
import type { EvaluationResult } from "../contract/metric.ts";
import type { Prediction } from "../contract/run.ts";
import { confusionCounts } from "../domain/metrics/confusion.ts";
import type { Metric } from "../domain/metrics/metric.ts";
import { evaluatedMetrics, metrics } from "../domain/metrics/metrics.ts";
import { logSoftmax } from "../domain/metrics/softmax.ts";
import { answerOf } from "../domain/metrics/top-k.ts";

export interface Answers {
  /** Rows of `classes` values, one a picture. */
  readonly logits: Float32Array;
  /** True classes. */
  readonly labels: Int32Array;
  /** Positions in the data set's list. */
  readonly examples: Int32Array;
  readonly classes: number;
}

export interface Evaluation {
  readonly answers: Answers;
  readonly result: EvaluationResult;
  /** `confusion[trueClass][answer]` */
  readonly confusion: readonly (readonly number[])[];
  readonly predictions: readonly Prediction[];
}

/**
 * @param loss what the objective is made of
 * @param smoothing ε of the arm's targets; label noise is never in them here
 * @param penalty ½ · weight decay · Σw²: part of the objective as it is while training; auxiliary heads are not
 */
export function evaluationOf(
  answers: Answers,
  loss: Loss,
  smoothing: number,
  penalty: number,
  all: readonly Metric[] = metrics,
): Evaluation {
  const { labels, classes } = answers;
  const predictions = predictionsOf(answers);
  const targets = smoothedTargets(labels, classes, smoothing);
  const evaluated = { ...answers, predictions, loss, targets, smoothing, penalty };
  const values = evaluatedMetrics(classes, all).map(({ id, formula }) => [id, formula!(evaluated)] as const);
  return {
    answers,
    result: { pictures: labels.length, ...Object.fromEntries(values) },
    confusion: confusionCounts(
      labels,
      predictions.map((prediction) => prediction.answer),
      classes,
    ),
    predictions,
  };
}

function predictionsOf({ logits, labels, examples, classes }: Answers): Prediction[] {
  return Array.from(labels, (label, picture) => {
    const probabilities = logSoftmax(logits, picture, classes).map(Math.exp);
    const answer = answerOf(logits.subarray(picture * classes, (picture + 1) * classes));
    return {
      example: examples[picture]!,
      label,
      answer,
      confidence: probabilities[answer]!,
      trueConfidence: probabilities[label]!,
    };
  });
}
