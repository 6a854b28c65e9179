/** In a file, which is a process, of its own: what other tests gave back would fill up again and pass for growth. */
import { expect, test } from "vitest";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { disposeBatch } from "../../src-main/training/upload.ts";
import { noise, optimizers, runLength, smallArm } from "./compare-steps.ts";

test("a thousand steps leave no tensor and no memory behind", () => {
  const settings = { weightDecay: 1e-3, clipNorm: 0.5, smoothing: 0.1, optimizer: optimizers.Adam! };
  const arm = smallArm("alexnet", settings, "compiled");
  const step = (number: number) => {
    const batch = noise(32, number);
    stepArm(arm, batch, runLength, number);
    disposeBatch(batch);
  };
  // The collector takes as long until it knows its pace: a heap of 110 MB comes to rest after some 3,000 steps, 30 to 60 MB above where it is here.
  const warm = 1000;
  for (let number = 1; number <= warm; number++) step(number);
  const [tensors, bytes] = [tf.memory().numTensors, process.memoryUsage.rss()];
  for (let number = warm + 1; number <= warm + 1000; number++) step(number);
  expect(tf.memory().numTensors).toBe(tensors);
  // One batch a step would be 393 MB.
  expect(process.memoryUsage.rss() - bytes).toBeLessThan(100e6);
  disposeArm(arm);
});
