/** What one look at one split says, from logits and true classes in plain arrays. */

import { smoothedTargets } from "../batches/targets.ts";
import type { Loss } from "../contract/architecture.ts";
import { type EvaluationResult, hasTop5 } from "../contract/metric.ts";
import type { Prediction } from "../contract/run.ts";
import { targetFloor } from "../domain/objective-floor.ts";
import { confusionCounts } from "../metrics/confusion.ts";
import { expectedCalibrationError } from "../metrics/ece.ts";
import { hardLoss } from "../metrics/hard-loss.ts";
import { largestLogit } from "../metrics/largest-logit.ts";
import { logSoftmax } from "../metrics/softmax.ts";
import { targetLoss } from "../metrics/target-loss.ts";
import { answerOf, topK } from "../metrics/top-k.ts";

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
export function evaluationOf(answers: Answers, loss: Loss, smoothing: number, penalty: number): Evaluation {
  const { logits, labels, classes } = answers;
  const predictions = predictionsOf(answers);
  return {
    result: {
      pictures: labels.length,
      top1: topK(logits, labels, classes, 1),
      top5: hasTop5(classes) ? topK(logits, labels, classes, 5) : null,
      hardLoss: hardLoss(logits, labels, classes),
      objective: targetLoss(loss, logits, smoothedTargets(labels, classes, smoothing), classes) + penalty,
      objectiveFloor: targetFloor(loss, classes, smoothing),
      ece: expectedCalibrationError(
        predictions.map((prediction) => prediction.confidence),
        predictions.map((prediction) => prediction.answer === prediction.label),
      ),
      largestLogit: largestLogit(logits, classes),
    },
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
