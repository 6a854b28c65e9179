import { expect, it } from "vitest";
import { progressInWords } from "../../src-main/cli/follow-training.ts";
import type { JobProgress } from "../../src-main/contract/events.ts";

const progress: JobProgress = {
  runIds: [1],
  phase: "training",
  prepared: null,
  epoch: 3,
  epochs: 8,
  step: 150,
  steps: 560,
  imagesPerSecond: 91,
  secondsLeft: 100,
};
const rest = "step 150 of 560 · 91 images/s · 1 min 40 s left";

it.each([
  ["starting", "Starting TensorFlow"],
  ["compiling", "Compiling the training step"],
  ["training", `Epoch 3 of 8 · ${rest}`],
  ["validating", `Looking at the validation pictures, epoch 3 of 8 · ${rest}`],
  ["testing", `Looking at the test pictures · ${rest}`],
  ["saving", `Saving, epoch 3 of 8 · ${rest}`],
] as const)("says that a job is %s", (phase, words) => {
  expect(progressInWords({ ...progress, phase })).toBe(words);
});

it("says how many pictures are prepared", () => {
  const prepared = { done: 1_240, total: 5_930 };
  expect(progressInWords({ ...progress, phase: "preparing", prepared })).toBe("Preparing pictures: 1,240 of 5,930");
});

it("says how many are decoded beside training", () => {
  const prepared = { done: 1_240, total: 5_930 };
  expect(progressInWords({ ...progress, prepared })).toMatch(/^Epoch 3 of 8 · .* · pictures decoded: 1,240 of 5,930/);
});
