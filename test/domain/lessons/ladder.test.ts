import { expect, it } from "vitest";
import { experimentRequest } from "../../../src-main/contract/experiment.ts";
import { plannedBlocks } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { isLadder, ladder, ladderRequest } from "../../../src-main/domain/lessons/ladder.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { presetsFor } from "../../../src-main/training/presets.ts";

const dataset = { kind: "folder", path: "/pictures" } as const;
const request = ladderRequest(dataset, presetsFor, [1, 2, 3])!;

it("every figure of the paper's column is cited with its table, and each step of the printed errors is down", () => {
  for (const { top1, top5, multiplyAdds } of ladder)
    for (const figure of [top1, multiplyAdds, ...(top5 ? [top5] : [])])
      expect(figure.origin).toEqual({ kind: "cited", source: expect.stringMatching(/ 2015, .+, Table 3$/) });
  expect(ladder.map(({ top1 }) => top1.value)).toEqual([23.4, 23.1, 22.8, 21.6, 21.2]);
  expect(ladder.map(({ top5 }) => top5?.value ?? null)).toEqual([null, 6.3, 6.1, 5.8, 5.6]);
});

it("is five arms, each with all steps before it, over three seeds, at one size and with one recipe but for the steps", () => {
  expect(experimentRequest.parse(request)).toEqual(request);
  const runs = plannedBlocks(request).flat();
  expect(runs).toHaveLength(15);
  const steps = runs
    .filter(({ configuration }) => configuration.seed === 1)
    .map(({ levels, configuration: { model, training } }) => [
      levels[0]!.name,
      model.id,
      training.optimizer.kind,
      training.smoothing,
    ]);
  expect(steps).toEqual([
    ["Inception-v2", "inception-v2-7x7", "sgd", 0],
    ["+ RMSProp", "inception-v2-7x7", "rmsprop", 0],
    ["+ label smoothing", "inception-v2-7x7", "rmsprop", 0.1],
    ["+ factorised 7×7", "inception-v2", "rmsprop", 0.1],
    ["+ BN-auxiliary", "inception-v3-paper", "rmsprop", 0.1],
  ]);
  const rest = runs.map(({ configuration: { model, training } }) => {
    const { optimizer, smoothing, ...others } = training;
    return JSON.stringify([model.inputPixels, model.width, others]);
  });
  expect(new Set(rest).size).toBe(1);
  for (const [index, { network }] of ladder.entries()) expect(steps[index]![1]).toBe(findArchitecture(network).id);
});

it("takes optimiser and rate from the papers' presets and all else from the compact one", () => {
  const [compact, paper] = presetsFor("inception-v2-7x7");
  const { optimizer, learningRate, smoothing, ...rest } = request.configuration.training;
  const own = compact!.training;
  expect([optimizer, learningRate, smoothing]).toEqual([paper!.training.optimizer, paper!.training.learningRate, 0]);
  expect({ ...rest, optimizer: own.optimizer, learningRate: own.learningRate, smoothing: own.smoothing }).toEqual(own);
});

it("is known again by its arms' names, whatever stands beside them", () => {
  expect(isLadder(request)).toBe(true);
  expect(isLadder({ factors: [{ setting: "smoothing", values: [0, 0.1], isBlocked: false }] })).toBe(false);
  expect(ladderRequest(dataset, () => undefined, [1])).toBeNull();
});
