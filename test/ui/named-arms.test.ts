import { describe, expect, test } from "vitest";
import { plannedBlocks } from "../../src-main/domain/experiment-plan.ts";
import {
  type ArmDraft,
  firstArms,
  mostArms,
  withArm,
  withNewArm,
  withoutArm,
} from "../../src-renderer/features/train/arms/arm-drafts.ts";
import { armTexts } from "../../src-renderer/features/train/arms/arm-texts.ts";
import { settingsOutOfStep } from "../../src-renderer/features/train/arms/arms-factor.ts";
import type { Draft } from "../../src-renderer/features/train/experiment/draft.ts";
import { draftFromConfiguration } from "../../src-renderer/features/train/experiment/draft-from.ts";
import { draftOutcome } from "../../src-renderer/features/train/experiment/draft-outcome.ts";
import { newLine } from "../../src-renderer/features/train/sweep/sweep-draft.ts";
import { compactInception } from "../support/sample-views.ts";

const draft: Draft = { ...draftFromConfiguration(compactInception, null), way: "compare", differs: "arms" };
const outcome = (namedArms: readonly ArmDraft[], changes: Partial<Draft> = {}) =>
  draftOutcome({ ...draft, namedArms, ...changes }, compactInception.dataset);
const arm = (name: string, ...changes: (readonly [setting: string, typed: string | boolean])[]): ArmDraft => ({
  name,
  changes: changes.map(([setting, typed]) => ({ setting, typed })),
});
const three = [
  arm("base"),
  arm("smoothed", ["smoothing", "0.2"], ["labelNoise", "20"]),
  arm("no clipping, SGD", ["clipNorm", ""], ["optimizer", "sgd"]),
];

describe("arms with names", () => {
  test("are one block with changes of their own, of every seed", () => {
    const { request, runs } = outcome(three, { seed: "1, 2" });
    expect([runs, request?.seeds]).toEqual([6, [1, 2]]);
    expect(request?.factors).toEqual([
      {
        arms: [
          { name: "base", changes: [] },
          {
            name: "smoothed",
            changes: [
              { setting: "smoothing", value: 0.2 },
              { setting: "labelNoise", value: 0.2 },
            ],
          },
          {
            name: "no clipping, SGD",
            changes: [
              { setting: "clipNorm", value: null },
              { setting: "optimizer", value: { kind: "sgd" } },
            ],
          },
        ],
        isBlocked: true,
      },
    ]);
    expect(request && plannedBlocks(request).map((block) => block.length)).toEqual([3, 3]);
  });

  test("train one by one where they differ in what makes the batches, and with presets where in the network", () => {
    const flips = [arm("with flips"), arm("without", ["flip", false])];
    const { request } = outcome(flips);
    expect(request?.factors).toMatchObject([{ isBlocked: false }]);
    expect(request && plannedBlocks(request)).toHaveLength(2);
    expect(settingsOutOfStep(flips).map(({ id }) => id)).toEqual(["flip"]);
    const networks = outcome([arm("a"), arm("b", ["model", "alexnet"])], { presetId: "paper" });
    expect(networks.request?.networks).toMatchObject({ preset: "paper", held: [] });
  });

  test("are wrong at the field that is wrong", () => {
    const wrong = [
      arm(" "),
      arm("same", ["smoothing", "1"]),
      arm("same", ["optimizer", "sgd"], ["beta1", "0.8"]),
      arm("twice", ["dropout", "0.2"], ["dropout", "0.3"]),
      arm("old", ["gone", "1"]),
    ];
    const { request, problems, unfilled } = outcome(wrong);
    expect(request).toBeNull();
    expect(problems).toEqual({
      named0: armTexts.noName,
      "named1.0": "Less than 1.",
      named2: armTexts.sameName,
      "named2.1": armTexts.meaningless,
      "named3.1": armTexts.changedTwice,
      "named4.0": armTexts.notChanged("gone"),
    });
    expect([...unfilled]).toEqual(["named0"]);
  });

  test("must differ, which is wrong only once a start was asked for", () => {
    const untouched = outcome(firstArms);
    expect([untouched.problems, [...untouched.unfilled]]).toEqual([{ named1: armTexts.sameArm(0) }, ["named1"]]);
    const smoothing = String(compactInception.training.smoothing);
    const same = outcome([...firstArms.slice(0, 1), arm("b", ["smoothing", smoothing])]);
    expect([same.problems, same.unfilled.size]).toEqual([{ named1: armTexts.sameArm(0) }, 1]);
  });

  test("are added by the next letter, renamed and removed", () => {
    const many = Array.from({ length: mostArms - 2 }).reduce<readonly ArmDraft[]>(withNewArm, firstArms);
    expect(many.map(({ name }) => name)).toEqual(["Base", "Arm B", "Arm C", "Arm D", "Arm E", "Arm F"]);
    expect(withNewArm(withoutArm(many, 1)).at(-1)?.name).toBe("Arm G");
    expect(withArm(firstArms, 1, { name: "wide" }).map(({ name }) => name)).toEqual(["Base", "wide"]);
  });
});

test("of one draft each way keeps what was typed for the others", () => {
  const typed: Draft = {
    ...{ ...draft, namedArms: three, seed: "1, 2" },
    sweep: { ...draft.sweep, lines: [{ ...newLine("smoothing"), text: "0, 0.1, 0.2" }] },
  };
  const runsOf = (changes: Partial<Draft>) => draftOutcome({ ...typed, ...changes }, compactInception.dataset).runs;
  const asked = [
    { way: "run" },
    { way: "compare", differs: "labelNoise" },
    { way: "compare", differs: "arms" },
    { way: "sweep" },
    { way: "run" },
  ] as const;
  expect(asked.map(runsOf)).toEqual([2, 4, 6, 6, 2]);
  // What stands wrong in another way keeps no run from its start.
  const wrong = { namedArms: [arm("")], sweep: { ...typed.sweep, lines: [{ ...newLine("smoothing"), text: "x" }] } };
  const of = (way: Draft["way"]) => draftOutcome({ ...typed, ...wrong, way }, compactInception.dataset).request;
  expect([of("run") === null, of("compare"), of("sweep")]).toEqual([false, null, null]);
});
