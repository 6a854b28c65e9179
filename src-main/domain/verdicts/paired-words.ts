/** Differences of two runs on the same pictures, in words: the same on the page and on the command line. */
import type { ComparisonView, DifferenceWithInterval } from "../../contract/comparison.ts";
import { countInWords } from "../health/words.ts";
import { roundedDecimal, roundedDifference } from "../rounding.ts";

/** As in "31 pictures only one-hot has right, 52 only smoothed: McNemar's exact test, p = 0.027". */
export function mcnemarInWords(
  { onlyFirstRight, onlySecondRight, p }: NonNullable<ComparisonView["mcnemar"]>,
  [first, second]: readonly [string, string],
): string {
  const pictures = countInWords(onlyFirstRight, "picture");
  const test = `McNemar's exact test, p ${p < 0.001 ? "< 0.001" : `= ${roundedDecimal(p, 3)}`}`;
  return `${pictures} only ${first} has right, ${roundedDecimal(onlySecondRight, 0)} only ${second}: ${test}`;
}

/** As in "−0.037 nats, 95 % interval over pictures −0.060 to −0.014". */
export const lossDifferenceInWords = (difference: DifferenceWithInterval): string => withInterval(difference, " nats");

/** As in "−0.020, 95 % interval over pictures −0.045 to +0.006": of what is between 0 and 1. */
export const eceDifferenceInWords = (difference: DifferenceWithInterval): string => withInterval(difference, "");

function withInterval({ value, low, high }: DifferenceWithInterval, unit: string): string {
  const [by, from, to] = [value, low, high].map((one) => roundedDifference(one, 3));
  return `${by}${unit}, 95 % interval over pictures ${from} to ${to}`;
}
