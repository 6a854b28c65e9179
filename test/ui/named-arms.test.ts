import { describe, expect, test } from "vitest";
import { plannedBlocks } from "../../src-main/domain/experiments/experiment-plan.ts";
import { armsOfRun, mostArms } from "../../src-renderer/entities/run/arms-of-run.ts";
import { repeatTexts } from "../../src-renderer/entities/run/repeat-texts.ts";
import {
  type ArmDraft,
  firstArms,
  withArm,
  withNewArm,
  withoutArm,
} from "../../src-renderer/features/train/arms/arm-drafts.ts";
import { armTexts } from "../../src-renderer/features/train/arms/arm-texts.ts";
import { settingsOutOfStep } from "../../src-renderer/features/train/arms/arms-factor.ts";
import type { Draft } from "../../src-renderer/features/train/experiment/draft.ts";
import { draftFromConfiguration, draftFromRun } from "../../src-renderer/features/train/experiment/draft-from.ts";
import { draftOutcome } from "../../src-renderer/features/train/experiment/draft-outcome.ts";
import { newLine } from "../../src-renderer/features/train/sweep/sweep-draft.ts";
import { compactInception, sampleRun } from "../support/sample-views.ts";

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

describe("a block on record that is no pair", () => {
  type Differs = NonNullable<Parameters<typeof armsOfRun>[0]["experiment"]>["differs"];
  /** The runs of one block, as the engine records them. */
  const jobOf = (differs: Differs) => {
    const [block] = plannedBlocks({ configuration: compactInception, factors: [...differs], seeds: [1] });
    return block!.map(({ configuration }, arm) =>
      sampleRun({ id: arm + 1, configuration, experiment: { id: 3, block: 0, blocks: 1, arm, differs } }),
    );
  };
  const arms = [
    { name: "base", changes: [] },
    {
      name: "no decay",
      changes: [
        { setting: "weightDecay", value: 0 },
        { setting: "clipNorm", value: 1 },
      ],
    },
    {
      name: "Adam, averaged",
      changes: [
        { setting: "optimizer", value: { kind: "adam" } },
        { setting: "averageDecay", value: 0.99 },
      ],
    },
    {
      name: "noisy",
      changes: [
        { setting: "labelNoise", value: 0.2 },
        { setting: "averageDecay", value: null },
      ],
    },
  ];

  test("fills the page with all of its arms, whichever of them is repeated", () => {
    const job = jobOf([{ arms, isBlocked: true }]);
    for (const run of job) {
      const filled = draftFromRun(run, job);
      const { request, problems } = draftOutcome(filled, compactInception.dataset);
      expect(problems).toBeNull();
      expect(
        plannedBlocks(request!)
          .flat()
          .map(({ configuration }) => configuration),
      ).toEqual(job.map(({ configuration }) => configuration));
      expect(repeatTexts.deed(run)).toBe("Repeat the arms");
    }
  });

  test("of several values, or of two settings, has its values for names", () => {
    const values = { setting: "smoothing", values: [0, 0.1, 0.2], isBlocked: true };
    expect(armsOfRun(jobOf([values])[0]!)?.map(({ name }) => name)).toEqual([
      ...["one-hot", "smoothed ε = 0.1", "smoothed ε = 0.2"],
    ]);
    const decays = { setting: "weightDecay", values: [0, 0.1], isBlocked: true };
    const both = jobOf([{ ...values, values: [0, 0.1] }, decays]);
    const filled = draftFromRun(both[3]!, both);
    expect(filled.namedArms.map(({ name }) => name)).toContain("smoothed ε = 0.1, weight decay 0.1");
    const { request } = draftOutcome(filled, compactInception.dataset);
    expect(
      plannedBlocks(request!)
        .flat()
        .map(({ configuration }) => configuration),
    ).toEqual(both.map(({ configuration }) => configuration));
  });

  test("is repeated run by run where the page has no fields for it: more arms, or an optimiser with numbers of its own", () => {
    const many = { setting: "smoothing", values: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], isBlocked: true };
    const own = { kind: "sgd", momentum: 0.5, isNesterov: false };
    const numbered = {
      arms: [arms[0]!, { name: "own", changes: [{ setting: "optimizer", value: own }] }],
      isBlocked: true,
    };
    for (const differs of [many, numbered]) {
      const job = jobOf([differs]);
      expect(armsOfRun(job[0]!)).toBeNull();
      expect(repeatTexts.deed(job[0]!)).toBe("Repeat");
      expect(draftFromRun(job[0]!, job).way).toBe("run");
    }
  });
});
