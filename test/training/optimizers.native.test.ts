import { expect, test } from "vitest";
import type { Optimizer } from "../../src-main/contract/configuration.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { applyGradients, bindOptimizer, clipByGlobalNorm, joinGradients } from "../../src-main/training/optimizers.ts";

/** Where a weight of 1 stands after each gradient. */
function walk(optimizer: Optimizer, learningRate: number, gradients: number[], shrink = 0): number[] {
  const before = tf.memory().numTensors;
  const weight = tf.tidy(() => tf.variable(tf.tensor1d([1])));
  const bound = bindOptimizer(optimizer, null, [weight], new Set(shrink > 0 ? [weight] : []));
  const positions = gradients.map((gradient, index) => {
    tf.tidy(() => {
      applyGradients(
        bound,
        joinGradients(bound, () => tf.tensor1d([gradient])),
        {
          learningRate: tf.scalar(learningRate * bound.rule.rateFactor(index + 1)),
          weightShrink: tf.scalar(shrink),
        },
      );
    });
    return weight.dataSync()[0]!;
  });
  bound.dispose();
  weight.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return positions;
}

const close = (values: number[]) => values.map((value) => expect.closeTo(value, 6));

test("decoupled decay takes its share off the weight, whatever the gradient", () => {
  expect(walk({ kind: "sgd", momentum: 0, isNesterov: false }, 0.1, [2, 0], 0.5)).toEqual(close([0.3, 0.15]));
});

test("plain gradient descent takes rate times gradient off", () => {
  expect(walk({ kind: "sgd", momentum: 0, isNesterov: false }, 0.1, [2, 1])).toEqual(close([0.8, 0.7]));
});

test("momentum carries half of the first gradient into the second step", () => {
  // m = 2, then 0.5·2 + 1 = 2.
  expect(walk({ kind: "sgd", momentum: 0.5, isNesterov: false }, 0.1, [2, 1])).toEqual(close([0.8, 0.6]));
});

test("Nesterov's momentum looks one step ahead", () => {
  // 2 + 0.5·2 = 3, then 1 + 0.5·2 = 2.
  expect(walk({ kind: "sgd", momentum: 0.5, isNesterov: true }, 0.1, [2, 1])).toEqual(close([0.7, 0.5]));
});

const rmsprop = { kind: "rmsprop", decay: 0.5, momentum: 0.5, epsilon: 2, initialMeanSquare: 0 } as const;

test("RMSProp adds epsilon inside the root; its mean square begins at zero, as in Keras", () => {
  // s = ½·0 + ½·4 = 2, 2/√(2+2) = 1; s = ½·2 + ½·2 = 2, √2/√4 = 0.7071, m = ½ + 0.7071.
  expect(walk(rmsprop, 1, [2, Math.SQRT2])).toEqual(close([0, -1.2071068]));
});

test("RMSProp's mean square begins at one where it is asked to, as in TensorFlow 1", () => {
  // s = ½·1 + ½·4 = 2.5, 2/√(2.5+2) = 0.9428; s = ½·2.5 + ½·2 = 2.25, √2/√4.25 = 0.68599, m = ½·0.9428 + 0.68599.
  expect(walk({ ...rmsprop, initialMeanSquare: 1 }, 1, [2, Math.SQRT2])).toEqual(close([0.057191, -1.1002079]));
});

test("the first step of the Inception papers' recipe is a third shorter than from zero", () => {
  // ε = 1, decay 0.9, g = 1: 1/√(0.9·1 + 0.1 + 1) = 0.7071 from one, 1/√(0.1 + 1) = 0.9535 from zero.
  const paper = { ...rmsprop, decay: 0.9, momentum: 0.9, epsilon: 1 };
  expect(walk({ ...paper, initialMeanSquare: 1 }, 1, [1])).toEqual(close([1 - Math.SQRT1_2]));
  expect(walk(paper, 1, [1])).toEqual(close([1 - 1 / Math.sqrt(1.1)]));
});

test("Adam's first step is the rate whatever the gradient; then the mean fades faster than its square", () => {
  // Corrected: m̂ = 2, v̂ = 4 → 1. Then m̂ = 0.5/0.75, v̂ = 0.75/0.4375 → 0.509175.
  expect(walk({ kind: "adam", beta1: 0.5, beta2: 0.75, epsilon: 1e-9 }, 0.1, [2, 0])).toEqual(close([0.9, 0.8490825]));
});

function clippedValues(gradients: number[][], clipNorm: number): number[][] {
  tf.engine().startScope();
  const tensors = gradients.map((values) => tf.tensor1d(values));
  const clipped = clipByGlobalNorm(tensors, clipNorm).map((gradient) => Array.from(gradient.dataSync()));
  tf.engine().endScope();
  return clipped;
}

test("gradients whose norm over all weights is 5 are brought to a norm of 1", () => {
  expect(clippedValues([[3, 0], [4]], 1)).toEqual([close([0.6, 0]), close([0.8])]);
});

test("gradients within the norm stay as they are", () => {
  expect(clippedValues([[3, 4]], 6)).toEqual([[3, 4]]);
});
