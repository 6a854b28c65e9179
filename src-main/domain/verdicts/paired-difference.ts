/** How sure differences are, over the pictures that both arms answered. */
import type { ComparisonView, DifferenceWithInterval } from "../../contract/comparison.ts";
import type { Prediction } from "../../contract/run.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { calibrationDifferences } from "./calibration-errors.ts";
import { exactMcnemar } from "./mcnemar.ts";
import { pictureDifference } from "./picture-difference.ts";

/**
 * Share of pictures that the second run got right less the first's share, with a 95 % interval: the adjusted Wald interval for paired proportions of
 * Bonett & Price (2012, "Adjusted Wald Confidence Interval for a Difference of Binomial Proportions Based on Paired Data"), which adds one picture to
 * each of the two discordant counts, so that it has a width even where the arms never disagree.
 *
 * It is the uncertainty over pictures, of these two trained networks. It says nothing of what other seeds would have given.
 */
export function pairedDifference(answers: {
  readonly pictures: number;
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
}): DifferenceWithInterval | null {
  const { pictures, onlyFirstRight, onlySecondRight } = answers;
  if (pictures === 0) return null;
  const first = (onlyFirstRight + 1) / (pictures + 2);
  const second = (onlySecondRight + 1) / (pictures + 2);
  const centre = second - first;
  const halfWidth = normalQuantile * Math.sqrt((first + second - centre * centre) / (pictures + 2));
  return {
    value: (onlySecondRight - onlyFirstRight) / pictures,
    low: Math.max(-1, centre - halfWidth),
    high: Math.min(1, centre + halfWidth),
  };
}

/**
 * Hard loss of the second less the first's, in nats, with a 95 % interval by Student's t over the pictures' own differences. Null for fewer than two pictures,
 * and where a probability was too small to be recorded: it has no logarithm.
 */
export function pairedLossDifference(
  first: readonly Prediction[],
  second: readonly Prediction[],
): DifferenceWithInterval | null {
  const differences = first.map(({ trueConfidence }, picture) =>
    Math.log(trueConfidence / second[picture]!.trueConfidence),
  );
  return withoutTest(pictureDifference(differences));
}

function withoutTest(found: DifferenceWithInterval | null): DifferenceWithInterval | null {
  return found && { value: found.value, low: found.low, high: found.high };
}

/** ECE of the second less the first's, with a 95 % interval over pictures; null for fewer than two. */
export function pairedCalibrationDifference(
  first: readonly Prediction[],
  second: readonly Prediction[],
): DifferenceWithInterval | null {
  const graded = (answers: readonly Prediction[]) => ({
    confidences: answers.map(({ confidence }) => confidence),
    isRight: answers.map(({ label, answer }) => label === answer),
  });
  const { differences, bias } = calibrationDifferences([[graded(first), graded(second)]]);
  const found = withoutTest(pictureDifference(Array.from(differences[0]!), bias));
  return found && { ...found, low: Math.max(-1, found.low), high: Math.min(1, found.high) };
}

/** All that is told of two runs by their answers to the same pictures, in the same order: nothing of more runs, or where one has no answers to some. */
export function pairedFigures(
  answers: readonly (readonly Prediction[])[],
): Pick<ComparisonView, "top1Difference" | "hardLossDifference" | "eceDifference" | "mcnemar"> {
  const [first = [], second = []] = answers;
  const isSame = first.every(({ example }, picture) => second[picture]?.example === example);
  if (answers.length !== 2 || first.length === 0 || first.length !== second.length || !isSame)
    return { top1Difference: null, hardLossDifference: null, eceDifference: null, mcnemar: null };
  const isRight = ({ label, answer }: Prediction) => label === answer;
  const onlyRight = (one: readonly Prediction[], other: readonly Prediction[]) =>
    one.filter((answer, picture) => isRight(answer) && !isRight(other[picture]!)).length;
  const [onlyFirstRight, onlySecondRight] = [onlyRight(first, second), onlyRight(second, first)];
  return {
    top1Difference: pairedDifference({ pictures: first.length, onlyFirstRight, onlySecondRight }),
    hardLossDifference: pairedLossDifference(first, second),
    eceDifference: pairedCalibrationDifference(first, second),
    mcnemar: { onlyFirstRight, onlySecondRight, p: exactMcnemar(onlyFirstRight, onlySecondRight) },
  };
}
