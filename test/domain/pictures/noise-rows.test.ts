import { expect, test } from "vitest";
import { noiseMatrixText } from "../../../src-main/contract/noise-matrix.ts";
import { confusionNoise } from "../../../src-main/domain/pictures/noise-rows.ts";

test("noise as a network confuses classes is each class's share of answers that name another", () => {
  const counts = [
    [15, 5, 0],
    [2, 4, 1],
    [0, 0, 0],
  ];
  expect(noiseMatrixText(confusionNoise(counts, ["cat", "dog", "ship"]))).toBe(
    "cat,dog,0.25\ndog,cat,0.285714\ndog,ship,0.142857",
  );
});
