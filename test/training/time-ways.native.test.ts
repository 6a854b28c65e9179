import type { Rank, Tensor, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConvolutionRow } from "../../src-main/contract/architecture.ts";
import { factorisations } from "../../src-main/domain/lessons/factorisation.ts";
import { buildRows } from "../../src-main/models/build.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { timeWays } from "../../src-main/training/measuring/time-ways.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

it.each(factorisations)("times each way of $id, compiled, forward and back, one time a round", ({ id, ways }) => {
  const times = timeWays({ factorisation: id, grid: 6, channels: 8, kernel: 5 }, 0);
  expect(times).toMatchObject({ batchSize: 32, refusal: null });
  expect(times.ways.map(({ title }) => title)).toEqual(ways.map(({ title }) => title));
  expect(times.rounds).toBe(15);
  for (const { forwardMillis, trainingMillis } of times.ways) {
    expect([forwardMillis.length, trainingMillis.length]).toEqual([times.rounds, times.rounds]);
    expect(Math.min(...forwardMillis, ...trainingMillis)).toBeGreaterThan(0);
  }
});

it("refuses what there is not", () => {
  expect(() => timeWays({ factorisation: "none", grid: 6, channels: 8, kernel: 5 })).toThrow(
    expect.objectContaining({ code: "timing.unknown" }),
  );
});

it("a convolution of each channel by itself does the same, all channels at once, as channel after channel", () => {
  const row: ConvolutionRow = {
    ...({ kind: "convolution", name: "each", filters: 4, kernel: [3, 3], stride: 1, padding: "same" } as const),
    ...({ groups: 4, batchNorm: null, activation: "none" } as const),
  };
  const rows = buildRows({ rows: [row], inputPixels: 5, inputChannels: 4 }, 3);
  const evaluation = { isTraining: false, dropoutSeed: 0 };
  tf.tidy(() => {
    const x = tf.randomUniform<Rank.R4>([2, 5, 5, 4], -1, 1, "float32", 1);
    // Made with four dimensions.
    const kernels = tf.split<Tensor4D>(rows.variables[0]! as Tensor as Tensor4D, 4, 3);
    const parts = tf
      .split<Tensor4D>(x, 4, 3)
      .map((part, channel) => tf.conv2d<Tensor4D>(part, kernels[channel]!, 1, "same"));
    const together = rows.forward(x, evaluation);
    expect(tf.max(tf.abs(tf.sub(together, tf.concat(parts, 3)))).dataSync()[0]).toBeLessThan(1e-6);
  });
  rows.dispose();
});
