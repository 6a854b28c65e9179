import { describe, expect, test } from "vitest";
import { recipeSettings } from "../../src-main/domain/network-presets.ts";
import { networkLevelTexts } from "../../src-renderer/entities/experiment/network-level-texts.ts";
import type { Draft } from "../../src-renderer/features/train/experiment/draft.ts";
import { draftFromConfiguration } from "../../src-renderer/features/train/experiment/draft-from.ts";
import { draftOutcome } from "../../src-renderer/features/train/experiment/draft-outcome.ts";
import { seedTexts } from "../../src-renderer/features/train/experiment/seed-texts.ts";
import {
  emptySweep,
  type SweepDraft,
  withLine,
  withNewLine,
  withoutLine,
} from "../../src-renderer/features/train/sweep/sweep-draft.ts";
import { sweepTexts } from "../../src-renderer/features/train/sweep/sweep-texts.ts";
import { gridOf } from "../support/experiment-of.ts";
import { compactInception } from "../support/sample-views.ts";

const { dataset } = compactInception;
const draft: Draft = { ...draftFromConfiguration(compactInception, null), way: "sweep", presetId: "compact" };
const outcome = (lines: SweepDraft["lines"], seed = "1", changes: Partial<Draft> = {}) =>
  draftOutcome({ ...draft, sweep: { ...emptySweep, lines }, seed, ...changes }, dataset);

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

  test("goes over the arms of the comparison where that is asked for, but for what they differ in", () => {
    const arms = { arms: { ...draft.arms, smoothing: ["0", "0.1"] as const } };
    const over = (text: string, setting = "labelNoise") => {
      const sweep = { ...emptySweep, hasArms: true, lines: [{ setting, text }] };
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
    const lines = [{ setting: "model", text: "linear-svm, alexnet" }];
    const networksOf = (changes: Partial<SweepDraft>, presetId = "compact") =>
      outcome(lines, "1", { sweep: { ...emptySweep, lines, ...changes }, presetId }).request?.networks;
    expect(networksOf({})).toEqual({ preset: "compact", held: [], multiplyAdds: null, resolved: [] });
    expect(networksOf({}, "paper")?.preset).toBe("paper");
    expect(networksOf({ alike: "width" })?.held).toEqual(["width"]);
    expect(networksOf({ alike: "recipe" })?.held).toEqual(recipeSettings().map(({ id }) => id));
    expect(networksOf({ alike: "multiplyAdds" })).toMatchObject({ held: [], multiplyAdds: "base" });
    expect(networksOf({ alike: "multiplyAdds", multiplyAdds: "41,8" })?.multiplyAdds).toBe(41.8e6);
    const wrong = { ...emptySweep, lines, alike: "multiplyAdds", multiplyAdds: "-3" } as const;
    expect(outcome([], "1", { sweep: wrong }).problems).toEqual({ multiplyAdds: networkLevelTexts.wrongMultiplyAdds });
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
  expect(withLine(filled, 0, { setting: "width" }).lines[0]).toEqual({ setting: "width", text: "0, 0.1" });
  expect(withLine(filled, 0, { setting: "model" }).lines[0]).toEqual({ setting: "model", text: "" });
  expect(withoutLine(filled, 0).lines).toEqual([{ setting: "labelNoise", text: "" }]);
});
