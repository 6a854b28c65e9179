import { expect, test } from "vitest";
import { confusionCounts } from "../../src-main/domain/metrics/confusion.ts";
import { expectedCalibrationError } from "../../src-main/domain/metrics/ece.ts";
import { hardLoss } from "../../src-main/domain/metrics/hard-loss.ts";
import { largestLogit } from "../../src-main/domain/metrics/largest-logit.ts";
import type { Metric } from "../../src-main/domain/metrics/metric.ts";
import { targetLoss } from "../../src-main/domain/metrics/target-loss.ts";
import { answerOf, topK } from "../../src-main/domain/metrics/top-k.ts";
import { evaluationOf } from "../../src-main/training/evaluation.ts";

/** The value of one metric. */
const valueFor = (metric: Metric, logits: Float32Array, labels: Int32Array, classes: number) =>
  evaluationOf({ logits, labels, examples: labels, classes }, "cross-entropy", 0, 0, [metric]).result[metric.id];
const logits = (...values: number[]) => new Float32Array(values);
const labels = (...values: number[]) => new Int32Array(values);

test("top-1 counts the pictures whose largest logit is the true class", () => {
  expect(topK(logits(1, 2, 0, /**/ 3, 1, 2, /**/ 0, 0, 5), labels(1, 1, 2), 3, 1)).toBeCloseTo(2 / 3, 12);
});

test("top-2 also counts a true class in second place", () => {
  expect(topK(logits(1, 2, 0, /**/ 3, 1, 2, /**/ 4, 3, 5), labels(0, 1, 0), 3, 2)).toBeCloseTo(2 / 3, 12);
});

test("of equal logits the lower class answers, in top-k and in the answer alike", () => {
  expect(answerOf(logits(2, 2, 1))).toBe(0);
  expect(topK(logits(2, 2, 1), labels(0), 3, 1)).toBe(1);
  expect(topK(logits(2, 2, 1), labels(1), 3, 1)).toBe(0);
});

test("with fewer classes than k every picture counts", () => {
  expect(topK(logits(9, 0, 0, 9), labels(1, 0), 2, 5)).toBe(1);
});

test("hard loss is the mean of −ln p of the true class", () => {
  // p = 3/4 and 1/4 for logits ln 3 and 0.
  expect(valueFor(hardLoss, logits(Math.log(3), 0, Math.log(3), 0), labels(0, 1), 2)).toBeCloseTo(
    (Math.log(4 / 3) + Math.log(4)) / 2,
    6,
  );
});

test("hard loss of huge logits is their distance, not infinity", () => {
  expect(valueFor(hardLoss, logits(1000, 0), labels(1), 2)).toBe(1000);
});

test("target loss weighs −ln p by the target, and leaves out a class without a share", () => {
  const half = Math.log(2);
  expect(targetLoss("cross-entropy", logits(0, 0), new Float32Array([0.9, 0.1]), 2)).toBeCloseTo(half, 6);
  expect(targetLoss("cross-entropy", logits(Number.NEGATIVE_INFINITY, 0), new Float32Array([0, 1]), 2)).toBe(0);
});

test("calibration error of four answers in two bins", () => {
  // Bin (0.5, 1]: 0.6 wrong, 0.8 right, 1.0 right → |2 − 2.4| = 0.4. Bin (0, 0.5]: 0.5 right → 0.5. Together 0.9 over 4.
  expect(expectedCalibrationError([0.6, 0.8, 1, 0.5], [false, true, true, true], 2)).toBeCloseTo(0.225, 12);
});

test("with 15 bins two answers 0.01 apart across an edge do not cancel", () => {
  // 0.66 lies in (9/15, 10/15], 0.67 in (10/15, 11/15]: 0.34 and 0.67 apart.
  expect(expectedCalibrationError([0.66, 0.67], [true, false])).toBeCloseTo((0.34 + 0.67) / 2, 12);
});

test("largest logit is measured from the mean, so that a common shift changes nothing", () => {
  expect(valueFor(largestLogit, logits(4, 1, 1), labels(0), 3)).toBe(2);
  expect(valueFor(largestLogit, logits(104, 101, 101), labels(0), 3)).toBe(2);
});

test("confusion counts stand at [true class][answer]", () => {
  expect(confusionCounts([0, 0, 1], [0, 1, 1], 2)).toEqual([
    [1, 1],
    [0, 1],
  ]);
});
