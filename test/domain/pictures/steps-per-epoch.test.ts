import { expect, it } from "vitest";
import { stepsPerEpoch } from "../../../src-main/domain/pictures/steps-per-epoch.ts";

it.each([
  // pictures, batch size, and what comes of them with the last batch and without.
  [127, 64, { batchSize: 64, steps: 2 }, { batchSize: 64, steps: 1 }],
  [128, 64, { batchSize: 64, steps: 2 }, { batchSize: 64, steps: 2 }],
  [129, 64, { batchSize: 64, steps: 3 }, { batchSize: 64, steps: 2 }],
  [40, 64, { batchSize: 40, steps: 1 }, { batchSize: 40, steps: 1 }],
  [0, 64, { batchSize: 1, steps: 1 }, { batchSize: 1, steps: 1 }],
])("%i pictures in batches of %i", (pictures, batchSize, all, whole) => {
  expect(stepsPerEpoch(pictures, { batchSize, dropLast: false })).toEqual(all);
  expect(stepsPerEpoch(pictures, { batchSize, dropLast: true })).toEqual(whole);
});
