import { describe, expect, test } from "vitest";
import { plannedBlocks } from "../../src-main/domain/experiments/experiment-plan.ts";
import { recipeSettings } from "../../src-main/domain/networks/network-presets.ts";
import { networkLevelTexts } from "../../src-renderer/entities/experiment/network-level-texts.ts";
import type { Draft } from "../../src-renderer/features/train/experiment/draft.ts";
import { draftFromConfiguration } from "../../src-renderer/features/train/experiment/draft-from.ts";
import { draftOutcome } from "../../src-renderer/features/train/experiment/draft-outcome.ts";
import { seedTexts } from "../../src-renderer/features/train/experiment/seed-texts.ts";
import {
  emptySweep,
  newLine,
  type SweepDraft,
  type SweepLine,
  withLine,
  withNewLine,
  withoutLine,
} from "../../src-renderer/features/train/sweep/sweep-draft.ts";
import { epochsOfRuns, halvingNote, sweepTexts } from "../../src-renderer/features/train/sweep/sweep-texts.ts";
import { gridOf } from "../support/experiment-of.ts";
import { compactInception } from "../support/sample-views.ts";

const { dataset } = compactInception;
const draft: Draft = { ...draftFromConfiguration(compactInception, null), way: "sweep", presetId: "compact" };
type Typed = Partial<SweepLine> & Pick<SweepLine, "setting">;
const linesOf = (typed: readonly Typed[]): SweepDraft["lines"] =>
  typed.map((line) => ({ ...newLine(line.setting), ...line }));
const outcome = (lines: readonly Typed[], seed = "1", changes: Partial<Draft> = {}) =>
  draftOutcome({ ...draft, sweep: { ...emptySweep, lines: linesOf(lines) }, seed, ...changes }, dataset);

describe("a sweep on the page", () => {
  test("asks for nothing until something varies, which is wrong only once a start was asked for", () => {
    const { request, problems, unfilled, runs } = outcome([]);
    expect([request, problems, [...unfilled], runs]).toEqual([
      null,
      { varied: sweepTexts.nothingVaries },
      ["varied"],
      1,
    ]);
  });

  test("is every value with every seed, percentages as shares and optimisers by name", () => {
    const { request, runs } = outcome(
      [
        { setting: "smoothing", text: "0, 0.1" },
        { setting: "labelNoise", text: "20" },
        { setting: "optimizer", text: "sgd adam" },
      ],
      "1,2,3",
    );
    expect(runs).toBe(12);
    const vary = [
      { setting: "smoothing", values: [0, 0.1] },
      { setting: "labelNoise", values: [0.2] },
      { setting: "optimizer", values: [{ kind: "sgd" }, { kind: "adam" }] },
    ];
    expect(request).toEqual(gridOf(compactInception, vary, [1, 2, 3]));
  });

  test("says at noise by a matrix that it needs one, and takes it with the page's own", () => {
    const kinds = [{ setting: "labelNoiseKind", text: "symmetric, matrix" }];
    expect(outcome(kinds)).toMatchObject({
      request: null,
      problems: {
        line0:
          "matrix: Label noise by a matrix needs one. Give it in More settings, below By a matrix as kind of label noise.",
      },
    });
    const armOf = (typed: string) => ({ name: typed, changes: [{ setting: "labelNoiseKind", typed }] });
    const arms = { way: "compare", differs: "arms", namedArms: [armOf("pair"), armOf("matrix")] } as const;
    expect(outcome([], "1", arms).problems).toEqual({ "named1.0": expect.stringContaining("needs one") });
    const given = outcome(kinds, "1", { labelNoiseKind: "matrix", noiseMatrix: "cat,dog,0.3" });
    expect(given.request?.factors).toEqual([
      { setting: "labelNoiseKind", values: ["symmetric", "matrix"], isBlocked: false },
    ]);
  });

  test("goes over the arms of the comparison where that is asked for, but for what they differ in", () => {
    const arms = { arms: { ...draft.arms, smoothing: ["0", "0.1"] as const } };
    const over = (text: string, setting = "labelNoise") => {
      const sweep = { ...emptySweep, hasArms: true, lines: linesOf([{ setting, text }]) };
      return outcome([], "1,2,3", { ...arms, sweep });
    };
    const { request, runs } = over("0, 20");
    expect(runs).toBe(12);
    expect(request?.factors).toEqual([
      { setting: "labelNoise", values: [0, 0.2], isBlocked: false },
      { setting: "smoothing", values: [0, 0.1], isBlocked: true },
    ]);
    expect(over("0, 0.2", "smoothing").problems).toEqual({ line0: sweepTexts.twice });
  });

  test("says at the line which value is out of range, in the unit of its field", () => {
    const { request, problems } = outcome([
      { setting: "smoothing", text: "0, 2" },
      { setting: "labelNoise", text: "20, 120" },
      { setting: "batchSize", text: "1.5" },
      { setting: "optimizer", text: "sgd, adam" },
      { setting: "fold", text: "1, 2" },
    ]);
    expect(request).toBeNull();
    expect(problems).toEqual({ line0: "2: Less than 1.", line1: "120: At most 100.", line2: "1.5: A whole number." });
  });

  test("says at the line what is wrong with it, and is not sent", () => {
    const { request, problems, unfilled } = outcome([
      { setting: "smoothing", text: "" },
      { setting: "learningRate", text: "0.1, much" },
      { setting: "epochs", text: "2, 2" },
      { setting: "width", text: "1" },
      { setting: "width", text: "0.5" },
    ]);
    expect(request).toBeNull();
    expect(problems).toEqual({
      line0: sweepTexts.noValues,
      line1: sweepTexts.wrongValue("much"),
      line2: sweepTexts.repeated,
      line3: sweepTexts.twice,
      line4: sweepTexts.twice,
    });
    expect([...unfilled]).toEqual(["line0"]);
  });

  test("refuses more than 10,000 runs at the seeds", () => {
    const seeds = Array.from({ length: 5_001 }, (_, index) => index).join(",");
    const { request, problems, runs } = outcome([{ setting: "smoothing", text: "0, 0.1" }], seeds);
    expect([request, runs, problems]).toEqual([null, 10_002, { seed: seedTexts.tooMany(10_002, 10_000) }]);
  });

  test("over networks asks for each one's own preset, or for what all have alike", () => {
    const lines = linesOf([{ setting: "model", text: "linear-svm, alexnet" }]);
    const networksOf = (changes: Partial<SweepDraft>, presetId = "compact") =>
      outcome(lines, "1", { sweep: { ...emptySweep, lines, ...changes }, presetId }).request?.networks;
    expect(networksOf({})).toEqual({ preset: "compact", held: [], multiplyAdds: null, minutes: null, resolved: [] });
    expect(networksOf({}, "paper")?.preset).toBe("paper");
    expect(networksOf({ alike: "width" })?.held).toEqual(["width"]);
    expect(networksOf({ alike: "recipe" })?.held).toEqual(recipeSettings().map(({ id }) => id));
    expect(networksOf({ alike: "multiplyAdds" })).toMatchObject({ held: [], multiplyAdds: "base" });
    expect(networksOf({ alike: "multiplyAdds", multiplyAdds: "41,8" })?.multiplyAdds).toBe(41.8e6);
    const wrong = { ...emptySweep, lines, alike: "multiplyAdds", multiplyAdds: "-3" } as const;
    expect(outcome([], "1", { sweep: wrong }).problems).toEqual({ multiplyAdds: networkLevelTexts.wrongMultiplyAdds });
    expect(networksOf({ alike: "minutes" })).toMatchObject({ held: [], multiplyAdds: null, minutes: 5 });
    expect(networksOf({ alike: "minutes", minutes: "2,5" })?.minutes).toBe(2.5);
    const noMinutes = { ...emptySweep, lines, alike: "minutes", minutes: "" } as const;
    expect(outcome([], "1", { sweep: noMinutes }).problems).toEqual({ minutes: networkLevelTexts.wrongMinutes });
    // A number that is not shown any more is in nobody's way.
    expect(networksOf({ multiplyAdds: "many" })).toMatchObject({ multiplyAdds: null });
    expect(outcome([{ setting: "model", text: "" }]).problems).toEqual({ line0: networkLevelTexts.none });
    expect(outcome([{ setting: "width", text: "0.5, 1" }]).request?.networks).toBeUndefined();
  });
});

test("a line is added for the next setting, keeps no networks as values, and goes", () => {
  const one = withNewLine(emptySweep);
  const two = withNewLine(one);
  expect(two.lines.map(({ setting }) => setting)).toEqual(["smoothing", "labelNoise"]);
  expect(withNewLine(withNewLine(one, "model"), "model").lines).toHaveLength(2);
  const filled = withLine(two, 0, { text: "0, 0.1" });
  expect(withLine(filled, 0, { setting: "width" }).lines[0]).toMatchObject({ setting: "width", text: "0, 0.1" });
  expect(withLine(filled, 0, { setting: "model" }).lines[0]).toMatchObject({ setting: "model", text: "" });
  expect(withoutLine(filled, 0).lines).toEqual([newLine("labelNoise")]);
});

describe("points that are drawn at random", () => {
  const lines: readonly Typed[] = [
    { setting: "learningRate", from: "1e-4", to: "0,1" },
    { setting: "labelNoise", from: "0", to: "40" },
    { setting: "optimizer", text: "sgd, adam" },
  ];
  const searched = (changes: Partial<SweepDraft> = {}, typed = lines, seed = "1") =>
    outcome([], seed, { sweep: { ...emptySweep, points: "drawn", lines: linesOf(typed), ...changes } });

  test("are a factor over ranges on the scale of each setting, and over lists", () => {
    const { request, runs, problems } = searched({ draws: "12", searchSeed: "7" }, lines, "1, 2");
    expect([problems, runs, request?.seeds]).toEqual([null, 24, [1, 2]]);
    expect(request?.factors).toEqual([
      {
        draws: 12,
        seed: 7,
        ranges: [
          { kind: "log", setting: "learningRate", from: 1e-4, to: 0.1 },
          { kind: "uniform", setting: "labelNoise", from: 0, to: 0.4 },
          { kind: "choice", setting: "optimizer", values: [{ kind: "sgd" }, { kind: "adam" }] },
        ],
        isBlocked: false,
      },
    ]);
    expect(request && plannedBlocks(request)).toHaveLength(24);
  });

  test("are wrong at the end of the range that is wrong, and only asked for where they were not filled in", () => {
    const { problems, unfilled } = searched({ draws: "0", searchSeed: "x" }, [
      { setting: "learningRate", from: "", to: "fast" },
      { setting: "labelNoise", from: "0", to: "120" },
      { setting: "smoothing", from: "0.2", to: "0.1" },
      { setting: "weightDecay", from: "0", to: "0.1" },
      { setting: "epochs", from: "1.5", to: "9" },
      { setting: "optimizer", text: "sgd, lion" },
    ]);
    expect(problems).toEqual({
      "line0.from": sweepTexts.noEnd,
      "line0.to": sweepTexts.noNumber,
      "line1.to": "At most 100.",
      "line2.to": sweepTexts.wrongWay,
      "line3.from": sweepTexts.noMagnitude,
      "line4.from": "A whole number.",
      line5: sweepTexts.wrongValue("lion"),
      draws: "At least 1.",
      searchSeed: "A number, such as 0.1.",
    });
    expect([...unfilled]).toEqual(["line0.from"]);
  });

  test("cannot be more than the ranges have", () => {
    const { problems } = searched({ draws: "5" }, [{ setting: "optimizer", text: "sgd, adam" }]);
    expect(problems?.draws).toMatch(/^5 different points are to be drawn, and only 2 were found/);
  });

  test("keep what was typed for a grid, and the other way round", () => {
    const typed = linesOf([{ setting: "smoothing", text: "0, 0.1", from: "0", to: "0.3" }]);
    const as = (points: SweepDraft["points"]) => searched({ points, lines: typed, draws: "3" }).runs;
    expect([as("grid"), as("drawn"), as("grid")]).toEqual([2, 3, 2]);
  });
});

describe("successive halving", () => {
  const halved = (changes: Partial<SweepDraft>, text = "0, 0.1, 0.2", seed = "1") => {
    const sweep = { ...emptySweep, isHalved: true, lines: linesOf([{ setting: "smoothing", text }]), ...changes };
    return outcome([], seed, { sweep, epochs: "9" });
  };

  test("is asked for as typed, and with what the settings monitor where no metric is named", () => {
    expect(halved({}).request?.halving).toEqual({ leastEpochs: 1, factor: 3 });
    expect(halved({ leastEpochs: "2", eta: "2", metric: "top1" }).request?.halving).toEqual({
      ...{ leastEpochs: 2, factor: 2, metric: "top1" },
    });
    expect(halved({ isHalved: false, eta: "x" }).request?.halving).toBeUndefined();
  });

  test("is wrong at its field", () => {
    expect(halved({ leastEpochs: "0", eta: "1" }).problems).toEqual({ leastEpochs: "At least 1.", eta: "At least 2." });
    expect(halved({ leastEpochs: "9" }).problems).toEqual({ leastEpochs: sweepTexts.tooLate(9) });
    expect(halved({}, "0.1").problems).toEqual({ isHalved: sweepTexts.nothingToRank });
    expect(halved({}, "0.1", "1, 2").problems).toBeNull();
  });

  test("goes by the epochs of the runs, and not by the page's where those differ", () => {
    const lines = linesOf([{ setting: "epochs", text: "4, 30" }]);
    const { request, problems } = halved({ lines, leastEpochs: "9" });
    expect(problems).toBeNull();
    expect(epochsOfRuns(request!, null)).toEqual([4, 30]);
    expect(plannedBlocks(request!)).toHaveLength(2);
    expect(halved({ lines, leastEpochs: "30" }).problems).toEqual({ leastEpochs: sweepTexts.tooLate(30) });
    const note = halvingNote({ leastEpochs: 2, factor: 2 }, [4, 8], "Hard loss").replaceAll("\u00a0", " ");
    expect(note).toMatch(/^After 2 and 4 epochs runs /);
    // Of 4 epochs 2 + 2 / 2, of 8 epochs 2 + 2 / 2 + 4 / 4: 7 of 12.
    expect(note).toContain("Runs are of 4 to 8 epochs, each compared below its own. With many runs about 58 % of all");
  });

  test("is told in a sentence before it happens", () => {
    const note = halvingNote({ leastEpochs: 1, factor: 3 }, [9], "Hard loss").replaceAll("\u00a0", " ");
    // One epoch of all, two of a third, six of a ninth: (1 + 2 / 3 + 6 / 9) / 9 = 26 %.
    expect(note).toBe(
      "After 1 and 3 epochs runs are compared by hard loss on the validation pictures: the best, one in 3, go on, the others stop and can be gone on with. With many runs about 26 % of all epochs are trained.",
    );
    expect(halvingNote({ leastEpochs: 1, factor: 8 }, [8], "Top-1")).toContain("After 1 epoch runs");
  });
});
