import { describe, expect, test } from "vitest";
import type { ExperimentRequest } from "../../../src-main/contract/experiment.ts";
import { experimentGrowth } from "../../../src-main/contract/experiment-growth.ts";
import { addedBlocks, grownRequest } from "../../../src-main/domain/experiments/experiment-growth.ts";
import { countBlocks, plannedBlocks } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { atOnce } from "../../../src-main/domain/in-pieces.ts";
import { experimentOf } from "../../support/experiment-of.ts";
import { smoothingAndRate } from "../../support/sample-experiments.ts";
import { compactInception } from "../../support/sample-views.ts";

const grow = (before: ExperimentRequest, growth: object) => {
  const request = grownRequest(before, experimentGrowth.parse(growth));
  return { request, added: atOnce(addedBlocks(before, request)) };
};
const settingsOf = ({ added }: ReturnType<typeof grow>) =>
  added.flat().map(({ configuration: { seed, training } }) => [seed, training.smoothing, training.learningRate]);
const code = (expected: string) => expect.objectContaining({ code: expected });

describe("an experiment that grows", () => {
  test("by a seed gains every combination with that seed, and no run that it has", () => {
    expect(settingsOf(grow(smoothingAndRate, { seeds: [3, 4] }))).toEqual([
      [4, 0, 0.02],
      [4, 0, 0.045],
      [4, 0.1, 0.02],
      [4, 0.1, 0.045],
    ]);
  });

  test("by a level gains that level with every other one and every seed", () => {
    const grown = grow(smoothingAndRate, { levels: [{ setting: "learningRate", values: [0.045, 0.1] }] });
    expect(settingsOf(grown)).toEqual([1, 2, 3].flatMap((seed) => [0, 0.1].map((smoothing) => [seed, smoothing, 0.1])));
    expect(grown.request.factors[1]).toMatchObject({ values: [0.02, 0.045, 0.1] });
  });

  test("by both at once is as large as if it had been planned so", () => {
    const grown = grow(smoothingAndRate, { seeds: [9], levels: [{ setting: "smoothing", values: [0.2] }] });
    expect(countBlocks(grown.request)).toBe(countBlocks(smoothingAndRate) + grown.added.length);
    expect(plannedBlocks(grown.request)).toHaveLength(3 * 2 * 4);
  });

  test("gains whole pairs by a seed, and no arm that would advance alone", () => {
    const pair = experimentOf(compactInception, { setting: "smoothing", values: [0, 0.1] });
    expect(grow(pair, { seeds: [2] }).added.map((block) => block.length)).toEqual([2]);
    expect(() => grow(pair, { levels: [{ setting: "smoothing", values: [0.2] }] })).toThrow(
      code("experiment.fixed-arms"),
    );
  });

  test("refuses what it has already, and what it does not vary", () => {
    expect(() => grow(smoothingAndRate, { seeds: [1, 2] })).toThrow(code("experiment.nothing-new"));
    expect(() => grow(smoothingAndRate, { levels: [{ setting: "batchSize", values: [8] }] })).toThrow(
      code("experiment.not-varied"),
    );
    expect(() => grow(smoothingAndRate, { levels: [{ setting: "learningRate", values: [-1] }] })).toThrow();
  });
});
