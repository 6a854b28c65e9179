/**
 * Labels that are likely wrong, by confident learning (Northcutt, Jiang and Chuang 2021, section 3.1): from answers to pictures that were not trained on.
 *
 * The threshold of a class is the mean probability that pictures of that label get for it. A picture is a suspect where a network answers another class
 * with at least that class's threshold. The paper asks every class and not the answer alone, which differs where a class that is not the answer reaches its
 * threshold and the answer does not.
 */
import type { Prediction } from "../contract/run.ts";

/** The less likely the label, the earlier: measured by `test/bench/label-suspects.ts`, the margin between answer and label finds fewer wrong ones. */
export function labelSuspects(predictions: readonly Prediction[]): readonly Prediction[] {
  const thresholds = thresholdsOf(predictions);
  return predictions
    .filter(({ label, answer, confidence }) => answer !== label && confidence >= (thresholds.get(answer) ?? 1))
    .sort((a, b) => a.trueConfidence - b.trueConfidence || a.example - b.example);
}

/** Of classes that some picture is labelled as. */
function thresholdsOf(predictions: readonly Prediction[]): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { label, trueConfidence } of predictions) {
    const { sum, count } = sums.get(label) ?? { sum: 0, count: 0 };
    sums.set(label, { sum: sum + trueConfidence, count: count + 1 });
  }
  return new Map([...sums].map(([label, { sum, count }]) => [label, sum / count]));
}
