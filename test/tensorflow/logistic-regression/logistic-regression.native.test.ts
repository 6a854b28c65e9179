import { expect, test } from "vitest";
import { correctOf, fittedLogistic } from "../../../src-main/inference/logistic-regression.ts";
import { probed } from "../../../src-main/inference/probes.ts";
import { createRandom } from "../../../src-main/platform/random.ts";
import { tf } from "../../../src-main/tensorflow/runtime.ts";
import optimum from "./optimum.json" with { type: "json" };

const { channels, classes, decay, labels, weights, correct } = optimum;
const features = { channels, values: Float32Array.from(optimum.values), labels };

test("multinomial logistic regression ends where NumPy's Newton steps do, and leaves no tensor behind", () => {
  const before = tf.memory().numTensors;
  const found = fittedLogistic(features, classes, decay);
  for (const [at, weight] of weights.entries()) expect(found[at]).toBeCloseTo(weight, 2);
  expect(correctOf(features, classes, found)).toBe(correct);
  expect(tf.memory().numTensors).toBe(before);
  const heldBack = fittedLogistic(features, classes, 100 * decay).subarray(0, weights.length);
  expect(Math.hypot(...heldBack)).toBeLessThan(Math.hypot(...weights) / 5);
});

test("a probe reads a class that the values tell, however they lie, and guesses where they tell nothing", async () => {
  const random = createRandom(3, "probe");
  const made = (pictures: number, told: number) => {
    const own = Array.from({ length: pictures }, () => random.integer(4));
    // A channel a class, far from 0 and large, and one that is always the same.
    const rows = own.map((label) => [
      ...[0, 1, 2, 3].map((at) => 500 + 90 * (told * Number(at === label) + 0.1 * random.normal())),
      7,
    ]);
    return { channels: 5, values: Float32Array.from(rows.flat()), labels: own };
  };
  const never = new AbortController().signal;
  expect((await probed(made(80, 1), made(100, 1), 4, never)).correct).toBe(100);
  const guessed = (await probed(made(80, 0), made(400, 0), 4, never)).correct;
  expect(guessed).toBeGreaterThan(60);
  expect(guessed).toBeLessThan(140);
});
