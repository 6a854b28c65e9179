import { describe, expect, test } from "vitest";
import { recipeSettings } from "../../src-main/domain/network-presets.ts";
import { variedTexts } from "../../src-renderer/entities/experiment/experiment-texts.ts";
import { networkLevelTexts } from "../../src-renderer/entities/experiment/network-level-texts.ts";
import { emptySweep, type SweepDraft, sweepOutcome } from "../../src-renderer/features/train/sweep/sweep-draft.ts";
import { experimentOf, gridOf } from "../support/experiment-of.ts";
import { compactInception } from "../support/sample-views.ts";

const outcome = (lines: Parameters<typeof sweepOutcome>[0]["lines"], seeds = "") =>
  sweepOutcome({ ...emptySweep, lines, seeds }, experimentOf(compactInception));

describe("a sweep on the page", () => {
  test("is none until something varies", () => {
    expect(sweepOutcome(emptySweep, experimentOf(compactInception))).toMatchObject({ request: null, runs: 1 });
    expect(outcome([], "4")).toMatchObject({ request: null, runs: 1, seedsProblem: null });
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

  test("takes the experiment's seed where none is given", () => {
    expect(outcome([{ setting: "width", text: "0.25, 0.5" }]).request?.seeds).toEqual([compactInception.seed]);
  });

  test("goes over both arms of a pair, but for the setting that they differ in", () => {
    const pair = experimentOf(compactInception, { setting: "smoothing", values: [0, 0.1] });
    const { request, runs } = sweepOutcome(
      { ...emptySweep, lines: [{ setting: "labelNoise", text: "0, 20" }], seeds: "1,2,3" },
      pair,
    );
    expect(runs).toBe(12);
    expect(request?.factors).toEqual([{ setting: "labelNoise", values: [0, 0.2], isBlocked: false }, ...pair.factors]);
    const twice = sweepOutcome({ ...emptySweep, lines: [{ setting: "smoothing", text: "0, 0.2" }], seeds: "" }, pair);
    expect(twice).toMatchObject({ request: null, problems: [variedTexts.twice] });
  });

  test("says at the line which value is out of range, in the unit of its field", () => {
    const { request, problems } = outcome([
      { setting: "smoothing", text: "0, 2" },
      { setting: "labelNoise", text: "20, 120" },
      { setting: "batchSize", text: "1.5" },
      { setting: "optimizer", text: "sgd, adam" },
    ]);
    expect(request).toBeNull();
    expect(problems).toEqual(["2: Less than 1.", "120: At most 100.", "1.5: A whole number.", null]);
  });

  test("says at the line what is wrong with it, and is not sent", () => {
    const { request, problems } = outcome([
      { setting: "smoothing", text: "" },
      { setting: "learningRate", text: "0.1, much" },
      { setting: "epochs", text: "2, 2" },
      { setting: "width", text: "1" },
      { setting: "width", text: "0.5" },
    ]);
    expect(request).toBeNull();
    expect(problems).toEqual([
      variedTexts.noValues,
      variedTexts.wrongValue("much"),
      variedTexts.repeated,
      variedTexts.twice,
      variedTexts.twice,
    ]);
  });

  test("refuses seeds that are none or repeated, and more than 10,000 runs", () => {
    expect(outcome([], "1, x").seedsProblem).toBe(variedTexts.wrongSeeds);
    expect(outcome([], "1, 1").seedsProblem).toBe(variedTexts.wrongSeeds);
    const seeds = Array.from({ length: 5_001 }, (_, index) => index).join(",");
    expect(outcome([{ setting: "smoothing", text: "0, 0.1" }], seeds)).toMatchObject({ request: null, runs: 10_002 });
  });
});

test("the plan says how many runs and how long", () => {
  const said = (...plan: Parameters<typeof variedTexts.plan>) => variedTexts.plan(...plan).replace(/\s/g, " ");
  expect(said(12, { runs: 12, seconds: 2_400 })).toBe("12 runs, about 40 min");
  expect(said(1, null)).toBe("1 run");
  expect(said(12, { runs: 12, seconds: null })).toBe("12 runs; how long is not known yet");
});

test("over networks asks for each one's own preset, or for what all have alike", () => {
  const lines = [{ setting: "model", text: "linear-svm, alexnet" }];
  const asked = experimentOf(compactInception);
  const networksOf = (draft: Partial<SweepDraft>, preset?: "paper") =>
    sweepOutcome({ ...emptySweep, lines, ...draft }, asked, undefined, preset).request?.networks;
  expect(networksOf({})).toEqual({ preset: "compact", held: [], multiplyAdds: null, resolved: [] });
  expect(networksOf({}, "paper")?.preset).toBe("paper");
  expect(networksOf({ alike: "width" })?.held).toEqual(["width"]);
  expect(networksOf({ alike: "recipe" })?.held).toEqual(recipeSettings().map(({ id }) => id));
  expect(networksOf({ alike: "multiplyAdds" })).toMatchObject({ held: [], multiplyAdds: "base" });
  expect(networksOf({ alike: "multiplyAdds", multiplyAdds: "41,8" })?.multiplyAdds).toBe(41.8e6);
  const wrong = sweepOutcome({ ...emptySweep, lines, alike: "multiplyAdds", multiplyAdds: "-3" }, asked);
  expect(wrong).toMatchObject({ request: null, multiplyAddsProblem: networkLevelTexts.wrongMultiplyAdds });
  // A number that is not shown any more is in nobody's way.
  expect(networksOf({ multiplyAdds: "many" })).toMatchObject({ multiplyAdds: null });
  expect(outcome([{ setting: "model", text: "" }]).problems).toEqual([networkLevelTexts.none]);
  expect(outcome([{ setting: "width", text: "0.5, 1" }]).request?.networks).toBeUndefined();
});
