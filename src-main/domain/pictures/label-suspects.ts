/**
 * Labels that are likely wrong, by confident learning (Northcutt, Jiang and Chuang 2021): from answers to pictures that were not trained on. As cleanlab's
 * `find_label_issues` does it unless told otherwise: pruning by noise rate (section 3.2, method 4), the least likely label first.
 *
 * A record has the probabilities of the answer and of the label, and not those of all classes. So a picture counts as its answer, where that is as likely as
 * pictures of that class are on average, and else as its label; and it is a suspect for its answer alone. With two classes that is exactly what
 * cleanlab does; with ten, one to three of the first hundred differed (`test/bench/label-suspects.ts`).
 */
import type { Prediction } from "../../contract/run.ts";
import { groupedBy } from "../grouped-by.ts";

/** The margin between answer and label, by which cleanlab ranks them where asked to, finds half as many wrong ones among the first hundred. */
export function labelSuspects(predictions: readonly Prediction[]): readonly Prediction[] {
  const noise = noiseCounts(predictions);
  return [...groupedBy(predictions, pairOf)]
    .flatMap(([pair, ofPair]) =>
      ofPair
        .filter(({ label, answer }) => answer !== label)
        .sort((a, b) => marginOf(b) - marginOf(a) || a.example - b.example)
        .slice(0, noise.get(pair) ?? 0),
    )
    .sort((a, b) => a.trueConfidence - b.trueConfidence || a.example - b.example);
}

const marginOf = ({ confidence, trueConfidence }: Prediction): number => confidence - trueConfidence;
const pairOf = ({ label, answer }: Pick<Prediction, "label" | "answer">): string => `${label} ${answer}`;

/**
 * How many pictures of each label are of each other class, by label and class: the share of those that count as it among all of the label that count as
 * any, of all pictures of the label.
 */
function noiseCounts(predictions: readonly Prediction[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const ofLabel = groupedBy(predictions, ({ label }) => label);
  const thresholds = new Map([...ofLabel].map(([label, those]) => [label, meanConfidence(those)]));
  for (const [label, those] of ofLabel) {
    const counted = those.map((one) => countedAs(one, thresholds)).filter((answer) => answer !== null);
    // At least one picture of a class is rightly of it.
    const others = counted.filter((answer) => answer !== label);
    const all = Math.max(1, counted.length - others.length) + others.length;
    for (const [answer, { length }] of groupedBy(others, (each) => each))
      counts.set(pairOf({ label, answer }), Math.round((length / all) * those.length));
  }
  return counts;
}

/** The class that a picture is likely of; null where neither its answer nor its label is as likely as its pictures are on average. */
function countedAs(
  { label, answer, confidence, trueConfidence }: Prediction,
  thresholds: ReadonlyMap<number, number>,
): number | null {
  // No picture is labelled as a class without a threshold, so that nothing says how likely such a picture would be.
  if (confidence >= (thresholds.get(answer) ?? 1)) return answer;
  return trueConfidence >= thresholds.get(label)! ? label : null;
}

function meanConfidence(predictions: readonly Prediction[]): number {
  return predictions.reduce((sum, { trueConfidence }) => sum + trueConfidence, 0) / predictions.length;
}
