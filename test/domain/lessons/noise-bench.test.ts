import { expect, test } from "vitest";
import { experimentRequest } from "../../../src-main/contract/experiment.ts";
import { plannedBlocks } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { noiseBenchRequest } from "../../../src-main/domain/lessons/noise-bench.ts";
import { presetsFor } from "../../../src-main/training/presets.ts";

const request = noiseBenchRequest({ kind: "folder", path: "/pictures" }, presetsFor, [1, 2, 3])!;

test("is four arms that advance together, for each share of wrong labels and each seed", () => {
  expect(experimentRequest.parse(request)).toEqual(request);
  const blocks = plannedBlocks(request);
  expect(blocks.map((block) => block.length)).toEqual(Array(9).fill(4));
  const settings = blocks.map((block) =>
    block.map(({ configuration: { seed, training } }) => [
      seed,
      training.labelNoise,
      training.smoothing,
      training.weightDecay,
    ]),
  );
  for (const block of settings) {
    const [[seed, noise]] = block as [(typeof block)[number]];
    expect(block).toEqual([
      [seed, noise, 0, 0],
      [seed, noise, 0.1, 0],
      [seed, noise, 0, 5e-4],
      [seed, noise, 0.1, 5e-4],
    ]);
  }
  expect(new Set(settings.map((block) => block[0]!.slice(0, 2).join())).size).toBe(9);
});

test("is none where the shelf lacks its network", () => {
  expect(noiseBenchRequest({ kind: "folder", path: "/pictures" }, () => undefined, [1])).toBeNull();
});
