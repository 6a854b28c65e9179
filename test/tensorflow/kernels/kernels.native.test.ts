import type { Rank, Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { biasAdd, relu, tanh } from "../../../src-main/tensorflow/kernels/activation.ts";
import { batchNormInference, batchNormTraining } from "../../../src-main/tensorflow/kernels/batch-norm.ts";
import { dropOut } from "../../../src-main/tensorflow/kernels/dropout.ts";
import { matMul, pointwiseConvolution } from "../../../src-main/tensorflow/kernels/mat-mul.ts";
import { tf } from "../../../src-main/tensorflow/runtime.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
  tf.engine().startScope();
});
afterEach(() => {
  tf.engine().endScope();
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

function expectClose(actual: Tensor, expected: Tensor, within = 1e-4): void {
  expect(actual.shape).toEqual(expected.shape);
  const difference = tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0];
  expect(difference).toBeLessThan(within);
}
/** Loss with a different pull on every value, so that no part of a gradient cancels. */
const pull = (x: Tensor) => tf.sum(tf.mul(x, tf.sin(tf.reshape(tf.range(0, x.size), x.shape))));

describe("batch normalisation", () => {
  const epsilon = 0.001;
  const x = () => tf.randomNormal<Rank.R4>([6, 3, 5, 4], 0.5, 2, "float32", 7);
  const gamma = () => tf.tensor1d([1, 0.5, 2, -1]);
  const beta = () => tf.tensor1d([0, 1, -1, 0.3]);
  const still = () => ({ movingMean: tf.zeros([4]), movingVariance: tf.ones([4]) });

  const composed = (input: Tensor4D, scale: Tensor1D, shift: Tensor1D) => {
    const { mean, variance } = tf.moments(input, [0, 1, 2]);
    return tf.add(tf.mul(tf.div(tf.sub(input, mean), tf.sqrt(tf.add(variance, epsilon))), scale), shift);
  };
  const fused = (input: Tensor4D, scale: Tensor1D, shift: Tensor1D) =>
    batchNormTraining(input, { gamma: scale, beta: shift, ...still() }, epsilon, 0.1).output;

  it("equals its definition in plain operations", () => {
    const input = x();
    expectClose(fused(input, gamma(), beta()), composed(input, gamma(), beta()));
  });

  it("has the gradients of its definition", () => {
    const inputs = [x(), gamma(), beta()];
    const gradientsOf = (operation: typeof composed) =>
      tf.grads((a, b, c) => pull(operation(a as Tensor4D, b as Tensor1D, c as Tensor1D)).asScalar())(inputs);
    const expected = gradientsOf(composed);
    gradientsOf(fused).forEach((gradient, i) => {
      expectClose(gradient, expected[i] as Tensor);
    });
  });

  it("moves the statistics a tenth of the way to the batch's mean and unbiased variance", () => {
    // Mean 2; squared deviations 1, 1, 1, 1 over n − 1 = 3.
    const input = tf.tensor4d([1, 3, 1, 3], [4, 1, 1, 1]);
    const weights = {
      gamma: tf.ones([1]),
      beta: tf.zeros([1]),
      movingMean: tf.tensor1d([10]),
      movingVariance: tf.tensor1d([1]),
    };
    const { movingMean, movingVariance } = batchNormTraining(input, weights, epsilon, 0.1);
    expect(movingMean.dataSync()[0]).toBeCloseTo(0.9 * 10 + 0.1 * 2, 5);
    expect(movingVariance.dataSync()[0]).toBeCloseTo(0.9 * 1 + 0.1 * (4 / 3), 5);
  });

  it("normalises by the moving statistics outside training", () => {
    const weights = {
      gamma: tf.tensor1d([2]),
      beta: tf.tensor1d([5]),
      movingMean: tf.tensor1d([3]),
      movingVariance: tf.tensor1d([4]),
    };
    const output = batchNormInference(tf.tensor4d([3, 7], [2, 1, 1, 1]), weights, 0);
    expectClose(output, tf.tensor4d([5, 9], [2, 1, 1, 1]));
    // A straight line of slope γ / √(variance + ε).
    const pulled = tf.grad((x) => tf.sum(tf.square(batchNormInference(x as Tensor4D, weights, 5))));
    const at = (x: number) => 2 * ((2 / 3) * (x - 3) + 5) * (2 / 3);
    expectClose(pulled(tf.tensor4d([3, 7], [2, 1, 1, 1])), tf.tensor4d([at(3), at(7)], [2, 1, 1, 1]));
  });
});

describe("bias and ReLU", () => {
  it("have the values and gradients of their definitions", () => {
    const x = tf.tensor4d([-1, 2, 0.5, -3, 4, 1], [3, 1, 1, 2]);
    const bias = tf.tensor1d([0.5, -1.5]);
    expectClose(relu(biasAdd(x, bias)), tf.maximum(tf.add(x, bias), 0));
    const gradientsOf = (operation: (a: Tensor, b: Tensor) => Tensor) =>
      tf.grads((a, b) => pull(operation(a as Tensor, b as Tensor)).asScalar())([x, bias]);
    const expected = gradientsOf((a, b) => tf.relu(tf.add(a, b)));
    gradientsOf((a, b) => relu(biasAdd(a, b))).forEach((gradient, i) => {
      expectClose(gradient, expected[i] as Tensor);
    });
  });
});

describe("tanh", () => {
  it("has tfjs's values and gradient", () => {
    const x = tf.randomNormal<Rank.R4>([2, 3, 3, 4], 0, 2, "float32", 3);
    expectClose(tanh(x), tf.tanh(x), 1e-6);
    const gradientOf = (operation: (input: Tensor) => Tensor) => tf.grad((a) => pull(operation(a)).asScalar())(x);
    expectClose(gradientOf(tanh), gradientOf(tf.tanh), 1e-6);
  });
});

describe("dropout", () => {
  const ones = () => tf.ones<Rank.R2>([100, 100]);

  it("repeats its mask with the same seed and stream, and draws another with either changed", () => {
    const mask = (seed: number, stream: number) => dropOut(ones(), 0.5, seed, stream).dataSync();
    expect(mask(1, 0)).toEqual(mask(1, 0));
    expect(mask(1, 0)).not.toEqual(mask(2, 0));
    expect(mask(1, 0)).not.toEqual(mask(1, 1));
  });

  it("zeroes its share and scales the rest so that the mean stays", () => {
    const values = [...dropOut(ones(), 0.2, 3, 0).dataSync()];
    expect(new Set(values)).toEqual(new Set([0, 1.25]));
    // 10,000 draws: five deviations of √(0.2 · 0.8 / 10,000) = 0.004.
    expect(Math.abs(values.filter((v) => v === 0).length / 10_000 - 0.2)).toBeLessThan(0.02);
  });

  it("passes gradients where it passed values", () => {
    const gradient = tf.grad((x) => tf.sum(dropOut(x, 0.5, 3, 0)))(ones());
    expect(gradient.dataSync()).toEqual(dropOut(ones(), 0.5, 3, 0).dataSync());
  });
});

describe("a product of matrices", () => {
  it.each([
    ["few rows and many columns", 2, 9],
    ["more rows than columns", 9, 2],
  ])("has tfjs's values and gradients with %s", (_, rows, columns) => {
    const inputs = [
      tf.randomNormal<Rank.R2>([rows, columns], 0, 1, "float32", 3),
      tf.randomNormal<Rank.R2>([columns, 5], 0, 1, "float32", 4),
    ] as const;
    expectClose(matMul(...inputs), tf.matMul(...inputs));
    const gradientsOf = (operation: typeof matMul) =>
      tf.grads((a, b) => pull(operation(a as Tensor2D, b as Tensor2D)).asScalar())([...inputs]);
    const expected = gradientsOf((a, b) => tf.matMul(a, b));
    gradientsOf(matMul).forEach((gradient, i) => {
      expectClose(gradient, expected[i] as Tensor);
    });
  });
});

describe("a 1×1 convolution as a product", () => {
  it("has the values and gradients of the convolution", () => {
    const inputs = [
      tf.randomNormal<Rank.R4>([3, 4, 5, 6], 0, 1, "float32", 3),
      tf.randomNormal<Rank.R4>([1, 1, 6, 7], 0, 1, "float32", 4),
    ] as const;
    const convolution = (x: Tensor4D, kernel: Tensor4D) => tf.conv2d<Tensor4D>(x, kernel, 1, "same");
    expectClose(pointwiseConvolution(...inputs), convolution(...inputs));
    const gradientsOf = (operation: typeof convolution) =>
      tf.grads((x, kernel) => pull(operation(x as Tensor4D, kernel as Tensor4D)).asScalar())([...inputs]);
    const expected = gradientsOf(convolution);
    gradientsOf(pointwiseConvolution).forEach((gradient, i) => {
      expectClose(gradient, expected[i] as Tensor);
    });
  });
});
