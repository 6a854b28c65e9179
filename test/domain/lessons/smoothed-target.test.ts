import { expect, it } from "vitest";
import { trainGap } from "../../../src-main/domain/lessons/gap-toy.ts";
import {
  gapAtOptimum,
  gapOfConfidence,
  gradientAt,
  lossAt,
  smoothedTarget,
} from "../../../src-main/domain/lessons/smoothed-target.ts";
import { targetEntropy } from "../../../src-main/domain/runs/objective-floor.ts";

const cases = [
  [2, 0.1],
  [10, 0.1],
  [1_000, 0.1],
  [5, 0.4],
] as const;

it.each(cases)(
  "with %i classes and ε = %f the loss is least, and its gradient none, where softmax gives the target",
  (classes, epsilon) => {
    const target = smoothedTarget(classes, epsilon);
    expect(target.right + (classes - 1) * target.wrong).toBeCloseTo(1, 12);
    expect(lossAt(target, classes, target.right)).toBeCloseTo(targetEntropy(classes, epsilon), 12);
    for (const away of [-1e-3, 1e-3])
      expect(lossAt(target, classes, target.right + away)).toBeGreaterThan(targetEntropy(classes, epsilon));
    expect(gradientAt(target, classes, target.right).right).toBeCloseTo(0, 12);
    expect(gradientAt(target, classes, target.right).wrong).toBeCloseTo(0, 12);
    expect(gapOfConfidence(classes, target.right)).toBeCloseTo(gapAtOptimum(classes, epsilon), 10);
  },
);

it("the gradient is the loss' slope in the true class' logit", () => {
  const [classes, target] = [7, smoothedTarget(7, 0.2)];
  const lossOf = (logit: number) => lossAt(target, classes, Math.exp(logit) / (Math.exp(logit) + classes - 1));
  const logit = 1.3;
  const confidence = Math.exp(logit) / (Math.exp(logit) + classes - 1);
  const slope = (lossOf(logit + 1e-5) - lossOf(logit - 1e-5)) / 2e-5;
  expect(gradientAt(target, classes, confidence).right).toBeCloseTo(slope, 8);
});

it("a smoothed target stops the gap at its optimum; a one-hot one does not, and weight decay at what its λ says", () => {
  const toy = { classes: 10, learningRate: 0.5, layers: 3, weightDecay: 0, steps: 10_000 };
  const endOf = (change: Partial<Parameters<typeof trainGap>[0]>) =>
    trainGap({ ...toy, epsilon: 0, ...change }).at(-1)!.gap;
  expect(endOf({ epsilon: 0.1 })).toBeCloseTo(gapAtOptimum(10, 0.1), 6);
  expect(gapAtOptimum(10, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(endOf({ steps: 10_000 })).toBeGreaterThan(endOf({ steps: 1_000 }) + 1);
  expect(endOf({ weightDecay: 1e-2 })).toBeLessThan(endOf({ weightDecay: 1e-3 }));
  const told = trainGap({ ...toy, epsilon: 0 }).map(({ step }) => step);
  expect(told.slice(0, 7)).toEqual([1, 2, 3, 5, 7, 10, 20]);
  expect(told.at(-1)).toBe(10_000);
});
