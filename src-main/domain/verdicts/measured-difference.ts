/** How far two arms lie apart in one measure, by what their networks answered to the same pictures. */
import type { Prediction } from "../../contract/run.ts";
import type { JudgedMeasure, MeasureVerdict } from "../../contract/verdict.ts";
import { unbiased } from "./bias-bounds.ts";
import { calibrationDifferences } from "./calibration-errors.ts";
import { type CrossedDifference, crossedDifference, leastThatFinds, smallestFound } from "./crossed-difference.ts";
import { exactMcnemar } from "./mcnemar.ts";
import { pairedDifference } from "./paired-difference.ts";
import { pictureDifference } from "./picture-difference.ts";

/** What one run answered, a value a picture; lighter than its predictions. */
export interface JudgedAnswers {
  /** Which pictures they are, in what order and with which labels. */
  readonly examples: Int32Array;
  readonly labels: Int32Array;
  /** Probability of the answer. */
  readonly confidences: Float64Array;
  readonly values: Readonly<Record<Exclude<JudgedMeasure, "balancedAccuracy" | "ece">, Float64Array>>;
}

/** More seeds, or pictures, than anyone would train or collect to tell one difference. */
const mostToTell = { seeds: 100, pictures: 1_000_000 };

export function judgedAnswers(predictions: readonly Prediction[]): JudgedAnswers {
  const isRight = ({ label, answer }: Prediction) => (label === answer ? 1 : 0);
  return {
    examples: Int32Array.from(predictions, ({ example }) => example),
    labels: Int32Array.from(predictions, ({ label }) => label),
    confidences: Float64Array.from(predictions, ({ confidence }) => confidence),
    values: {
      top1: Float64Array.from(predictions, isRight),
      // Of a probability too small to be recorded it is infinite, and has no difference.
      hardLoss: Float64Array.from(predictions, ({ trueConfidence }) => -Math.log(trueConfidence)),
      answerBrier: Float64Array.from(predictions, (one) => (one.confidence - isRight(one)) ** 2),
    },
  };
}

type Pair = readonly [first: JudgedAnswers, second: JudgedAnswers];
export type MeasuredDifference = Omit<MeasureVerdict, "adjustedP" | "isTold">;

/** Null where there are too few pictures, or a difference is no number. */
export function measuredDifference(pairs: readonly Pair[], measure: JudgedMeasure): MeasuredDifference | null {
  const found = differenceOf(pairs, measure);
  // Of two figures from 0 to 1 there is no larger one, however few the pictures are; a loss has no most.
  if (found === null || measure === "hardLoss") return found;
  return { ...found, low: Math.max(-1, found.low), high: Math.min(1, found.high) };
}

function differenceOf(pairs: readonly Pair[], measure: JudgedMeasure): MeasuredDifference | null {
  if (measure === "ece") return calibrationDifference(pairs);
  const weights = measure === "balancedAccuracy" ? balancedWeights(pairs[0]?.[0].labels ?? new Int32Array()) : null;
  if (measure === "balancedAccuracy" && weights === null) return null;
  const of = measure === "balancedAccuracy" ? "top1" : measure;
  const differences = pairs.map(([first, second]) =>
    second.values[of].map((value, picture) => (value - first.values[of][picture]!) * (weights?.[picture] ?? 1)),
  );
  if (differences.length === 1) return overPictures(differences[0]!, measure);
  // As in the interval over pictures alone, so that it has a width where the arms never disagree: one picture more that only the first has right in
  // every seed, and one that only the second has.
  const counted = of === "top1" ? differences.map((one) => withOneEach(one, largestOf(weights))) : differences;
  const found = crossedDifference(counted);
  return found && told(measure, { ...found, value: meanOf(differences) }, differences);
}

function calibrationDifference(pairs: readonly Pair[]): MeasuredDifference | null {
  const graded = ({ confidences, values }: JudgedAnswers) => ({
    confidences,
    isRight: Array.from(values.top1, (right) => right === 1),
  });
  const { differences, bias } = calibrationDifferences(pairs.map(([first, second]) => [graded(first), graded(second)]));
  if (differences.length === 1) {
    const found = pictureDifference(Array.from(differences[0]!), bias);
    return found && { measure: "ece", ...found, ...ofOneSeed };
  }
  const found = crossedDifference(differences, bias);
  return found && told("ece", found, differences, bias);
}

/** Of one seed: what other seeds would have given is not known. */
const ofOneSeed = { smallestFound: null, seedsToTell: null, picturesToTell: null };

/** With what these would have told, and how many would tell what was seen; bias falls with the square root of the pictures. */
function told(
  measure: JudgedMeasure,
  { value, low, high, p, parts }: CrossedDifference,
  differences: readonly Float64Array[],
  bias = unbiased,
): MeasuredDifference {
  const pictures = differences[0]!.length;
  const seeds = differences.length;
  const mostBias = value > 0 ? bias.upward : bias.downward;
  const smallest = (ofPictures: number, ofSeeds: number) =>
    Math.min(ofPictures, ofSeeds) < 2
      ? Number.POSITIVE_INFINITY
      : smallestFound(parts, ofPictures, ofSeeds) + mostBias * Math.sqrt(pictures / ofPictures);
  return {
    ...{ measure, value, low, high, p },
    smallestFound: smallest(pictures, seeds),
    seedsToTell: leastThatFinds(value, mostToTell.seeds, (count) => smallest(pictures, count)),
    picturesToTell: leastThatFinds(value, mostToTell.pictures, (count) => smallest(count, seeds)),
  };
}

function meanOf(differences: readonly Float64Array[]): number {
  const sum = differences.reduce((all, one) => all + one.reduce((total, each) => total + each, 0), 0);
  return sum / differences[0]!.length / differences.length;
}

/** @param size of a picture that counts most */
function withOneEach(differences: Float64Array, size: number): Float64Array {
  const more = new Float64Array(differences.length + 2);
  more.set(differences);
  more.set([size, -size], differences.length);
  return more;
}

/** What each picture counts, n/(K·n_c), so that the mean over pictures is the mean over classes; null where classes have as many pictures each. */
function balancedWeights(labels: Int32Array): Float64Array | null {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (new Set(counts.values()).size < 2) return null;
  return Float64Array.from(labels, (label) => labels.length / (counts.size * counts.get(label)!));
}

function largestOf(weights: Float64Array | null): number {
  return weights?.reduce((largest, one) => Math.max(largest, one)) ?? 1;
}

function overPictures(differences: Float64Array, measure: Exclude<JudgedMeasure, "ece">): MeasuredDifference | null {
  if (measure !== "top1") {
    const found = pictureDifference(Array.from(differences));
    return found && { measure, ...found, ...ofOneSeed };
  }
  const onlySecondRight = differences.filter((one) => one > 0).length;
  const onlyFirstRight = differences.filter((one) => one < 0).length;
  const found = pairedDifference({ pictures: differences.length, onlyFirstRight, onlySecondRight });
  return found && { measure, ...found, p: exactMcnemar(onlyFirstRight, onlySecondRight), ...ofOneSeed };
}
