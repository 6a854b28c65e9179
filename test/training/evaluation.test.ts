import { expect, test } from "vitest";
import { smoothedTargets } from "../../src-main/batches/targets.ts";
import { evaluationOf } from "../../src-main/training/evaluation.ts";

const labels = Int32Array.from([3, 0, 9]);
const examples = Int32Array.from([30, 31, 32]);

test("a perfect predictor of the smoothed targets evaluates to the floor", () => {
  const logits = smoothedTargets(labels, 10, 0.1).map((share) => Math.log(share) - 2);
  const { result } = evaluationOf({ logits, labels, examples, classes: 10 }, "cross-entropy", 0.1, 0);
  expect(result.objectiveFloor).toBeCloseTo(0.5003, 4);
  expect(Math.abs(result.objective! - result.objectiveFloor!)).toBeLessThan(1e-4);
  expect(result.top1).toBe(1);
  expect(result.ece).toBeCloseTo(1 - 0.91, 6);
  expect(result.hardLoss).toBeCloseTo(-Math.log(0.91), 5);
});

test("scores that lead by the margin evaluate to the floor of the hinge loss; the hard loss stays cross-entropy", () => {
  const logits = Float32Array.from({ length: 30 }, (_, i) => (i % 10 === labels[Math.floor(i / 10)] ? 1 : 0));
  const { result } = evaluationOf({ logits, labels, examples, classes: 10 }, "hinge", 0.1, 0.25);
  expect(result.objectiveFloor).toBeCloseTo(0.9, 12);
  expect(result.objective).toBeCloseTo(0.9 + 0.25, 5);
  expect(result.hardLoss).toBeCloseTo(Math.log(1 + 9 / Math.E), 6);
});

test("against one-hot targets the objective is the hard loss and the penalty", () => {
  const logits = Float32Array.from([Math.log(3), 0]);
  const { result } = evaluationOf(
    { logits, labels: Int32Array.of(0), examples: Int32Array.of(7), classes: 2 },
    "cross-entropy",
    0,
    0.25,
  );
  expect(result.hardLoss).toBeCloseTo(Math.log(4 / 3), 6);
  expect(result.objective).toBeCloseTo(Math.log(4 / 3) + 0.25, 6);
  expect(result.objectiveFloor).toBe(0);
});

test("top-5 is left out where five classes or fewer can be answered", () => {
  const top5Of = (classes: number) => {
    // The true class, 0, comes last.
    const logits = Float32Array.from({ length: classes }, (_, i) => i);
    const answers = { logits, labels: Int32Array.of(0), examples: Int32Array.of(7), classes };
    return evaluationOf(answers, "cross-entropy", 0, 0).result.top5;
  };
  expect([2, 5, 6, 10].map(top5Of)).toEqual([undefined, undefined, 0, 0]);
});

test("each picture's answer is kept with its confidence and that of the true class", () => {
  const logits = Float32Array.from([Math.log(3), 0, 0, Math.log(3)]);
  const answers = { logits, labels: Int32Array.of(0, 0), examples: Int32Array.of(7, 8), classes: 2 };
  expect(evaluationOf(answers, "cross-entropy", 0, 0)).toMatchObject({
    confusion: [
      [1, 1],
      [0, 0],
    ],
    predictions: [
      { example: 7, label: 0, answer: 0, confidence: expect.closeTo(0.75, 6), trueConfidence: expect.closeTo(0.75, 6) },
      { example: 8, label: 0, answer: 1, confidence: expect.closeTo(0.75, 6), trueConfidence: expect.closeTo(0.25, 6) },
    ],
  });
});
