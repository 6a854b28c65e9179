import type { Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-node-gpu";
import { afterEach, beforeEach, expect, test } from "vitest";
import { smoothedTargets } from "../../src-main/batches/targets.ts";
import { targetLoss } from "../../src-main/domain/metrics/target-loss.ts";
import { targetFloor, trainingFloor } from "../../src-main/domain/runs/objective-floor.ts";
import type { Outputs, Weight } from "../../src-main/models/network.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { multiClassHinge } from "../../src-main/tensorflow/kernels/multi-class-hinge.ts";
import { softmaxCrossEntropy } from "../../src-main/tensorflow/kernels/softmax-cross-entropy.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { batchHardLoss, batchObjective } from "../../src-main/training/loss.ts";
import { evenShares } from "../support/even-shares.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

const outputs = (logits: Tensor2D, auxiliary: Outputs["auxiliary"] = []): Outputs => ({
  logits,
  auxiliary,
  movingUpdates: [],
});
const number = (make: () => { dataSync(): ArrayLike<number> }) => {
  let value = Number.NaN;
  tf.tidy(() => {
    value = make().dataSync()[0]!;
  });
  return value;
};
const kernel = (variable: Variable, isDecayed: boolean): Weight => ({
  name: "k",
  variable,
  isTrainable: true,
  isDecayed,
});

test("the native kernel agrees with the composed formula, value and gradient", () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([1, 2, 3, -1, 0, 5], [2, 3]);
    const targets = tf.tensor2d([0.8, 0.1, 0.1, 0.1, 0.1, 0.8], [2, 3]);
    const composed = (x: Tensor2D) => tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(x)), 1));
    const weights = tf.tensor1d([1, 3]);
    const native = tf.valueAndGrad((x: Tensor2D) => softmaxCrossEntropy(x, targets))(logits, weights);
    const expected = tf.valueAndGrad(composed)(logits, weights);
    expect(tf.max(tf.abs(tf.sub(native.value, expected.value))).dataSync()[0]).toBeLessThan(1e-6);
    expect(tf.max(tf.abs(tf.sub(native.grad, expected.grad))).dataSync()[0]).toBeLessThan(1e-6);
  });
});

test("hard loss of even odds is ln 2", () => {
  expect(
    number(() =>
      batchHardLoss(tf.tensor2d([0, 0, 7, 7], [2, 2]), { labels: tf.tensor1d([0, 1], "int32"), shares: evenShares(2) }),
    ),
  ).toBeCloseTo(Math.LN2, 6);
});

test("the objective sums trunk, weighted head and half the decayed squares", () => {
  const decayed = tf.tidy(() => tf.variable(tf.tensor1d([3, 4])));
  const free = tf.tidy(() => tf.variable(tf.tensor1d([100])));
  const value = number(() => {
    const evenOdds = tf.tensor2d([[0, 0]]);
    const heads = [{ logits: evenOdds, weight: 0.5 }];
    return batchObjective(
      outputs(evenOdds, heads),
      { targets: tf.tensor2d([[1, 0]]), shares: evenShares(1) },
      "cross-entropy",
      [kernel(decayed, true), kernel(free, false)],
      0.1,
    );
  });
  decayed.dispose();
  free.dispose();
  expect(value).toBeCloseTo(1.5 * Math.LN2 + 0.1 * 12.5, 5);
});

test("the objective's gradient through weight decay is factor times weight", () => {
  tf.tidy(() => {
    const weight = tf.variable(tf.tensor2d([[3, -2]]));
    const { grads } = tf.variableGrads(
      () =>
        batchObjective(
          outputs(tf.mul(weight, 0) as Tensor2D),
          { targets: tf.tensor2d([[0.5, 0.5]]), shares: evenShares(1) },
          "cross-entropy",
          [kernel(weight, true)],
          0.1,
        ),
      [weight],
    );
    expect(Array.from(grads[weight.name]!.dataSync())).toEqual([expect.closeTo(0.3, 6), expect.closeTo(-0.2, 6)]);
    weight.dispose();
  });
});

/** ε = 0.1 over ten classes: 0.91 and nine times 0.01, entropy 0.5003 nats. */
const smoothed = Float32Array.from({ length: 10 }, (_, position) => (position === 3 ? 0.91 : 0.01));

test("a perfect predictor of smoothed targets sits on the floor, in training and in evaluation", () => {
  const floor = targetFloor("cross-entropy", 10, 0.1);
  const perfect = smoothed.map((share) => Math.log(share) + 7);
  const trained = number(() =>
    batchObjective(
      outputs(tf.tensor2d(perfect, [1, 10])),
      { targets: tf.tensor2d(smoothed, [1, 10]), shares: evenShares(1) },
      "cross-entropy",
      [],
      0,
    ),
  );
  expect(floor).toBeCloseTo(0.5003, 4);
  expect(Math.abs(trained - floor)).toBeLessThan(1e-4);
  expect(Math.abs(targetLoss("cross-entropy", perfect, smoothed, 10) - floor)).toBeLessThan(1e-4);
});

test("no other logits come below the floor", () => {
  const floor = targetLoss("cross-entropy", smoothed.map(Math.log), smoothed, 10);
  for (const gap of [3, 4, 5, 6]) {
    const guess = Float32Array.from(smoothed, (_, position) => (position === 3 ? gap : 0));
    expect(targetLoss("cross-entropy", guess, smoothed, 10)).toBeGreaterThan(floor);
  }
});

test("the hinge loss is what each class falls short of the margin, by its share in the target", () => {
  // Class 0 leads class 1 by 2 and class 2 by half a margin; class 1 falls short of class 0 by 3 and of class 2 by 2.5.
  const scores = [2, 0, 1.5];
  const losses = (targets: number[]) =>
    number(() => multiClassHinge(tf.tensor2d(scores, [1, 3]), tf.tensor2d(targets, [1, 3])));
  expect(losses([1, 0, 0])).toBeCloseTo(0.5, 6);
  expect(losses([0, 1, 0])).toBeCloseTo(3 + 2.5, 6);
  expect(losses([0.5, 0.5, 0])).toBeCloseTo(3, 6);
});

test("the hinge loss's gradient pushes each class that comes too near by its true class's share, and the true class by their number", () => {
  tf.tidy(() => {
    const gradient = tf.grad((scores) => multiClassHinge(scores as Tensor2D, tf.tensor2d([[1, 0, 0, 0]])));
    expect(Array.from(gradient(tf.tensor2d([[2, 0, 1.5, 3]])).dataSync())).toEqual([-2, 0, 1, 1]);
  });
});

test("a perfect predictor of smoothed targets sits on the hinge loss's floor of ε·(K − 1), in training and in evaluation", () => {
  const floor = targetFloor("hinge", 10, 0.1);
  const perfect = Float32Array.from({ length: 10 }, (_, position) => (position === 3 ? 5 : 4));
  const trained = number(() =>
    batchObjective(
      outputs(tf.tensor2d(perfect, [1, 10])),
      { targets: tf.tensor2d(smoothed, [1, 10]), shares: evenShares(1) },
      "hinge",
      [],
      0,
    ),
  );
  expect(floor).toBeCloseTo(0.9, 12);
  expect(trained).toBeCloseTo(floor, 5);
  expect(targetLoss("hinge", perfect, smoothed, 10)).toBeCloseTo(floor, 5);
});

test("no other scores come below the hinge loss's floor", () => {
  const random = createRandom(1, "scores");
  for (let guess = 0; guess < 1000; guess++) {
    const near = Float32Array.from(smoothed, (_, i) => (i === 3 ? 1 : 0) + 0.3 * (random.uniform() - 0.5));
    expect(targetLoss("hinge", near, smoothed, 10)).toBeGreaterThan(targetFloor("hinge", 10, 0.1) - 1e-6);
  }
});

test("the hinge loss in training is that of an evaluation", () => {
  const random = createRandom(2, "scores");
  const scores = Float32Array.from({ length: 50 }, () => 4 * random.uniform());
  const targets = smoothedTargets([0, 3, 9, 5, 5], 10, 0.2);
  const trained = number(() =>
    batchObjective(
      outputs(tf.tensor2d(scores, [5, 10])),
      { targets: tf.tensor2d(targets, [5, 10]), shares: evenShares(5) },
      "hinge",
      [],
      0,
    ),
  );
  expect(targetLoss("hinge", scores, targets, 10)).toBeCloseTo(trained, 4);
});

test("a picture that only fills up a batch counts in neither loss, nor in their gradients", () => {
  tf.tidy(() => {
    const [counted, filling] = [
      [2, 0, 1.5],
      [0, 9, -4],
    ];
    const losses = (pictures: number[][], shares: number[], loss: "cross-entropy" | "hinge") => {
      const targets = tf.oneHot(tf.zeros([pictures.length], "int32"), 3, 1, 0, "float32") as Tensor2D;
      const batch = { targets, labels: tf.zeros([pictures.length], "int32") as Tensor1D, shares: tf.tensor1d(shares) };
      const measured = [
        (logits: Tensor2D) => batchObjective(outputs(logits, [{ logits, weight: 0.3 }]), batch, loss, [], 0),
        (logits: Tensor2D) => batchHardLoss(logits, batch),
      ];
      return measured.map((of) => {
        const { value, grad } = tf.valueAndGrad(of)(tf.tensor2d(pictures));
        return [...value.dataSync(), ...grad.dataSync()].map((number) => number + 0); // −0 is 0
      });
    };
    for (const loss of ["cross-entropy", "hinge"] as const) {
      const alone = losses([counted!], [1], loss);
      const filledUp = losses([counted!, filling!], [1, 0], loss);
      expect(filledUp).toEqual(alone.map((values) => [...values, 0, 0, 0]));
    }
  });
});

test("each auxiliary head raises the training floor by its weight", () => {
  expect(trainingFloor(0.5, [0.3, 0.3])).toBeCloseTo(0.8, 12);
});
