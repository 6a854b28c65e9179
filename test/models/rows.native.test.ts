import type { Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Architecture, Row } from "../../src-main/contract/architecture.ts";
import type { Network } from "../../src-main/models/network.ts";
import { findArchitecture } from "../../src-main/models/registry.ts";
import {
  adaptivePool,
  branches,
  convolution,
  dense,
  flatten,
  localResponseNorm,
  pool,
} from "../../src-main/models/rows.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { evaluation, training, withNetwork } from "./with-network.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

describe("rows checked by hand", () => {
  const plain = { groups: 1, batchNorm: null, activation: "none" } as const;
  const run = (rows: readonly Row[], inputPixels: number, input: Tensor4D, weights?: (network: Network) => void) => {
    const architecture: Architecture = { ...findArchitecture("alexnet"), inputPixels, rows };
    return withNetwork(architecture, {}, (network) => {
      weights?.(network);
      return [...network.forward(tf.clone(input), evaluation).logits.dataSync()];
    });
  };
  const all = pool("all", "average", "all", 1, "valid");
  const input = (values: number[], side: number) => tf.tensor4d(values, [1, side, side, 3]);

  it("normalises by the plain sum over five neighbours, with no division by their number", () => {
    const picture = input([1, 2, 3], 1);
    const row = localResponseNorm("n", { neighbours: 5, k: 2, alpha: 0.5, beta: 1 });
    // 1 + 4 + 9 = 14 lies within reach of each channel: b = a / (2 + 7).
    const output = run([row], 1, picture);
    expect(output.map((value) => value.toFixed(5))).toEqual(["0.11111", "0.22222", "0.33333"]);
    picture.dispose();
  });

  it("leaves padding out of an average with `same`, and counts its zeros when padded by number", () => {
    const picture = input(new Array(12).fill(1), 2);
    expect(run([pool("p", "average", 3, 1, "same"), all], 2, picture)[0]).toBeCloseTo(1, 6);
    expect(run([pool("p", "average", 3, 1, 1), all], 2, picture)[0]).toBeCloseTo(4 / 9, 6);
    picture.dispose();
  });

  it("cuts a grid of 7 into 4 cells as PyTorch does: places 0–1, 1–3, 3–5, 5–6", () => {
    const picture = input(
      Array.from({ length: 7 * 7 * 3 }, (_, i) => Math.floor(i / 3) % 7),
      7,
    );
    const means = [0.5, 2, 4, 5.5];
    const output = run([adaptivePool("a", 4), flatten("f")], 7, picture);
    expect(output.filter((_, i) => i % 3 === 0)).toEqual([...means, ...means, ...means, ...means]);
    picture.dispose();
  });

  it("squashes by tanh", () => {
    const picture = input([1, 2, 3], 1);
    const ones = ({ weights }: Network) => weights[0]?.variable.assign(tf.tensor2d([0.5, 0, 0], [3, 1]));
    const row = { ...dense("d", 1, { batchNorm: null, activation: "tanh" }) } as const;
    expect(run([row], 1, picture, ones)[0]).toBeCloseTo(Math.tanh(0.5), 6);
    picture.dispose();
  });

  it("normalises by the ε and the momentum of the row", () => {
    const batchNorm = { epsilon: 3, momentum: 0.25 };
    const rows = [convolution("c", 1, 1, 1, "same", { ...plain, batchNorm }), all];
    const architecture: Architecture = { ...findArchitecture("alexnet"), inputPixels: 2, rows };
    const picture = input([0, 0, 0, 0, 0, 0, 2, 0, 0, 2, 0, 0], 2);
    withNetwork(architecture, {}, (network) => {
      network.weights[0]!.variable.assign(tf.ones([1, 1, 3, 1]));
      // A moving mean of 0 and variance of 1 make x / √(1 + 3), whose mean over 0, 0, 2 and 2 is 1/2.
      expect(network.forward(picture, evaluation).logits.dataSync()[0]).toBeCloseTo(0.5, 6);
      const { movingUpdates } = network.forward(picture, training);
      // A quarter of the batch's mean of 1; and of its variance of 1, with 3 degrees of freedom 4/3, beside three quarters of 1.
      expect(movingUpdates.map(({ value }) => value.dataSync()[0])).toEqual([0.25, expect.closeTo(0.75 + 1 / 3, 6)]);
    });
    picture.dispose();
  });

  it("gives a convolution one map a class where it says so", () => {
    const picture = input([1, 2, 3], 1);
    expect(run([convolution("c", "classes", 1, 1, "same", plain)], 1, picture)).toHaveLength(10);
    picture.dispose();
  });

  it("never lets padding be the maximum", () => {
    const picture = input(new Array(12).fill(-2), 2);
    expect(run([pool("p", "max", 3, 1, 1), all], 2, picture)).toEqual([-2, -2, -2]);
    picture.dispose();
  });

  it("pads a convolution by number with zeros", () => {
    const picture = input(new Array(12).fill(1), 2);
    const ones = ({ weights }: Network) => weights[0]?.variable.assign(tf.ones([3, 3, 3, 1]));
    // Each of the four places sees all 2·2·3 ones.
    const rows = [convolution("c", 1, 3, 1, 1, plain), all];
    expect(run(rows, 2, picture, ones)).toEqual([12]);
    picture.dispose();
  });

  it("keeps two groups from seeing each other, and concatenates in branch order", () => {
    const widen = convolution("widen", 4, 1, 1, "same", plain);
    const grouped = convolution("grouped", 2, 1, 1, "same", { ...plain, groups: 2 });
    const picture = input([1, 10, 100], 1);
    const set = ({ weights }: Network) => {
      // Channels 1, 10, 100, 0; then each group sums its own two.
      weights[0]?.variable.assign(tf.tensor4d([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], [1, 1, 3, 4]));
      weights[2]?.variable.assign(tf.ones([1, 1, 2, 2]));
    };
    const module = branches("m", "", [grouped], [pool("p", "max", 1, 1, "same")]);
    expect(run([widen, module], 1, picture, set)).toEqual([11, 100, 1, 10, 100, 0]);
    picture.dispose();
  });
});
