/** Differences of expected calibration errors: what they are, and how often their intervals hold what they say. */
import { describe, expect, test } from "vitest";
import { expectedCalibrationError } from "../../../src-main/domain/metrics/ece.ts";
import { foldedNormalBias } from "../../../src-main/domain/statistics/folded-normal.ts";
import { calibrationDifferences } from "../../../src-main/domain/verdicts/calibration-errors.ts";
import { measuredDifference } from "../../../src-main/domain/verdicts/measured-difference.ts";
import { createRandom } from "../../../src-main/platform/random.ts";
import {
  type DrawnNetwork,
  drawnAnswers,
  drawnJudged,
  drawnPictures,
  trueError,
} from "../../support/drawn-calibration.ts";

const usual: DrawnNetwork = { sureness: "mostly sure", truth: "calibrated" };

test("the difference is that of the metric, whatever the signs of the bins", () => {
  const random = createRandom(1, "difference");
  const pictures = drawnPictures(300, random);
  const [first, second] = (["right with its square", "now too sure, now too little"] as const).map((truth) =>
    drawnAnswers({ ...usual, truth }, pictures, random),
  );
  const errorOf = ({ confidences, isRight }: NonNullable<typeof first>) =>
    expectedCalibrationError(confidences, isRight);
  const { differences } = calibrationDifferences([[first!, second!]]);
  const mean = differences[0]!.reduce((sum, one) => sum + one, 0) / 300;
  expect(mean).toBeCloseTo(errorOf(second!) - errorOf(first!), 12);
});

test("an interval ends where differences of two figures from 0 to 1 do, however few the pictures are", () => {
  const random = createRandom(1, "few");
  const few = drawnPictures(3, random);
  const pairs = Array.from(
    { length: 2 },
    () => [drawnJudged(usual, few, random), drawnJudged(usual, few, random)] as const,
  );
  for (const measure of ["top1", "answerBrier", "ece"] as const) {
    const { low, high } = measuredDifference(pairs, measure)!;
    expect([measure, low >= -1, high <= 1]).toEqual([measure, true, true]);
  }
  // It is the bound that is seen here, and no narrow interval.
  expect(measuredDifference(pairs, "ece")).toMatchObject({ low: -1, high: 1 });
});

test("chance adds to a gap what it would to the mean of a folded normal", () => {
  const random = createRandom(1, "folded");
  for (const mean of [0, 0.7, 2, 5]) {
    let sum = 0;
    for (let draw = 0; draw < 200_000; draw++) sum += Math.abs(mean + random.normal()) - mean;
    expect(Math.abs(foldedNormalBias(mean) - sum / 200_000)).toBeLessThan(0.01);
  }
});

/** As often as fits a test; test/bench/calibration-coverage.ts draws more, and docs/results.md has what came of it. */
const draws = 200;

describe("over drawn arms", () => {
  const drawn = (
    truths: readonly DrawnNetwork["truth"][],
    { seeds, pictures: count }: Record<"seeds" | "pictures", number>,
  ) => {
    const arms = truths.map((truth): DrawnNetwork => ({ ...usual, truth, seedSpread: 0.01 }));
    const random = createRandom(1, "arms", ...truths);
    const found = Array.from({ length: draws }, () => {
      const pictures = drawnPictures(count, random);
      const judged = (arm: number) => drawnJudged(arms[arm]!, pictures, random);
      return measuredDifference(
        Array.from({ length: seeds }, () => [judged(0), judged(1)] as const),
        "ece",
      )!;
    });
    const [first, second] = arms.map(trueError);
    const truth = second! - first!;
    const shareOf = (holds: (one: (typeof found)[number]) => boolean) => found.filter(holds).length / draws;
    return {
      held: shareOf(({ low, high }) => low <= truth && truth <= high),
      told: shareOf(({ low, high }) => low > 0 || high < 0),
    };
  };
  const usually = { seeds: 5, pictures: 1_000 };

  test.each([
    { truth: "calibrated", seeds: 3, pictures: 200 },
    { truth: "10 points too sure", seeds: 3, pictures: 200 },
    { truth: "10 points too sure", ...usually },
  ] as const)(
    "two arms that are $truth are told apart in at most 5 of 100, by $seeds seeds and $pictures pictures",
    ({ truth, ...size }) => {
      expect(drawn([truth, truth], size).told).toBeLessThanOrEqual(0.05);
    },
  );
  test("10 points too sure are told from calibrated in at least 80 of 100, and the interval holds it in at least 93", () => {
    const { held, told } = drawn(["calibrated", "10 points too sure"], usually);
    expect(told).toBeGreaterThanOrEqual(0.8);
    expect(held).toBeGreaterThanOrEqual(0.93);
  });
});
